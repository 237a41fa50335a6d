using System.Collections.Immutable;

namespace Playground.Compiler;

/// <summary>An assembly that was made of a text.</summary>
/// <param name="Report">What the compiler says of the text.</param>
/// <param name="Assembly">The assembly's bytes; empty if there are errors.</param>
public sealed record BuiltProgram(CompilerReport Report, ImmutableArray<byte> Assembly);
