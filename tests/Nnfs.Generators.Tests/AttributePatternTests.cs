using System.Reflection;
using System.Xml.Linq;

namespace Nnfs.Generators.Tests;

/// <summary>How the package's targets find the attribute in sources that the generator does not see: it is an error there, and nothing else is.</summary>
public sealed class AttributePatternTests
{
    private static readonly string s_repository = typeof(AttributePatternTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static attribute => attribute.Key == "Repository")
        .Value!;

    [Theory]
    [InlineData("C#", "[Network(2)]")]
    [InlineData("C#", "    [Network]")]
    [InlineData("C#", "[Serializable, Network(2), Dense(3)]")]
    [InlineData("C#", "[Nnfs.Network(2)]")]
    [InlineData("C#", "[global::Nnfs.NetworkAttribute(2)]")]
    [InlineData("F#", "[<Network(2)>]")]
    [InlineData("F#", "[<Sealed; Network>]")]
    [InlineData("F#", "type [<Nnfs.Network(2)>] Net() = class end")]
    [InlineData("Visual Basic", "<Network(2)>")]
    [InlineData("Visual Basic", "<Serializable, Nnfs.Network>")]
    public void Attribute_isFound(string language, string line) => Assert.Matches(PatternOf(language), $"First line\n{line}\nLast line\n");

    [Theory]
    [InlineData("C#", "// [Network(2)]")]
    [InlineData("C#", "[Fact(DisplayName = \"A Network (small)\")]")]
    [InlineData("C#", "[Route(Network, 1)]")]
    [InlineData("C#", "[JsonDerivedType(typeof(Network))]")]
    [InlineData("C#", "[Topology.Network(2)]")]
    [InlineData("C#", "[SocialNetwork(2)]")]
    [InlineData("F#", "// [<Network(2)>]")]
    [InlineData("F#", "[<Fact(DisplayName = \"A Network (small)\")>]")]
    [InlineData("F#", "[<KnownType(typeof<Network>)>]")]
    [InlineData("F#", "let text = \"[<Network(2)>]\"")]
    [InlineData("Visual Basic", "' <Network(2)>")]
    [InlineData("Visual Basic", "<Fact(DisplayName:=\"A Network (small)\")>")]
    public void SomethingElse_isNotFound(string language, string line) => Assert.DoesNotMatch(PatternOf(language), $"First line\n{line}\nLast line\n");

    private static string PatternOf(string language) => XDocument.Load(Path.Combine(s_repository, "src", "Nnfs", "Package", "Nnfs.Generators.targets"))
        .Descendants("_NnfsAttribute")
        .Single(pattern => pattern.Attribute("Condition")!.Value.EndsWith($"'{language}'", StringComparison.Ordinal))
        .Value;
}
