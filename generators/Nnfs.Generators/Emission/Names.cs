using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>How the emitted code refers to things, so that no <see langword="using"/> of the user's can change their meaning.</summary>
internal static class Names
{
    public const string Inputs = "global::System.ReadOnlySpan<float> inputs";
    public const string Labels = "global::System.ReadOnlySpan<int> labels";
    public const string Targets = "global::System.ReadOnlySpan<float> targets";
    public const string Shape = "global::System.ReadOnlySpan<int>";
    public const string FloatSpan = "global::System.Span<float>";
    public const string IndexSpan = "global::System.Span<int>";
    public const string Guard = "global::Nnfs.ShapeGuard";
    public const string Kernels = "global::Nnfs.Kernels";
    public const string Block = "global::Nnfs.AlignedBlock";
    public const string ImmutableArray = "global::System.Collections.Immutable.ImmutableArray";
    public const string IndexBlock = "global::Nnfs.IndexBlock";

    /// <summary>The attribute of methods that are optimised code from the first call on, so that the first steps are not slower than the rest.</summary>
    public const string Optimized =
        "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]";

    /// <summary>The field of the workspace with a contribution that is computed apart and then added.</summary>
    public const string ContributionField = "_contribution";

    /// <summary>The field of the workspace with the seed of the masks of the last forward pass, where it drew some.</summary>
    public const string MasksField = "_masks";

    /// <summary>The field of the workspace that says whether the last forward pass was one of training.</summary>
    public const string TrainingField = "_isTrainingPass";

    /// <summary>The field of the workspace with the rows that generic code gives and takes, of a network with several inputs or outputs.</summary>
    public const string PackedField = "_packed";

    /// <summary>The loss of a pass without what parameters add to it, where they add something.</summary>
    public const string DataLossField = "_dataLoss";

    /// <summary>How long a statement may be, without its indentation.</summary>
    private const int Width = 150;

    /// <summary>The type that carries a size to a kernel.</summary>
    public static string Dimension(NetworkSpec network, int size) => $"{network.DimensionPrefix}{size}";

    /// <summary>The field of the workspace with the outputs of a stage; those of the only output, unless its loss makes them, are the network's.</summary>
    public static string OutputsField(NetworkSpec network, int stage) =>
        !network.HasNamedPorts
        && network.RootOf(stage) == network.RootOf(network.Outputs[0].Source)
        && !network.Outputs[0].IsTransformed
        && network.Plan != NetworkPlan.Lanes
            ? "_outputs"
            : $"_{network.Stages[network.RootOf(stage)].FieldName}Outputs";

    /// <summary>The field of the workspace with an output of the network, in rows.</summary>
    public static string OutputsField(NetworkSpec network, OutputSpec output) => !network.HasNamedPorts ? "_outputs"
        : network.Plan == NetworkPlan.Lanes ? $"_{output.Name}Rows"
        : output.IsTransformed ? $"_{output.Name}Outputs"
        : network.RootOf(output.Source) is < 0 and var input ? InputField(network, ~input) : OutputsField(network, output.Source);

    /// <summary>The field of the workspace with the sum of an output's loss over the samples of a pass.</summary>
    public static string LossField(NetworkSpec network, OutputSpec output) => network.HasNamedPorts ? $"_{output.Name}LossSum" : "_lossSum";

    /// <summary>The field of the workspace with what the mean over all positions of an output is multiplied by, where some are left out.</summary>
    public static string LabelShareField(NetworkSpec network, OutputSpec output) => network.HasNamedPorts ? $"_{output.Name}LabelShare" : "_labelShare";

    /// <summary>The field of the workspace with what an output is made of, in rows: where samples lie in lanes, a copy for a loss that takes rows.</summary>
    public static string SourceRowsField(NetworkSpec network, OutputSpec output) => network.Plan != NetworkPlan.Lanes ? ValueField(network, output.Source)
        : output.IsTransformed ? $"_{network.Stages[network.RootOf(output.Source)].FieldName}OutputRows"
        : OutputsField(network, output);

    /// <summary>The field of the workspace with the probabilities that a loss in lanes makes.</summary>
    public static string ProbabilitiesField(NetworkSpec network, OutputSpec output) =>
        network.HasNamedPorts ? $"_{output.Name}Probabilities" : "_probabilities";

    /// <summary>The field of the workspace with the gradients that a loss gives, in rows, where samples lie in lanes.</summary>
    public static string GradientRowsField(NetworkSpec network, OutputSpec output) =>
        $"_{network.Stages[network.RootOf(output.Source)].FieldName}OutputGradientRows";

    /// <summary>The field of the workspace with an input of the network in lanes.</summary>
    public static string InputLanesField(NetworkSpec network, int input) => network.HasNamedPorts ? $"_{network.Inputs[input].Name}InputLanes" : "_inputLanes";

    /// <summary>The field of the workspace with the gradients of an input of the network in lanes.</summary>
    public static string InputGradientLanesField(NetworkSpec network, int input) =>
        network.HasNamedPorts ? $"_{network.Inputs[input].Name}GradientLanes" : "_inputGradientLanes";

    /// <summary>The field of the workspace with an input of the network, where its passes keep it.</summary>
    public static string InputField(NetworkSpec network, int input) => network.HasNamedPorts ? $"_{network.Inputs[input].Name}Inputs" : "_inputs";

    /// <summary>The field of the workspace with the gradients of an input of the network.</summary>
    public static string InputGradientsField(NetworkSpec network, int input) =>
        network.HasNamedPorts ? $"_{network.Inputs[input].Name}Gradients" : "_inputGradients";

    /// <summary>The field of the workspace with the gradients of a value: of the outputs of a stage, or of an input.</summary>
    public static string GradientsField(NetworkSpec network, int source) => network.RootOf(source) is >= 0 and var stage
        ? $"_{network.Stages[stage].FieldName}OutputGradients"
        : network.Plan == NetworkPlan.Lanes ? InputGradientLanesField(network, ~network.RootOf(source)) : InputGradientsField(network, ~network.RootOf(source));

    /// <summary>The field of the workspace with a value that passes keep there: the outputs of a stage, or an input.</summary>
    public static string ValueField(NetworkSpec network, int source) => network.RootOf(source) is >= 0 and var stage ? OutputsField(network, stage)
        : network.Plan == NetworkPlan.Lanes ? InputLanesField(network, ~network.RootOf(source)) : InputField(network, ~network.RootOf(source));

    /// <summary>The samples that a pass is at: those of a part, or all.</summary>
    public static string PassSamples(NetworkSpec network) => network.PartSamples is null ? "workspace._samples" : "workspace._count";

    /// <summary>A value for the samples that a pass is at.</summary>
    public static string PassValue(NetworkSpec network, int source) =>
        network.RootOf(source) < 0 && !network.KeepsInputs && network.Plan != NetworkPlan.Lanes ? "inputs"
            : PassBlock(network, ValueField(network, source), network.SizeOf(source));

    /// <summary>The values for the samples that a pass is at in a block of the workspace.</summary>
    /// <param name="network">The network.</param>
    /// <param name="field">The block.</param>
    /// <param name="size">The values per sample.</param>
    public static string PassBlock(NetworkSpec network, string field, int size) => network.PartSamples is null ? $"workspace.{field}.Span"
        : network.Plan == NetworkPlan.Lanes ? $"workspace.{field}.Span.Slice(workspace._start)"
        : $"workspace.{field}.Slice({Times("workspace._start", size)}, {Times("workspace._count", size)})";

    /// <summary>The rows of the samples that a pass is at in a block of the workspace, and no more.</summary>
    /// <param name="network">The network.</param>
    /// <param name="field">The block.</param>
    /// <param name="size">The values per sample.</param>
    public static string PassRows(NetworkSpec network, string field, int size) => network.PartSamples is null ? Rows(field, size, isPart: false)
        : $"workspace.{field}.Slice({Times("workspace._start", size)}, {Times("samples", size)})";

    /// <summary>The samples of a method in rows of the workspace, and no more.</summary>
    /// <param name="field">The block.</param>
    /// <param name="size">The values per sample.</param>
    /// <param name="isPart">Whether the method takes the samples from <c>start</c> on, rather than all.</param>
    public static string Rows(string field, int size, bool isPart) =>
        $"workspace.{field}.Slice({(isPart ? Times("start", size) : "0")}, {Times("samples", size)})";

    /// <summary>The samples of a method in lanes of the workspace.</summary>
    /// <param name="field">The block.</param>
    /// <param name="isPart">Whether the method takes the samples from <c>start</c> on, rather than all.</param>
    public static string Lanes(string field, bool isPart) => $"workspace.{field}.Span{(isPart ? ".Slice(start)" : "")}";

    /// <summary>A number of values: so many samples of a size.</summary>
    public static string Times(string samples, int size) => size == 1 ? samples : $"{samples} * {size}";

    /// <summary>The field of the workspace with a block of a stage.</summary>
    public static string BlockField(StageSpec stage, BlockSpec block) => $"_{stage.FieldName}{block.Name}";

    /// <summary>Memory of the stack from the start of a cache line.</summary>
    public static string OnStack(int length) => $"global::Nnfs.StackScratch.Align(stackalloc float[{length} + global::Nnfs.StackScratch.Slack])";

    /// <summary>A length; in a network that is too large, which has an error, the greatest that can be written.</summary>
    public static int Length(long length) => (int)Math.Min(int.MaxValue, length);

    /// <summary>The call that turns samples in rows into lanes.</summary>
    public static string LoadLanes(NetworkSpec network, int size, string rows, string lanes, string stride) =>
        Call($"Lanes.Load<{Dimension(network, size)}>", $"x: {rows}", $"y: {lanes}", stride, "samples");

    /// <summary>The call that turns samples in lanes into rows.</summary>
    public static string StoreLanes(NetworkSpec network, int size, string lanes, string rows, string stride) =>
        Call($"Lanes.Store<{Dimension(network, size)}>", $"x: {lanes}", $"y: {rows}", stride, "samples");

    /// <summary>The call of a kernel, each argument with its name in the mathematics.</summary>
    public static string Call(string kernel, params string[] arguments) => Statement($"{Kernels}.{kernel}", arguments);

    /// <summary>A call on one line, or on as many as it takes.</summary>
    public static string Statement(string method, params string[] arguments)
    {
        string line = $"{method}({string.Join(", ", arguments)});";

        if (ShortNames.Length(line) <= Width)
        {
            return line;
        }

        List<string> lines = [$"{method}("];
        string current = "    " + arguments[0];

        foreach (string argument in arguments.Skip(1))
        {
            if (ShortNames.Length($"{current}, {argument}") < Width)
            {
                current += $", {argument}";
            }
            else
            {
                lines.Add(current + ",");
                current = "    " + argument;
            }
        }

        return string.Join("\n", [.. lines, current + ");"]);
    }
}
