namespace Nnfs.Generators.Tests.Documentation;

/// <summary>A fenced block of a Markdown file, with what comments directly before it say of it.</summary>
/// <param name="Code">Its text and its place.</param>
/// <param name="Language">What follows the opening fence, or nothing.</param>
/// <param name="Section">The heading that it is under.</param>
internal sealed record MarkdownBlock(CodeFragment Code, string Language, string Section)
{
    /// <summary>Code that the block needs and the page does not show: <c>&lt;!-- context: … --&gt;</c>.</summary>
    public CodeFragment? Context { get; init; }

    /// <summary>The heading whose earlier blocks this one continues: <c>&lt;!-- after: Example --&gt;</c>.</summary>
    public string? After { get; init; }

    /// <summary>The heading for whose blocks the generator writes what this block shows: <c>&lt;!-- generated: Example --&gt;</c>.</summary>
    public string? Generated { get; init; }

    public bool IsProgram => Language == "csharp" && Generated is null;
}
