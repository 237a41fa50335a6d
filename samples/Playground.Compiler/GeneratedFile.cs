namespace Playground.Compiler;

/// <summary>A file that the generator wrote.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Text">Its text.</param>
/// <param name="Forward">The members of it that carry samples forward.</param>
/// <param name="Backward">The members of it that carry gradients back.</param>
public sealed record GeneratedFile(string Name, string Text, string Forward, string Backward);
