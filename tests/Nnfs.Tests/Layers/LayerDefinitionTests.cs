using System.Reflection;
using System.Text.RegularExpressions;
using Nnfs.Layers;
using Nnfs.Tests.Training;

namespace Nnfs.Tests.Layers;

public partial class LayerDefinitionTests
{
    private static readonly string s_repository = typeof(LayerDefinitionTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static attribute => attribute.Key == "Repository")
        .Value!;

    public static TheoryData<LayerKind> Kinds => [.. Enum.GetValues<LayerKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_has_a_definition_of_its_name_in_a_folder_of_its_name(LayerKind kind)
    {
        // A sequence is an image of one row.
        string defined = $"{kind}".Replace("1D", "2D", StringComparison.Ordinal);
        string name = $"{defined}Definition";
        string folder = kind == LayerKind.GELUTanh ? nameof(LayerKind.GELU) : defined;

        Assert.Equal(name, LayerDefinitions.Of(kind).GetType().Name);
        Assert.Contains(Sources(), file => file.EndsWith(Path.Combine(folder, name + ".cs"), StringComparison.Ordinal));
    }

    [Fact]
    public void A_kind_that_the_library_does_not_know_is_named()
    {
        NotSupportedException exception = Assert.Throws<NotSupportedException>(() => LayerDefinitions.Of((LayerKind)1000));

        Assert.Equal("This version of Nnfs does not know layers of kind 1000.", exception.Message);
    }

    [Fact]
    public void Only_the_list_of_kinds_asks_for_a_kind()
    {
        // Descriptions of one kind say which it is; a kind's definition may say which other kind it is like.
        string[] allowed = [$"{nameof(LayerInfo)}.cs: {nameof(LayerKind.Dense)}", $"{nameof(LayerInfo)}.cs: {nameof(LayerKind.SelfAttention)}"];

        IEnumerable<string> uses =
            from file in Sources()
            where Path.GetFileNameWithoutExtension(file) != nameof(LayerDefinitions)
            from line in File.ReadLines(file)
            where !line.TrimStart().StartsWith("///", StringComparison.Ordinal)
                && !line.Contains($"override LayerKind? {nameof(LayerDefinition.InPredictions)} => ", StringComparison.Ordinal)
            from Match use in KindName().Matches(line)
            select $"{Path.GetFileName(file)}: {use.Groups[1].Value}";

        Assert.Empty(uses.Except(allowed));
    }

    [Fact]
    public void Running_averages_alone_are_not_trained()
    {
        Assert.Equal(
            ["batchnorm1.running_mean", "batchnorm1.running_variance"],
            TensorsOf<MixedNetwork>().Where(static tensor => !tensor.IsTrained).Select(static tensor => tensor.Name));
    }

    private static IEnumerable<TensorInfo> TensorsOf<TNetwork>()
        where TNetwork : INetworkModel<TNetwork> => TNetwork.Layers.SelectMany(static layer => layer.Tensors);

    private static string[] Sources() => Directory.GetFiles(Path.Combine(s_repository, "src", "Nnfs"), "*.cs", SearchOption.AllDirectories);

    [GeneratedRegex(@"\bLayerKind\.(\w+)")]
    private static partial Regex KindName();
}
