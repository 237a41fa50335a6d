// Every fault that a declaration can have. Each comment names the rule that its line breaks, the column, and what is said.
using Nnfs;

namespace Faults;

[Network(2)]
[Dense(3)]
internal sealed class NotPartial; // NNFS001:23: 'NotPartial' must be partial, so that the network 'NotPartial' can be generated into it

[Network(2)]
internal sealed partial class NoLayers; // NNFS002:31: The network 'NoLayers' has no layers

[Network] // NNFS003:2: The input shape of 'NoInputShape' must be one or more sizes of at least 1, but it is missing
[Dense(3)]
internal sealed partial class NoInputShape;

[Network(28, 0)] // NNFS003:14: The input shape of 'EmptyInputShape' must be one or more sizes of at least 1, but one is 0
[Dense(3)]
internal sealed partial class EmptyInputShape;

[Network(2)]
[Dense(-Sizes.Hidden)] // NNFS004:8: 'Dense1' must have at least 1 neuron, but has -64
[Dense(inputs: 0, neurons: 3)] // NNFS004:16: 'Dense2' must have at least 1 input, but has 0
internal sealed partial class NoNeurons;

[Network(2)]
[Dense(3, 64)] // NNFS005:8: 'Dense1' takes 3 inputs, but the network's input gives 2
[ReLU]
[Dense(Sizes.Hidden / 2, 3)] // NNFS005:8: 'Dense2' takes 32 inputs, but 'ReLU1' gives 64
[Dense(3, 3)]
[SoftmaxCrossEntropy]
internal sealed partial class OtherInputs;

[Network(2)]
[SoftmaxCrossEntropy] // NNFS006:2: The loss 'SoftmaxCrossEntropy' must be the only one and come last, but 'Dense1' stands after it
[Dense(3)]
[SoftmaxCrossEntropy] // NNFS006:2: The loss 'SoftmaxCrossEntropy' must be the only one and come last, but 'SoftmaxCrossEntropy' stands before it
internal sealed partial class TwoLosses;

[Network(2)]
[Dense(3)]
[CategoricalCrossEntropy] // NNFS007:2: 'CategoricalCrossEntropy' takes the probabilities of a Softmax, but 'Dense1' stands before it
internal sealed partial class NoSoftmax;

[Network(2)]
[Dense(3)]
[Softmax] // NNFS008:2: 'Softmax1' stands directly before 'SoftmaxCrossEntropy', which takes logits and applies a softmax itself: the softmax is computed twice
[SoftmaxCrossEntropy]
internal sealed partial class SoftmaxTwice;

[Network(2)]
[Dense(3)]
internal static partial class Static; // NNFS009:31: 'Static' cannot be a network, because it is static

[Network(2)]
[Dense(3)]
internal sealed partial class TwoDeclarations;

[Dense(3)]
internal sealed partial class TwoDeclarations; // NNFS010:31: The layers of 'TwoDeclarations' stand on 2 partial declarations, whose order is undefined; put them on one

[Network(2)]
[Dense(64, Name = "two words")] // NNFS011:19: The layer name 'two words' is not a C# identifier
[Dense(64, Name = "Twin")]
[Dense(64, Name = "Twin")] // NNFS011:19: The layer name 'Twin' stands twice
internal sealed partial class Names;

[Network(2)]
[Dense(3)]
internal sealed partial class Members
{
    public const string Summary = "Mine"; // NNFS011:25: The member 'Summary' has the name of a generated member

    public static void Predict(ReadOnlySpan<float> x, Span<float> y) => y[0] = x[0]; // NNFS011:24: The member 'Predict' has the name and the parameters of a generated method

    public static void Predict(float[] x) => x[0] = 1;
}

[Dense(2, 3)] // NNFS012:2: 'Orphan' has layers but no [Network]; nothing is generated for it
internal sealed class Orphan;

[Network(100_000)]
[Dense(100_000)] // NNFS013:8: 'Dense1' brings the network to 10000100000 parameters with their padding, but one array holds at most 2147483559
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
        sound.Predict(new float[3], outputs); // NNFS101:23: 'inputs' of 'Sound.Predict' must hold a whole number of samples of 2 values, but it has 3
        sound.Classify([1f, 2f, 3f]); // NNFS101:24: 'input' of 'Sound.Classify' must hold 2 values (1 sample of 2), but it has 3
        sound.Forward([1f, 2f], [3], soundPass); // NNFS102:34: Label 3 is no class of 'Sound', whose classes are 0 to 2

        return pass.Dense2.Weights[0, 0] + net.Dense1.Biases[0] + net.Parameters[0] + new TwoLosses().Parameters[0];
    }
}

[Network(2)]
[Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class Sound;
