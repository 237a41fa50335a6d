namespace Nnfs.Generators.Models;

/// <summary>A comment that says what the steps after it do.</summary>
/// <param name="Text">The comment, without slashes; it may have several lines.</param>
internal sealed record NoteStep(string Text) : Step
{
    public override IEnumerable<Operand> Operands => [];
}
