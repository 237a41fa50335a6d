namespace Nnfs;

/// <summary>A call of MPI failed, or MPI is not installed. The message has MPI's own text.</summary>
public sealed class MpiException : Exception
{
    /// <summary>A failure with a message.</summary>
    public MpiException(string message)
        : base(message)
    {
    }

    /// <summary>A failure with a message, and what caused it.</summary>
    public MpiException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>A failure without a message of its own.</summary>
    public MpiException()
    {
    }
}
