namespace Nnfs.Import.Onnx;

/// <summary>A file is no sound ONNX model. The message says what is wrong with it, and where.</summary>
public sealed class OnnxException : Exception
{
    /// <summary>Creates the exception.</summary>
    public OnnxException()
        : this("The file is no sound ONNX model.")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    public OnnxException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">What it was noticed by.</param>
    public OnnxException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
