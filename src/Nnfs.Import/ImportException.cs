namespace Nnfs.Import;

/// <summary>A model can't be written as a network. All that stands in the way is listed at once.</summary>
public sealed class ImportException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ImportException()
        : this("The model can't be written as a network.")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    public ImportException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">What it was noticed by.</param>
    public ImportException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="problems">All that can't be expressed.</param>
    public ImportException(IReadOnlyList<ImportProblem> problems)
        : base($"The model can't be written as a network:\n{string.Join('\n', problems)}")
    {
        Problems = problems;
    }

    /// <summary>All that can't be expressed.</summary>
    public IReadOnlyList<ImportProblem> Problems { get; } = [];
}
