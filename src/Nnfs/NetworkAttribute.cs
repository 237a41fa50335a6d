namespace Nnfs;

/// <summary>
/// Declares a partial class as a neural network. The layer attributes that follow, in their order, are its layers;
/// the source generator writes the rest of the class.
/// </summary>
/// <example>
/// <code>
/// [Network(2)]
/// [Dense(64)]
/// [ReLU]
/// [Dense(3)]
/// [SoftmaxCrossEntropy]
/// public partial class SpiralNet;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class NetworkAttribute : Attribute
{
    /// <summary>Declares a network over samples of the given shape.</summary>
    /// <param name="inputShape">
    /// The shape of one sample, channels last: one to four sizes of at least 1, such as features, steps × features, or height × width × channels. Their product
    /// is the number of features per sample. None where <see cref="InputAttribute"/>s state the inputs.
    /// </param>
    public NetworkAttribute(params int[] inputShape)
    {
        InputShape = inputShape;
    }

    /// <summary>Declares a network over samples of a type of your own. Its features are the inputs, its label is what the network predicts.</summary>
    /// <param name="sample">A type with <see cref="SampleAttribute">[Sample]</see>.</param>
    public NetworkAttribute(Type sample)
    {
        Sample = sample;
        InputShape = [];
    }

    /// <summary>The shape of one sample; its product is the number of features per sample. None where <see cref="Sample"/> says what they are.</summary>
    public IReadOnlyList<int> InputShape { get; }

    /// <summary>The type of the samples; <see langword="null"/> where a shape says what they are.</summary>
    public Type? Sample { get; }

    /// <summary>How the weights are drawn, for every layer that does not say so itself.</summary>
    public WeightInitializer WeightInitializer { get; set; } = WeightInitializer.Auto;

    /// <summary>
    /// Whether the network is written plainly, for reading and teaching: each layer is computed by itself, for the whole batch and on one thread, forward
    /// in its order and backward in the opposite one. The numbers are the same up to rounding; it takes longer.
    /// </summary>
    public bool Plain { get; set; }
}
