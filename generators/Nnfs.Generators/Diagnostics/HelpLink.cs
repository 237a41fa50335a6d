namespace Nnfs.Generators.Diagnostics;

/// <summary>Where the page of a rule is.</summary>
internal static class HelpLink
{
    private const string Pages = "https://github.com/Nnfs-Generators/Nnfs.Generators/blob/main/docs/diagnostics/";

    public static string For(string id) => $"{Pages}{id}.md";
}
