namespace Nnfs;

/// <summary>A file is not a valid safetensors file, or its tensors are not those that were expected.</summary>
public sealed class SafetensorsException : FormatException
{
    /// <summary>An exception without a message of its own.</summary>
    public SafetensorsException()
    {
    }

    /// <summary>An exception with a message.</summary>
    /// <param name="message">What is wrong: one fault of the format, or a line for each tensor that differs.</param>
    public SafetensorsException(string? message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and a cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The cause.</param>
    public SafetensorsException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
