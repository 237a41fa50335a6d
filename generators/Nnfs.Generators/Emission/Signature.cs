using System.Globalization;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>
/// The parameters of generated methods. A network with one input and one output calls them <c>inputs</c> and <c>outputs</c>; one with several has a
/// parameter for each, called as it is declared.
/// </summary>
internal static class Signature
{
    /// <summary>The parameter of an input.</summary>
    public static string Input(NetworkSpec network, int index) => network.InputName(index).EscapeIdentifier();

    /// <summary>The parameter of an output.</summary>
    public static string Output(NetworkSpec network, int index) => network.OutputName(index).EscapeIdentifier();

    /// <summary>The parameters of all inputs.</summary>
    public static string Inputs(NetworkSpec network) => string.Join(", ", Range(network.Inputs.Count).Select(i =>
        $"{GeneratedMembers.ReadOnlySpan(network.Inputs[i].Element)} {Input(network, i)}"));

    /// <summary>The inputs as arguments.</summary>
    public static string InputArguments(NetworkSpec network) => string.Join(", ", Range(network.Inputs.Count).Select(i => Input(network, i)));

    /// <summary>The inputs as arguments for some of the samples.</summary>
    public static IEnumerable<string> InputSlices(NetworkSpec network, string start, string? count) =>
        Range(network.Inputs.Count).Select(i => Slice(Input(network, i), network.InputSizeName(i), start, count));

    /// <summary>The parameters of all outputs of a prediction.</summary>
    public static string Outputs(NetworkSpec network) => string.Join(", ", Range(network.Outputs.Count).Select(i => $"{Names.FloatSpan} {Output(network, i)}"));

    /// <summary>The outputs of a prediction as arguments.</summary>
    public static string OutputArguments(NetworkSpec network) => string.Join(", ", Range(network.Outputs.Count).Select(i => Output(network, i)));

    /// <summary>The outputs of a prediction as arguments for some of the samples.</summary>
    public static IEnumerable<string> OutputSlices(NetworkSpec network, string start, string? count) =>
        Range(network.Outputs.Count).Select(i => Slice(Output(network, i), network.OutputSizeName(i), start, count));

    /// <summary>What a pass is told of an output, as an argument.</summary>
    public static string TargetArgument(NetworkSpec network, OutputSpec output, TargetKind kind) => network.TargetName(output, kind).EscapeIdentifier();

    /// <summary>What a pass is told of its outputs, as arguments.</summary>
    public static string TargetArguments(NetworkSpec network, TargetKind kind) =>
        string.Join(", ", network.TrainedOutputs.Select(output => TargetArgument(network, output, kind)));

    /// <summary>What a pass is told of its outputs, as arguments for some of the samples.</summary>
    public static IEnumerable<string> TargetSlices(NetworkSpec network, TargetKind kind, string start, string count) => network.TrainedOutputs.Select(output =>
    {
        int size = output.Target(kind) != TargetKind.Labels || output.Loss is { IsBinary: true } ? output.Size : output.Shape.Positions;

        return $"{TargetArgument(network, output, kind)}.Slice({Names.Times(start, size)}, {Names.Times(count, size)})";
    });

    /// <summary>The parameters with what a pass is told of its outputs.</summary>
    public static string Targets(NetworkSpec network, TargetKind kind) => string.Join(", ", network.TrainedOutputs.Select(output =>
        $"{GeneratedMembers.ReadOnlySpan(output.Element(kind))} {network.TargetName(output, kind)}"));

    /// <summary>The parameters with the inputs of a private method of a pass; those that it keeps are in the workspace by then.</summary>
    public static string PassInputs(NetworkSpec network) => network.KeepsInputs ? "" : Names.Inputs + ", ";

    /// <summary>The inputs as arguments of such a method.</summary>
    public static string PassInputArguments(NetworkSpec network) => network.KeepsInputs ? "" : "inputs, ";

    /// <summary>The call that begins a pass forward.</summary>
    public static string BeginCall(NetworkSpec network) => $"Begin({(network.KeepsInputs ? InputArguments(network) + ", " : "")}workspace, samples);";

    /// <summary>The parameters of a method that takes a part of a batch, or all of it.</summary>
    public static string PartParameters(NetworkSpec network, TargetKind kind) =>
        $"{PassInputs(network)}{Targets(network, kind)}, Workspace workspace, {(network.PartSamples is null ? "" : "int start, ")}int samples";

    /// <summary>The arguments of such a method, in the loop over the parts.</summary>
    public static string PartArguments(NetworkSpec network, TargetKind kind)
    {
        if (network.PartSamples is null)
        {
            return $"{PassInputArguments(network)}{TargetArguments(network, kind)}, workspace, samples";
        }

        return string.Join(", ", [.. PartInputs(network), .. TargetSlices(network, kind, "start", "count"), "workspace", "start", "count"]);
    }

    /// <summary>The inputs as arguments of a method, in the loop over the parts.</summary>
    public static IEnumerable<string> PartInputs(NetworkSpec network) => network.KeepsInputs ? []
        : network.PartSamples is null ? ["inputs"] : InputSlices(network, "start", "count");

    /// <summary>The statements that say which samples the pass is at.</summary>
    public static string AtPart(NetworkSpec network) => network.PartSamples is null ? "" : "workspace._start = start;\nworkspace._count = samples;\n";

    /// <summary>Statements for each part of a batch, or for all of it.</summary>
    public static string InParts(NetworkSpec network, params string[] statements)
    {
        string all = string.Join("\n", statements);

        return network.PartSamples is not { } part ? all : $$"""

            // As many samples at a time as stay in the cache.
            for (int start = 0; start < samples; start += {{part}})
            {
                int count = global::System.Math.Min({{part}}, samples - start);
                {{all.Replace("\n", "\n    ")}}
            }
            """;
    }

    /// <summary>The documentation of the inputs.</summary>
    public static string InputDocs(NetworkSpec network, string meaning) => string.Join("\n", Range(network.Inputs.Count).Select(i =>
    {
        string shaped = string.Format(CultureInfo.InvariantCulture, meaning, network.Inputs[i].Shape);

        return $"/// <param name=\"{network.InputName(i)}\">{InputMeaning(network, i, shaped)}</param>";
    }));

    /// <summary>What an input is, with what its indices may be.</summary>
    private static string InputMeaning(NetworkSpec network, int input, string meaning) => network.TableOf(input) is { IndexLimit: { } vocabulary } table
        ? $"{meaning.TrimEnd('.')}; indices from 0 to {vocabulary - 1} for {table.Name}."
        : meaning;

    /// <summary>The documentation of what a pass is told of its outputs.</summary>
    public static string TargetDocs(NetworkSpec network, TargetKind kind) => string.Join("\n", network.TrainedOutputs.Select(output =>
        $"/// <param name=\"{network.TargetName(output, kind)}\">{TargetMeaning(network, output, kind)}</param>"));

    /// <summary>The exception that labels and indices bring, where a pass takes some.</summary>
    public static string RangeException(NetworkSpec network, TargetKind kind)
    {
        bool takesLabels = network.TrainedOutputs.Any(output => output.Target(kind) == TargetKind.Labels);

        bool takesIndices = network.TakesIndices || network.EmbedsFeatures;

        return takesLabels || takesIndices
            ? OutOfRange(!takesIndices ? "A label" : takesLabels ? "An index or a label" : "An index")
            : "";
    }

    /// <summary>The exception that indices bring, where a method takes some.</summary>
    public static string IndexException(NetworkSpec network) => network.TakesIndices || network.EmbedsFeatures ? OutOfRange("An index") : "";

    /// <summary>The checks of inputs that are indices, which stand before anything is written.</summary>
    public static IEnumerable<string> IndexChecks(NetworkSpec network) =>
        Range(network.Inputs.Count).SelectMany(i => IndexChecks(network, i, Input(network, i)));

    /// <summary>How many values of what kind a sample of a network with one input is.</summary>
    public static string InputCount(NetworkSpec network, string unit = "feature") => network.TakesIndices
        ? $"{network.Inputs[0].Shape} {(network.Inputs[0].Size == 1 ? "index" : "indices")}"
        : network.Inputs[0].Shape.ToCount(unit);

    /// <summary>The check of an input, where it is indices.</summary>
    /// <param name="network">The network.</param>
    /// <param name="input">The number of the input.</param>
    /// <param name="name">Its parameter.</param>
    public static string[] IndexChecks(NetworkSpec network, int input, string name) => network.TableOf(input) is { IndexLimit: { } vocabulary } table
        ? [$"{Names.Guard}.Indices({name}, vocabulary: {vocabulary}, layer: \"{table.Name}\"{(name[0] == '@' ? $", nameof({name})" : "")});"]
        : network.Sample is { } sample ? [.. sample.Embedded.Select((feature, i) => FeatureCheck(sample, feature, i, name))]
        : [];

    /// <summary>The check of the values of a feature that are indices; those come last.</summary>
    private static string FeatureCheck(NetworkSample sample, EmbeddedFeature feature, int number, string name)
    {
        string column = $"column: {sample.FeatureCount - sample.Embedded.Count + number}";

        return $"{Names.Guard}.FeatureIndices({name}, InputSize, {column}, vocabulary: {feature.Vocabulary}, feature: {SampleEmitter.Literal(feature.Name)});";
    }

    /// <summary>The check that a parameter that is written lies apart from another. Messages name both without the sign that makes a keyword a name.</summary>
    public static string Apart(string read, string written) =>
        $"{Names.Guard}.Apart({read}, {written}{(read[0] == '@' || written[0] == '@' ? $", nameof({read}), nameof({written})" : "")});";

    /// <summary>The checks of what a pass is told of its outputs, which stand before anything is written.</summary>
    public static string TargetChecks(NetworkSpec network, TargetKind kind) => string.Join(
        "\n", [.. TargetLengths(network, kind), .. kind == TargetKind.Gradients ? [] : (string[])[WeightCheck(network)]]);

    /// <summary>
    /// The check of the weights of samples, where there are some. Several outputs share those of samples; one may have them for its positions.
    /// </summary>
    private static string WeightCheck(NetworkSpec network)
    {
        int positions = !network.HasNamedPorts && network.Outputs[0].Loss is { IsCategorical: true } ? network.Outputs[0].Shape.Positions : 1;

        return $"{Names.Guard}.SampleWeights(workspace.SampleWeights, samples{(positions > 1 ? $", positions: {positions}" : "")});";
    }

    private static IEnumerable<string> TargetLengths(NetworkSpec network, TargetKind kind) => network.TrainedOutputs.Select(output =>
    {
        string size = network.OutputSizeName(IndexOf(network, output));
        string name = network.TargetName(output, kind);

        return output.Target(kind) == TargetKind.Targets && output.Loss is not null
                ? $"{Names.Guard}.Targets({name}, samples, {size}, {OutputsOf(network, output)}, nameof({name}){TitleOf(network, output)});"
            : output.Target(kind) != TargetKind.Labels ? Exactly(name, size)
            : output.Loss is { IsBinary: true } ? $"{Names.Guard}.BinaryLabels({name}, samples, {size});"
            : output.Shape.Positions == 1 ? $"{Names.Guard}.Labels({name}, samples, {size});"
            : $"{Names.Guard}.PositionLabels({name}, samples, positions: {output.Shape.Positions}, classes: {output.Shape.Last});";
    });

    /// <summary>The statements that tell how many labels count, after all checks; a line each.</summary>
    public static string LabelShares(NetworkSpec network, TargetKind kind) => string.Concat(network.TrainedOutputs
        .Where(output => output.LeavesOut(kind))
        .Select(output => $"workspace.{Names.LabelShareField(network, output)} = {Names.Guard}.LabelShare({TargetArgument(network, output, kind)});\n"));

    /// <summary>The checks of a pass into a workspace, before anything is written.</summary>
    public static string PassChecks(NetworkSpec network) => string.Join(
        "\n",
        [
            "global::System.ArgumentNullException.ThrowIfNull(workspace);",
            InputChecks(network),
            .. network.HasNamedPorts ? PassOverlaps(network) : [],
            .. IndexChecks(network),
        ]);

    /// <summary>The checks that no input lies where an output of the pass will.</summary>
    private static IEnumerable<string> PassOverlaps(NetworkSpec network) =>
        from output in network.Outputs.GroupBy(output => Names.OutputsField(network, output)).Select(static outputs => outputs.First())
        from i in Range(network.Inputs.Count)
        where network.Inputs[i].Element == ElementType.Float
        select $"{Names.Guard}.Apart({OutputsOf(network, output)}, {Input(network, i)}{TitleOf(network, output)}, nameof({Input(network, i)}));";

    private static string OutputsOf(NetworkSpec network, OutputSpec output) => $"workspace.{Names.OutputsField(network, output)}.Span";

    /// <summary>What messages call the outputs of the workspace, as a further argument, where it is not the usual name.</summary>
    private static string TitleOf(NetworkSpec network, OutputSpec output) =>
        network.HasNamedPorts ? $", \"workspace.{output.Name.ToPascalCase()}\"" : "";

    /// <summary>The checks of the inputs of a training pass; the first tells the number of samples.</summary>
    private static string InputChecks(NetworkSpec network) => string.Join("\n", Range(network.Inputs.Count).Select(i => i == 0
        ? !network.TakesFloats
            ? $"int samples = {Names.Guard}.Batch({Input(network, 0)}.Length, {network.InputSizeName(0)}, workspace.BatchSize{NameOfFirst(network)});"
            : $"int samples = {Names.Guard}.Pass({Input(network, 0)}, {network.InputSizeName(0)}, workspace.BatchSize, workspace._outputs.Span);"
        : Exactly(Input(network, i), network.InputSizeName(i))));

    /// <summary>The check that a span holds the samples of the pass.</summary>
    public static string Exactly(string name, string size) => $"{Names.Guard}.Exactly({name}.Length, samples, {size}, nameof({name}));";

    /// <summary>The name of the first input as a further argument of a check, where it is not the usual one.</summary>
    public static string NameOfFirst(NetworkSpec network) => network.HasNamedPorts ? $", nameof({Input(network, 0)})" : "";

    /// <summary>The documentation of a member that an interface documents.</summary>
    public const string Inherited = "/// <inheritdoc/>";

    /// <summary>The documentation of what the forward pass has too.</summary>
    /// <param name="network">The network.</param>
    /// <param name="kind">What the passes are told of the outputs.</param>
    /// <param name="path">Which of its parts.</param>
    public static string OfForward(NetworkSpec network, TargetKind kind, string path)
    {
        IEnumerable<string> types = network.Inputs.Select(static input => input.Element == ElementType.Integer ? "int" : "float")
            .Concat(network.TrainedOutputs.Select(output => output.Target(kind) == TargetKind.Labels ? "int" : "float"))
            .Select(static type => $"global::System.ReadOnlySpan{{{type}}}");

        return $"/// <inheritdoc cref=\"Forward({string.Join(", ", types)}, Workspace)\" path=\"{path}\"/>";
    }

    /// <summary>The exception of lengths, as documentation.</summary>
    public static string ArgumentException(string meaning) =>
        $"/// <exception cref=\"global::System.ArgumentException\">{meaning} Nothing is written.</exception>";

    public static int IndexOf(NetworkSpec network, OutputSpec output) => Range(network.Outputs.Count).First(i => ReferenceEquals(network.Outputs[i], output));

    private static string TargetMeaning(NetworkSpec network, OutputSpec output, TargetKind kind) => (output.Target(kind), output) switch
    {
        (TargetKind.Labels, { Loss.IsBinary: true, Size: 1 }) => "The class of each sample, 0 or 1.",
        (TargetKind.Labels, { Loss.IsBinary: true }) => $"[samples × {output.Shape}], row-major: 0 or 1 for each output.",
        (TargetKind.Labels, _) when output.Shape.Positions > 1 =>
            $"[samples × {output.Shape.Leading}], row-major: the class at each position, from 0 to {output.Shape.Last - 1}; −1 leaves one out.",
        (TargetKind.Labels, _) => $"The class of each sample, from 0 to {output.Size - 1}.",
        (TargetKind.Targets, { Loss.IsCategorical: true }) =>
            $"[samples × {output.Shape}], row-major: a one-hot row or a distribution for each {(output.Shape.Positions > 1 ? "position" : "sample")}.",
        (TargetKind.Targets, { Loss.IsBinary: true }) => $"[samples × {output.Shape}], row-major: a probability from 0 to 1 for each output.",
        (TargetKind.Targets, _) => $"[samples × {output.Shape}], row-major.",
        _ when output.Loss is null => $"The gradient with respect to the outputs [samples × {output.Shape}], row-major.",
        _ when output.IsTransformed =>
            $"The gradient with respect to the logits [samples × {output.Shape}], row-major: what {network.NameOf(output.Source)} gives, no probabilities.",
        _ => $"The gradient with respect to what {network.NameOf(output.Source)} gives [samples × {output.Shape}], row-major.",
    };

    private static string OutOfRange(string what) =>
        $"\n/// <exception cref=\"global::System.ArgumentOutOfRangeException\">{what} is out of range. Nothing is written.</exception>";

    private static string Slice(string name, string size, string start, string? count) =>
        $"{name}.Slice({start} * {size}, {(count is null ? size : $"{count} * {size}")})";

    private static IEnumerable<int> Range(int count) => Enumerable.Range(0, count);
}
