namespace Nnfs.Generators.Models;

/// <summary>A dense layer, together with the activation directly after it.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="StoredAs">What the names of its tensors begin with in files.</param>
/// <param name="Inputs">The rows of its weights.</param>
/// <param name="Outputs">The neurons: the columns of its weights.</param>
/// <param name="Activation">The activation fused into it.</param>
/// <param name="WeightInitializer">How the weights are drawn; never <see cref="WeightInitializer.Auto"/>.</param>
/// <param name="WeightPenalty">What its weights add to the loss.</param>
/// <param name="BiasPenalty">What its biases add to the loss.</param>
/// <param name="IsByNeuron">Whether the weights lie neuron after neuron, transposed, rather than input after input.</param>
/// <param name="RowStride">The distance between the rows of the weights as they lie.</param>
/// <param name="WeightsOffset">Where the weights start in the parameters.</param>
/// <param name="BiasesOffset">Where the biases start in the parameters.</param>
internal sealed record DenseSpec(
    string Name,
    string FieldName,
    EquatableArray<int> Sources,
    string StoredAs,
    int Inputs,
    int Outputs,
    FusedActivation? Activation,
    WeightInitializer WeightInitializer,
    PenaltySpec WeightPenalty,
    PenaltySpec BiasPenalty,
    bool IsByNeuron,
    int RowStride,
    int WeightsOffset,
    int BiasesOffset) : StageSpec(Name, FieldName, Sources, Inputs, Outputs)
{
    public override string OutputName => Activation?.Name ?? Name;

    public override IReadOnlyList<TensorSpec> Tensors =>
    [
        new("Weights", (long)Inputs * Outputs, WeightsLength, WeightsOffset) { Initializer = $"{WeightInitializer}", Penalty = WeightPenalty },
        new("Biases", Outputs, BiasesLength, BiasesOffset) { Penalty = BiasPenalty },
    ];

    public override bool WritesWholeVectors => true;

    public override string? MaskName => ReLUName;

    public override bool TakesMask => true;

    public override bool TakesScales => Activation is null;

    public override long ProductFlops => 2L * Inputs * Outputs;

    /// <summary>The name of the ReLU fused into it, which the kernels compute with the layer.</summary>
    public string? ReLUName => Activation is { Kind: ActivationKind.ReLU } relu ? relu.Name : null;

    /// <summary>The activation that is computed in place behind the layer: any but a ReLU, which is part of the product, and the identity.</summary>
    public FusedActivation? InPlaceActivation => Activation is { Kind: not (ActivationKind.ReLU or ActivationKind.Linear) } activation ? activation : null;

    /// <summary>The length of the weights with their padding.</summary>
    public long WeightsLength => (long)(IsByNeuron ? Outputs : Inputs) * RowStride;

    /// <summary>The length of the biases with the padding that kernels read.</summary>
    public int BiasesLength => IsByNeuron ? MatrixLayout.RowStride(Outputs) : RowStride;
}
