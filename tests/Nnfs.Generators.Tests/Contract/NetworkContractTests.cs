using System.ComponentModel;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nnfs.Generators.Tests.Contract;

/// <summary>What generated code calls is a contract with compiled libraries: docs/compatibility.md.</summary>
public partial class NetworkContractTests
{
    /// <summary>The members that generated code uses and users see as well.</summary>
    private static readonly string[] s_visible =
    [
        "ActivationStage", "BatchNormParameters", "ConvolutionParameters", "ConvolutionStage", "DenseParameters", "DenseStage", "NormParameters", "NormStage",
        "IClassifier", "IGradients", "INetwork", "INetworkModel", "IRegularizedWorkspace", "ITrainableNetwork", "IWorkspace",
        "LayerInfo", "LayerKind", "NumpyRandom", "Padding", "SafetensorsException", "Window2D",
        "CsvColumn", "DateParts", "FeatureInfo", "FeatureScaling", "ISample", "ISampleClassifier", "LabelInfo", "SampleScaling", "SampleSchema",
        "RMSNormParameters", "RMSNormStage", "RecurrentParameters", "RecurrentStage",
        "InputInfo", "NamedDataset", "OutputInfo",
        "DepthwiseParameters", "DepthwiseStage", "EmbeddingParameters", "EmbeddingStage", "SelfAttentionParameters", "SelfAttentionStage",
    ];

    private static readonly Assembly s_library = typeof(NetworkContract).Assembly;

    private static string Current => s_library.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The first version was 1.</summary>
    [Theory]
    [InlineData(0, "rebuild it with that version")]
    [InlineData(NetworkContract.Version + 1, "update Nnfs.Generators in the program that uses it")]
    public void A_library_that_does_not_fit_says_so_before_any_member_is_missed(int version, string cure)
    {
        // What the library is compiled against: a kernel that is no longer there, and another version of the contract.
        CSharpCompilation other = Compile("Nnfs", $$"""
            namespace Nnfs
            {
                public sealed class AlignedBlock
                {
                    public AlignedBlock(int length, int contract = {{version}}) => Length = length + contract;
                    public int Length { get; }
                }
            }

            namespace Nnfs.Kernels
            {
                public static class Forgotten
                {
                    public static void Forward(int length) => throw new System.InvalidOperationException(length.ToString(null, null));
                }
            }
            """);

        CSharpCompilation library = Compile("Models", """
            namespace Shapes;

            public class Net
            {
                private readonly Nnfs.AlignedBlock _parameters = new(16);

                public void Predict() => Nnfs.Kernels.Forgotten.Forward(_parameters.Length);
            }
            """).AddReferences(other.ToMetadataReference());

        using LoadedNetworks networks = LoadedNetworks.From(library);
        Type network = networks["Shapes.Net"];

        TargetInvocationException exception = Assert.Throws<TargetInvocationException>(() => Activator.CreateInstance(network));

        Assert.IsType<NotSupportedException>(exception.InnerException);
        Assert.Equal(
            $"'Shapes.Net' in the library 'Models' was built with a version of Nnfs.Generators that does not fit Nnfs {Current}: {cure}.",
            exception.InnerException.Message);
    }

    [Fact]
    public void A_network_is_compiled_with_the_version_of_the_contract()
    {
        ParameterInfo parameter = typeof(AlignedBlock).GetConstructors().Single().GetParameters()[1];

        Assert.Equal(NetworkContract.Version, parameter.DefaultValue);
        IEnumerable<string> networks = Snapshots().Where(static text => !text.Contains(": ISample<", StringComparison.Ordinal));
        Assert.All(networks, static text => Assert.Matches(@"readonly AlignedBlock _\w+ = new\(\d+\);", text));
    }

    [Fact]
    public void What_only_generated_code_uses_is_hidden()
    {
        HashSet<string> words = [.. Snapshots().SelectMany(static text => Word().Matches(text).Select(static match => match.Value))];
        Type[] used = [.. s_library.GetExportedTypes().Where(type => type.Namespace == "Nnfs" && words.Contains(type.Name.Split('`')[0]))];

        Assert.Contains(typeof(ShapeGuard), used);
        Assert.All(used.Where(static type => !s_visible.Contains(type.Name.Split('`')[0])), static type => Assert.True(IsHidden(type), type.Name));
    }

    [Fact]
    public void All_kernels_are_hidden() =>
        Assert.All(s_library.GetExportedTypes().Where(static type => type.Namespace == "Nnfs.Kernels"), static type => Assert.True(IsHidden(type), type.Name));

    [Fact]
    public void Hidden_types_are_listed_as_the_contract_and_others_are_not()
    {
        string folder = Path.Combine(Metadata("Repository"), "src", "Nnfs");
        IEnumerable<string> lines = Directory.EnumerateFiles(folder, "PublicAPI.*.Contract.txt").SelectMany(File.ReadLines);
        HashSet<string> listed = [.. lines.Where(static line => !line.Contains("->", StringComparison.Ordinal)).Select(static line => line.Split('<')[0])];

        Assert.All(s_library.GetExportedTypes(), type => Assert.Equal(IsHidden(type), listed.Contains(type.FullName!.Split('`')[0])));
    }

    private static bool IsHidden(MemberInfo member) => member.GetCustomAttribute<EditorBrowsableAttribute>() is { State: EditorBrowsableState.Never };

    private static IEnumerable<string> Snapshots() => Directory.EnumerateFiles(Metadata("SnapshotFolder")).Select(File.ReadAllText);

    private static string Metadata(string key) =>
        typeof(NetworkContractTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == key).Value!;

    private static CSharpCompilation Compile(string name, string source)
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(source).WithAssemblyName(name);

        return compilation
            .WithOptions(compilation.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default))
            .RemoveReferences(compilation.References.Where(static reference => Path.GetFileName(reference.Display) == "Nnfs.dll"));
    }

    [GeneratedRegex(@"\b\w+\b")]
    private static partial Regex Word();
}
