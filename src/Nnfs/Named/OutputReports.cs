using System.Collections;

namespace Nnfs;

/// <summary>How an epoch went for each output that has a loss, of a network with several inputs or outputs; empty for any other network.</summary>
public sealed class OutputReports : IReadOnlyList<OutputReport>, IEquatable<OutputReports>
{
    private readonly OutputReport[] _reports;

    /// <summary>The reports of outputs.</summary>
    /// <param name="reports">One for each output, in their order.</param>
    public OutputReports(params ReadOnlySpan<OutputReport> reports) => _reports = reports.ToArray();

    /// <summary>No reports.</summary>
    public static OutputReports Empty { get; } = new();

    /// <summary>The number of outputs.</summary>
    public int Count => _reports.Length;

    /// <summary>The report of an output by its place, from 0, among those with a loss.</summary>
    /// <param name="index">The number of reports before it.</param>
    public OutputReport this[int index] => _reports[index];

    /// <summary>The report of an output by its name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">No output with a loss has that name. The message lists those that there are.</exception>
    public OutputReport this[string name]
    {
        get
        {
            int index = Array.FindIndex(_reports, report => report.Name == name);

            return index >= 0
                ? _reports[index]
                : throw new ArgumentException(
                    $"Expected one of the names [{string.Join(", ", _reports.Select(static report => report.Name))}], but it is '{name}'.", nameof(name));
        }
    }

    /// <inheritdoc/>
    public IEnumerator<OutputReport> GetEnumerator() => ((IEnumerable<OutputReport>)_reports).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether all reports are equal.</summary>
    /// <param name="other">Other reports.</param>
    public bool Equals(OutputReports? other) => other is not null && _reports.AsSpan().SequenceEqual(other._reports);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as OutputReports);

    /// <inheritdoc/>
    public override int GetHashCode() => _reports.Length == 0 ? 0 : HashCode.Combine(_reports.Length, _reports[0]);
}
