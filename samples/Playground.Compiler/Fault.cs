using System.Collections.Immutable;

namespace Playground.Compiler;

/// <summary>An error or a warning in the typed text.</summary>
/// <param name="Id">The rule, such as <c>NNFS005</c> or <c>CS0246</c>.</param>
/// <param name="Severity"><c>error</c> or <c>warning</c>.</param>
/// <param name="Message">What is wrong, and what to do.</param>
/// <param name="Help">The address of the rule's page; empty for what C# itself reports.</param>
/// <param name="Start">The first character in the text.</param>
/// <param name="Length">The number of characters; 0 where something is missing between two.</param>
/// <param name="Line">The line of the first character, from 1; 0 where the fault is nowhere in the text.</param>
/// <param name="Column">Its column, from 1.</param>
/// <param name="Fixes">The changes that are offered.</param>
public sealed record Fault(
    string Id, string Severity, string Message, string Help, int Start, int Length, int Line, int Column, ImmutableArray<Fix> Fixes);
