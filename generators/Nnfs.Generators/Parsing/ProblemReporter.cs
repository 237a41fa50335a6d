using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Nnfs.Generators.Parsing;

/// <summary>Takes the faults that the parser finds. The generator only learns that there were some; the analyzer reports them.</summary>
internal sealed class ProblemReporter
{
    private readonly Action<Diagnostic>? _report;

    public ProblemReporter(Action<Diagnostic>? report)
    {
        _report = report;
    }

    /// <summary>Whether an error was found, here or by the compiler, that leaves the network without a meaning.</summary>
    public bool HasErrors { get; private set; }

    public void Report(DiagnosticDescriptor descriptor, Location location, params object[] arguments) =>
        Report(descriptor, location, additional: null, arguments);

    public void Report(DiagnosticDescriptor descriptor, Location location, Location? additional, params object[] arguments) =>
        Report(descriptor, location, additional, ImmutableDictionary<string, string?>.Empty, arguments);

    public void Report(
        DiagnosticDescriptor descriptor,
        Location location,
        Location? additional,
        ImmutableDictionary<string, string?> properties,
        params object[] arguments)
    {
        HasErrors |= descriptor.DefaultSeverity == DiagnosticSeverity.Error;
        _report?.Invoke(Diagnostic.Create(descriptor, location, additional is null ? null : [additional], properties, arguments));
    }

    /// <summary>Notes an error that the compiler reports itself.</summary>
    public void NoteCompilerError() => HasErrors = true;
}
