// Every fault that a declaration can have. Each comment names the rules that its line breaks, and the column of each.
using Nnfs;

namespace Faults;

[Network(2)]
[Dense(3)]
internal sealed class NotPartial; // NNFS001:23

[Network(2)]
internal sealed partial class NoLayers; // NNFS002:31

[Network] // NNFS003:2
[Dense(3)]
internal sealed partial class NoInputShape;

[Network(28, 0)] // NNFS003:14
[Dense(3)]
internal sealed partial class EmptyInputShape;

[Network(2)]
[Dense(-Sizes.Hidden)] // NNFS004:8
[Dense(inputs: 0, neurons: 3)] // NNFS004:16
internal sealed partial class NoNeurons;

[Network(2)]
[Dense(3, 64)] // NNFS005:8
[ReLU]
[Dense(Sizes.Hidden / 2, 3)] // NNFS005:8
[Dense(3, 3)]
[SoftmaxCrossEntropy]
internal sealed partial class OtherInputs;

[Network(2)]
[SoftmaxCrossEntropy] // NNFS006:2
[Dense(3)]
[SoftmaxCrossEntropy] // NNFS006:2
internal sealed partial class TwoLosses;

[Network(2)]
[Dense(3)]
[CategoricalCrossEntropy] // NNFS007:2
internal sealed partial class NoSoftmax;

[Network(2)]
[Dense(3)]
[Softmax] // NNFS008:2
[SoftmaxCrossEntropy]
internal sealed partial class SoftmaxTwice;

[Network(2)]
[Dense(3)]
internal static partial class Static; // NNFS009:31

[Network(2)]
[Dense(3)]
internal sealed partial class TwoDeclarations;

[Dense(3)]
internal sealed partial class TwoDeclarations; // NNFS010:31

[Network(2)]
[Dense(64, Name = "two words")] // NNFS011:19
[Dense(64, Name = "Twin")]
[Dense(64, Name = "Twin")] // NNFS011:19
internal sealed partial class Names;

[Dense(2, 3)] // NNFS012:2
internal sealed class Orphan;

[Network(100_000)]
[Dense(100_000)] // NNFS013:8
internal sealed partial class TooLarge;

internal static class Sizes
{
    public const int Hidden = 64;

    // Code that uses networks with faults compiles but for the faults.
    public static float Use()
    {
        OtherInputs net = new(seed: 1);
        OtherInputs.Workspace pass = net.CreateWorkspace(batchSize: 4);
        float[] inputs = new float[4 * OtherInputs.InputSize];
        float[] outputs = new float[4 * OtherInputs.OutputSize];
        net.Predict(inputs, outputs);
        net.Forward(inputs, [0, 1, 2, 0], pass);
        net.Backward(inputs, [0, 1, 2, 0], pass);

        // Calls of a sound network with what it cannot take.
        Sound sound = new(seed: 1);
        Sound.Workspace soundPass = sound.CreateWorkspace(batchSize: 2);
        sound.Predict(new float[3], outputs); // NNFS101:23
        sound.Classify([1f, 2f, 3f]); // NNFS101:24
        sound.Forward([1f, 2f], [3], soundPass); // NNFS102:34

        return pass.Dense2.Weights[0, 0] + net.Dense1.Biases[0] + net.Parameters[0] + new TwoLosses().Parameters[0];
    }
}

[Network(2)]
[Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class Sound;
