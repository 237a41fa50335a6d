namespace Nnfs;

/// <summary>How a network is loaded from a file.</summary>
public sealed record LoadOptions
{
    /// <summary>
    /// Whether the file's table of layers is left unread. The default is false: a file whose layers would predict something else with the same tensors, such as
    /// those of a network with another activation, is refused. A file without such a table, as other programs write it, is never refused for its layers.
    /// </summary>
    public bool IgnoreLayers { get; init; }

    /// <summary>
    /// Whether what follows the file in its stream is left there, whatever it is. The default is false: nothing may follow but, in a stream that can seek,
    /// another safetensors file. A stream that cannot seek, such as that of a socket, cannot be looked into: with this set, files are read from it in turn.
    /// </summary>
    public bool LeavesRest { get; init; }
}
