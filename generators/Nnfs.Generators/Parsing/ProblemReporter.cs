using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Parsing;

/// <summary>Takes the faults that the parser finds. The generator only keeps what the errors say; the analyzer reports them.</summary>
internal sealed class ProblemReporter
{
    private readonly Action<Diagnostic>? _report;

    /// <summary>Nearly no network has any, and there is one reporter for each at every keystroke.</summary>
    private List<string>? _errors;

    public ProblemReporter(Action<Diagnostic>? report)
    {
        _report = report;
    }

    /// <summary>Whether an error was found, here or by the compiler, that leaves the network without a meaning.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>What the errors say, each with its rule first. The compiler's own are not among them.</summary>
    public EquatableArray<string> Errors => _errors is null ? default : new([.. _errors.Distinct(StringComparer.Ordinal)]);

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
        if (descriptor.DefaultSeverity == DiagnosticSeverity.Error)
        {
            Note(descriptor, arguments);
        }

        _report?.Invoke(Diagnostic.Create(descriptor, location, additional is null ? null : [additional], properties, arguments));
    }

    /// <summary>Notes an error that another analyzer reports.</summary>
    public void Note(DiagnosticDescriptor descriptor, params object[] arguments)
    {
        HasErrors = true;
        string format = descriptor.MessageFormat.ToString(CultureInfo.InvariantCulture);
        (_errors ??= []).Add($"{descriptor.Id}: {string.Format(CultureInfo.InvariantCulture, format, arguments)}");
    }

    /// <summary>Notes an error that the compiler reports itself.</summary>
    public void NoteCompilerError() => HasErrors = true;
}
