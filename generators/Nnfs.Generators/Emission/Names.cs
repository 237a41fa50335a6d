using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>How the emitted code refers to things, so that no <see langword="using"/> of the user's can change their meaning.</summary>
internal static class Names
{
    public const string Inputs = "global::System.ReadOnlySpan<float> inputs";
    public const string Labels = "global::System.ReadOnlySpan<int> labels";
    public const string Targets = "global::System.ReadOnlySpan<float> targets";
    public const string OutputGradients = "global::System.ReadOnlySpan<float> outputGradients";
    public const string FloatSpan = "global::System.Span<float>";
    public const string Guard = "global::Nnfs.ShapeGuard";
    public const string Kernels = "global::Nnfs.Kernels";
    public const string Block = "global::Nnfs.AlignedBlock";

    /// <summary>The type that carries a size to a kernel.</summary>
    public static string Dimension(NetworkSpec network, int size) => $"{network.DimensionPrefix}{size}";

    /// <summary>The shape of a layer, as people write it.</summary>
    public static string Count(long count, string unit, string? plural = null) => count == 1 ? $"1 {unit}" : $"{count} {plural ?? unit + "s"}";

    /// <summary>The field of the workspace with the outputs of a stage; the last one's are those of the network.</summary>
    public static string OutputsField(NetworkSpec network, int stage) =>
        stage == network.Stages.Count - 1 && network.Loss != LossKind.SoftmaxCrossEntropy && network.Plan == NetworkPlan.Rows ? "_outputs" : $"_{network.Stages[stage].FieldName}Outputs";

    /// <summary>The field of the workspace with the gradients of what a stage takes: of the outputs of the stage before, or of the inputs.</summary>
    public static string InputGradientsField(NetworkSpec network, int stage) =>
        stage > 0 ? OutputGradientsField(network, stage - 1) : network.Plan == NetworkPlan.Lanes ? "_inputGradientLanes" : "_inputGradients";

    /// <summary>The field of the workspace with the gradients of the outputs of a stage.</summary>
    public static string OutputGradientsField(NetworkSpec network, int stage) => $"_{network.Stages[stage].FieldName}OutputGradients";

    /// <summary>What a stage takes for the samples of a tile.</summary>
    public static string StageInputs(NetworkSpec network, int stage) => stage > 0
        ? Activations(network, OutputsField(network, stage - 1), network.Stages[stage].Inputs)
        : network.Plan == NetworkPlan.Lanes ? Activations(network, "_inputLanes", network.InputSize) : "inputs";

    /// <summary>The part of a block of the workspace that belongs to the samples of a tile.</summary>
    public static string Activations(NetworkSpec network, string field, int size) =>
        network.Plan == NetworkPlan.Lanes ? $"workspace.{field}.Span.Slice(start)" : $"workspace.{field}.Span.Slice(start * {size}, samples * {size})";

    /// <summary>The field of the workspace with the transposed weights of a dense layer.</summary>
    public static string TransposedField(DenseSpec dense) => $"_{dense.FieldName}Transposed";

    /// <summary>The field of the workspace with what a stage takes, in lanes.</summary>
    public static string LanesField(NetworkSpec network, int stage) => stage > 0 ? OutputsField(network, stage - 1) : "_inputLanes";

    /// <summary>The part of the parameters that holds a layer's weights.</summary>
    public static string Weights(DenseSpec dense) => $"Slice({dense.WeightsOffset}, {Length(dense.WeightsLength)})";

    /// <summary>The part of the parameters that holds a layer's biases, with the padding that kernels read.</summary>
    public static string Biases(DenseSpec dense) => $"Slice({dense.BiasesOffset}, {dense.BiasesLength})";

    /// <summary>The arguments that tell a view how the weights lie.</summary>
    public static string WeightStrides(DenseSpec dense) => dense.IsByNeuron
        ? $"inputStride: 1, neuronStride: {dense.RowStride}"
        : $"inputStride: {dense.RowStride}, neuronStride: 1";

    /// <summary>The type arguments of the kernels that work on samples in lanes or on a single sample.</summary>
    public static string LayoutArguments(NetworkSpec network, DenseSpec dense) =>
        $"<{Dimension(network, dense.Inputs)}, {Dimension(network, dense.Outputs)}, global::Nnfs.{(dense.IsByNeuron ? "ByNeuron" : "ByInput")}>";

    /// <summary>A length; in a network that is too large, which has an error, the greatest that can be written.</summary>
    public static int Length(long length) => (int)Math.Min(int.MaxValue, length);

    /// <summary>The call of a kernel, an argument a line, each with its name in the mathematics.</summary>
    public static string Call(string kernel, params string[] arguments) =>
        $"{Kernels}.{kernel}(\n    {string.Join(",\n    ", arguments)});";

    /// <summary>What a stage is called in comments: the layers in it and their shapes.</summary>
    public static string Title(StageSpec stage) => stage switch
    {
        DenseSpec { ReLUName: { } relu } dense => $"{dense.Name} + {relu}",
        _ => stage.Name,
    };
}
