using System.Text;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>
/// Shortens the qualified names of a finished text, and writes the usings for them: <c>global::System.Span</c> becomes <c>Span</c>. A name that means
/// something else in the class stays qualified, so the emitters need not know what the user has called things.
/// </summary>
internal static class ShortNames
{
    private const string Root = "global::";

    private static readonly (string Prefix, string[] Names)[] s_namespaces =
    [
        ("System.Numerics.Tensors.", ["TensorPrimitives"]),
        ("System.Runtime.CompilerServices.", ["MethodImpl", "MethodImplOptions"]),
        ("System.Collections.Generic.", ["IReadOnlyList"]),
        ("System.Collections.Immutable.", ["ImmutableArray"]),
        (
            "System.",
            [
                "ArgumentException", "ArgumentNullException", "ArgumentOutOfRangeException", "InvalidOperationException", "Math", "ReadOnlyMemory",
                "ReadOnlySpan", "Span",
            ]),
        (
            "Nnfs.",
            [
                Kernels, "ActivationStage", "AlignedBlock", "ByInput", "ByNeuron", "IClassifier", "IDimension", "IGradients", "INetwork",
                "INetworkModel", "IPortsWorkspace", "IStatefulWorkspace", "IndexBlock", "InputInfo", "IRegularizedWorkspace", "ITrainableNetwork",
                "ISampleClassifier", "ISampleNetwork", "IWorkspace", "LayerInfo", "LayerKind", "NamedDataset", "NamedDatasetBuilder", "NumpyRandom",
                "OutputInfo", "PackedPass", "PretrainedWeights", "SafetensorsException", "SamplePredictions", "SampleScaling", "ShapeGuard", "StackScratch",
                "Team", "ThreadScratch", "ThreadTeam", "WeightInitialization", "Window2D",
            ]),
    ];

    private const string Kernels = "Kernels";

    private static readonly (string Name, string Namespace)[] s_names =
        [.. s_namespaces.SelectMany(static space => space.Names.Select(name => (name, space.Prefix.TrimEnd('.'))))];

    /// <summary>The names that the text of a network may have in short, each with its namespace.</summary>
    public static IEnumerable<(string Name, string Namespace)> Of(NetworkSpec network) =>
        s_names.Concat(Views(network).Distinct().Select(static view => (view, "Nnfs")));

    private static readonly string[] s_sampleNames =
    [
        "CsvColumn", "CsvRow", "CsvRowWriter", "DateParts", "DateTime", "FeatureInfo", "FeatureScaling", "ISample", "LabelInfo", "SampleSchema", "TimeSpan",
    ];

    /// <summary>The names that the text of a sample may have in short, each with its namespace.</summary>
    public static IEnumerable<(string Name, string Namespace)> OfSample =>
        s_names.Concat(s_sampleNames.Select(static name => (name, name is "DateTime" or "TimeSpan" ? "System" : "Nnfs")));

    /// <summary>The length of a text once its names are short.</summary>
    public static int Length(string text)
    {
        const string Library = Root + "Nnfs.";
        int length = text.Length;

        for (int i = text.IndexOf(Library, StringComparison.Ordinal); i >= 0; i = text.IndexOf(Library, i + 1, StringComparison.Ordinal))
        {
            length -= Library.Length;
        }

        return length;
    }

    /// <summary>The text with short names.</summary>
    /// <param name="text">The finished text, whose names of types all begin with <c>global::</c>.</param>
    /// <param name="network">The network, which knows the names that mean something else.</param>
    /// <param name="usings">The usings that the text then needs, a line each.</param>
    public static string Apply(string text, NetworkSpec network, out IReadOnlyList<string> usings) =>
        Apply(text, network.HiddenNames.Concat(Members(network)), Views(network), out usings);

    /// <summary>The text of a sample with short names.</summary>
    /// <param name="text">The finished text, whose names of types all begin with <c>global::</c>.</param>
    /// <param name="sample">The sample, which knows the names that mean something else.</param>
    /// <param name="usings">The usings that the text then needs, a line each.</param>
    public static string Apply(string text, SampleSpec sample, out IReadOnlyList<string> usings) =>
        Apply(text, sample.HiddenNames, s_sampleNames, out usings);

    /// <summary>The text with short names, but for the hidden ones; further names are short where they are of a namespace that is known.</summary>
    private static string Apply(string text, IEnumerable<string> hiddenNames, IEnumerable<string> furtherNames, out IReadOnlyList<string> usings)
    {
        HashSet<string> hidden = new(hiddenNames, StringComparer.Ordinal);
        HashSet<string> further = new(furtherNames, StringComparer.Ordinal);
        SortedSet<string> used = new(StringComparer.Ordinal);
        StringBuilder result = new(text.Length);
        int position = 0;

        for (int i = text.IndexOf(Root, StringComparison.Ordinal); i >= 0; i = text.IndexOf(Root, i + 1, StringComparison.Ordinal))
        {
            (string Prefix, string[] Names) space = Array.Find(
                s_namespaces, space => string.CompareOrdinal(text, i + Root.Length, space.Prefix, 0, space.Prefix.Length) == 0);

            if (space.Prefix is null)
            {
                continue;
            }

            int start = i + Root.Length + space.Prefix.Length;
            int end = start;

            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
            {
                end++;
            }

            string name = text.Substring(start, end - start);

            if (!hidden.Contains(name) && (Array.IndexOf(space.Names, name) >= 0 || further.Contains(name)))
            {
                used.Add(name == Kernels ? $"using {Kernels} = {Root}Nnfs.{Kernels};" : $"using {Root}{space.Prefix.TrimEnd('.')};");
                result.Append(text, position, i - position);
                position = start;
            }
        }

        // Namespaces first, System before the others, and then the alias.
        usings = [.. used.OrderBy(static line => line.Contains('=')).ThenBy(static line => !line.Contains("::System"))
            .ThenBy(static line => line.TrimEnd(';'), StringComparer.Ordinal)];

        return result.Append(text, position, text.Length - position).ToString();
    }

    /// <summary>The types of the views of layers, which each kind of layer names itself.</summary>
    private static IEnumerable<string> Views(NetworkSpec network) =>
        network.Stages.SelectMany(static stage => new[] { stage.ParametersType, stage.GradientsType, stage.StageType });

    /// <summary>The names of generated members and their parameters, which hide types of the same name.</summary>
    private static IEnumerable<string> Members(NetworkSpec network) => network.Stages.SelectMany(static stage => new[] { stage.Name, stage.OutputName })
        .Concat(network.Inputs.SelectMany(static input => new[] { input.Name, input.Name.ToPascalCase() }))
        .Concat(network.Outputs.SelectMany(static output => new[] { output.Name, output.Name.ToPascalCase() }));
}
