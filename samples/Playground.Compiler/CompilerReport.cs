using System.Collections.Immutable;

namespace Playground.Compiler;

/// <summary>What the compiler says of a text.</summary>
/// <param name="Faults">Errors and warnings, in their order in the text.</param>
/// <param name="Files">What the generator wrote; empty in a first look.</param>
/// <param name="Networks">The networks that the text declares; empty in a first look.</param>
public sealed record CompilerReport(ImmutableArray<Fault> Faults, ImmutableArray<GeneratedFile> Files, ImmutableArray<DeclaredNetwork> Networks)
{
    /// <summary>Whether there are errors, so that the program can't run.</summary>
    public bool HasErrors => Faults.Any(static fault => fault.Severity == "error");
}
