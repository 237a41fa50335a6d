namespace Nnfs.Files.Safetensors;

/// <summary>What may follow a file in the stream that it is read from.</summary>
internal enum StreamEnd
{
    /// <summary>Nothing: the stream is the file.</summary>
    Here,

    /// <summary>Nothing or, where the stream can seek and so can be looked into, another safetensors file.</summary>
    HereOrNextFile,

    /// <summary>Anything; it is left unread.</summary>
    Anywhere,
}
