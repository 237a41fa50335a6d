namespace Nnfs;

/// <summary>A file is not a valid NumPy array (.npy) or archive (.npz), or has numbers of a type that is not read.</summary>
public sealed class NumpyException : FormatException
{
    /// <summary>An exception without a message of its own.</summary>
    public NumpyException()
    {
    }

    /// <summary>An exception with a message.</summary>
    /// <param name="message">What is wrong.</param>
    public NumpyException(string? message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and a cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The cause.</param>
    public NumpyException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
