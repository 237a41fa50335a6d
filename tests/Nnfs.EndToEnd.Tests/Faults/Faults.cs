// Every fault that a declaration can have. A comment names the rule that its line breaks, or the line above if it is alone, the column, and the message.
using Nnfs;

namespace Faults;

[Network(2)]
[Dense(3)]
internal sealed class NotPartial; // NNFS001:23: 'NotPartial' must be partial, so that the network 'NotPartial' can be generated into it

[Network(2)]
internal sealed partial class NoLayers; // NNFS002:31: The network 'NoLayers' has no layers

[Network] // NNFS003:2: The input shape of 'NoInputShape' must be one to four sizes of at least 1, but it is missing
[Dense(3)]
internal sealed partial class NoInputShape;

[Network(28, 0)] // NNFS003:14: The input shape of 'EmptyInputShape' must be one to four sizes of at least 1, but one is 0
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
[Dense(3)]
[Pretrained("x.safetensors")]
// NNFS033:13: 'x.safetensors' is not among the weights of the project; write its path in the project, or add it to the project with <NnfsWeights Include="…" />
internal sealed partial class NoWeights;

[Network(2)]
[SoftmaxCrossEntropy] // NNFS006:2: The loss 'SoftmaxCrossEntropy' must come last, but 'Dense1' comes after it; move the loss to the end
[Dense(3)]
[SoftmaxCrossEntropy] // NNFS006:2: The loss 'SoftmaxCrossEntropy' is the second of one output, after 'SoftmaxCrossEntropy'; remove one of them
internal sealed partial class TwoLosses;

[Network(2)]
[Dense(3)]
[CategoricalCrossEntropy] // NNFS007:2: 'CategoricalCrossEntropy' takes the probabilities of a Softmax, but 'Dense1' comes before it
internal sealed partial class NoSoftmax;

[Network(2)]
[Dense(3)]
[Softmax] // NNFS008:2: 'Softmax1' comes directly before 'SoftmaxCrossEntropy', which takes logits and applies a softmax itself: the softmax is computed twice
[SoftmaxCrossEntropy]
internal sealed partial class SoftmaxTwice;

[Network(2)]
[Dense(3)]
internal static partial class Static; // NNFS009:31: 'Static' cannot be a network, because it is static

[Network(2)]
[Dense(3)]
internal sealed partial class TwoDeclarations;

[Dense(3)]
internal sealed partial class TwoDeclarations;
// NNFS010:31: The layers of 'TwoDeclarations' are spread over 2 partial declarations, whose order is undefined; put them on one

[Network(2)]
[Dense(64, Name = "two words")] // NNFS011:19: The layer name 'two words' is not a C# identifier
[Dense(64, Name = "Twin")]
[Dense(64, Name = "Twin")] // NNFS011:19: The layer name 'Twin' is used twice; choose another
internal sealed partial class Names;

[Network(2)]
[Dense(3)]
internal sealed partial class Members
{
    public const string Summary = "Mine"; // NNFS011:25: The member 'Summary' has the name of a generated member

    public static void Predict(ReadOnlySpan<float> x, Span<float> y) => y[0] = x[0];
    // NNFS011:24: The member 'Predict' has the name and the parameters of a generated method

    public static void Predict(float[] x) => x[0] = 1;
}

[Dense(2, 3)] // NNFS012:2: 'Orphan' has layers but no [Network]; nothing is generated for it
internal sealed class Orphan;

[Network(100_000)]
[Dense(100_000)]
// NNFS013:8: 'Dense1' brings the network to 10001700016 parameters with their padding, but one array holds at most 2147483559; use smaller sizes
internal sealed partial class TooLarge;

[Network]
[Input("state", 4, 0)] // NNFS003:20: The input shape of 'state' must be one to four sizes of at least 1, but one is 0
[Dense(3)]
internal sealed partial class EmptyInput;

[Network(2)]
[Dense(1)]
[BinaryCrossEntropy] // NNFS007:2: 'BinaryCrossEntropy' takes the probabilities of a Sigmoid, but 'Dense1' comes before it
internal sealed partial class NoSigmoid;

[Network(2)]
[Dense(1)]
[Sigmoid]
// NNFS008:2: 'Sigmoid1' comes directly before 'SigmoidBinaryCrossEntropy', which takes logits and applies a sigmoid itself: the sigmoid is computed twice
[SigmoidBinaryCrossEntropy]
internal sealed partial class SigmoidTwice;

[Network]
[Input("state", 4)]
[Input("state", 2)] // NNFS011:8: The input name 'state' is used twice; choose another
[Dense(3)]
[Concat("state", "Dense1")]
internal sealed partial class InputTwice;

[Network(2)]
[Dense(8, Name = "trunk")]
[Dense(8)]
[Add("trunc", "Dense2")] // NNFS014:6: 'Add1' reads 'trunc', but no layer or input has that name; did you mean 'trunk'?
[Dense(8, From = "elsewhere")] // NNFS014:18: 'Dense3' reads 'elsewhere', but no layer or input has that name
internal sealed partial class UnknownSources;

[Network(2)]
[Dense(8, From = "Dense1")] // NNFS015:18: 'Dense1' reads 'Dense1', which is the layer itself
[Multiply("late", "Dense1")] // NNFS015:11: 'Multiply1' reads 'late', which comes after it
[ReLU(Name = "late")]
internal sealed partial class LaterSources;

[Network]
[Input("state", 8)] // NNFS016:2: Nothing reads 'state': neither a later layer nor an output
[Input("action", 2)]
[Dense(8)]
[Output("value")]
[Dense(4)] // NNFS016:2: Nothing reads 'Dense2': neither a later layer nor an output
internal sealed partial class NotRead;

[Network(2)]
[Dense(64, Name = "wide")]
[Dense(32, Name = "narrow")]
[Add("wide", "narrow")] // NNFS017:14: 'Add1' joins 'wide' of 64 values with 'narrow' of 32 values: [Add] takes values of the same shape
internal sealed partial class SizesDiffer;

[Network(2)]
[Input("state", 8)] // NNFS018:2: 'state' cannot be combined with the shape of [Network], which declares the only input; remove that shape
[Dense(8)]
[Add("Dense1")] // NNFS018:2: 'Add1' needs the names of two or more layers or inputs, but has 1
[Output("value")]
[MeanSquaredError] // NNFS018:2: 'MeanSquaredError' has no [Output] after it; where outputs are declared, each loss needs one
internal sealed partial class Incomplete;

[Network(2)]
[Dense(8, WeightL2 = -1)] // NNFS019:22: The WeightL2 of 'Dense1' must be at least 0 and finite, but is -1
[Dropout(1.5f)] // NNFS019:10: The rate of 'Dropout1' must be from 0 to less than 1, but is 1.5
[Huber(delta: float.NaN)] // NNFS019:15: The delta of 'Huber' must be more than 0 and finite, but is NaN
internal sealed partial class Settings;

[Network(28, 28)]
[Reshape(14, 14, 2)] // NNFS020:10: 'Reshape1' needs 14 × 14 × 2 = 392 values, but the network's input gives 28 × 28 = 784
[Dense(5, 3, EachStep = true)]
internal sealed partial class OtherShape;

internal static class Sizes
{
    public const int Hidden = 64;

    // Code that uses networks with faults compiles except for the faults.
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
        sound.Forward([1f, 2f], [3], soundPass); // NNFS102:34: Label 3 is not a class of 'Sound', whose classes are 0 to 2

        Actor actor = new(seed: 1);
        Actor.Workspace actorPass = actor.CreateWorkspace(batchSize: 2);
        actor.Predict(new float[4], new float[3], new float[6], new float[2]);
        // NNFS101:37: 'goal' of 'Actor.Predict' must hold 2 values (2 samples of 1), but it has 3
        actor.Forward([1f, 2f], [1f], policyLabels: [3], valueTargets: [1f], actorPass);
        // NNFS102:54: Label 3 in 'policyLabels' is not a class of 'Actor', whose classes are 0 to 2

        // Spans in each other's place.
        Span<float> w = sound.Parameters, dw = soundPass.Gradients;
        new Adam(0.1f).Step(dw, w);
        // NNFS105:29: 'Step' takes the parameters and then the gradients, but 'dw' are gradients and 'w' are parameters: swap them
        float[] y = new float[3], dy = new float[3];
        sound.Forward([1f, 2f], y, soundPass);
        sound.Backward([1f, 2f], dy, soundPass);
        // NNFS106:34: 'targets' of 'Sound.Backward' must be what 'Forward' was given, 'y', but is 'dy': gradients go to 'BackwardFrom'

        return pass.Dense2.Weights[0, 0] + net.Dense1.Biases[0] + net.Parameters[0] + new TwoLosses().Parameters[0];
    }
}

[Network(2)]
[Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class Sound;

[Network]
[Input("state", 2)]
[Input("goal", 1)]
[Concat("state", "goal")]
[Dense(3)]
[SoftmaxCrossEntropy]
[Output("policy")]
[Dense(1, From = "Concat1")]
[MeanSquaredError]
[Output("value")]
internal sealed partial class Actor;
