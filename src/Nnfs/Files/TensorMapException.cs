namespace Nnfs;

/// <summary>The tensors of a file are not those that a network takes of it by a <see cref="TensorMap"/>.</summary>
public sealed class TensorMapException : FormatException
{
    /// <summary>An exception without a message of its own.</summary>
    public TensorMapException()
    {
    }

    /// <summary>An exception with a message.</summary>
    /// <param name="message">A line for each difference.</param>
    public TensorMapException(string? message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and a cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The cause.</param>
    public TensorMapException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
