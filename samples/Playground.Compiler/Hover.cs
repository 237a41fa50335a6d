namespace Playground.Compiler;

/// <summary>What is shown over a name.</summary>
/// <param name="Start">The name's first character in the text.</param>
/// <param name="Length">The number of its characters.</param>
/// <param name="Signature">What it names.</param>
/// <param name="Documentation">What its documentation says; empty where there is none.</param>
public sealed record Hover(int Start, int Length, string Signature, string Documentation);
