namespace Playground.Compiler;

/// <summary>A change that is offered for a fault.</summary>
/// <param name="Title">What it does.</param>
/// <param name="Text">The whole text after it.</param>
public sealed record Fix(string Title, string Text);
