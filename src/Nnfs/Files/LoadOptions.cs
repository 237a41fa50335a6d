namespace Nnfs;

/// <summary>How a network is loaded from a file.</summary>
public sealed record LoadOptions
{
    /// <summary>
    /// Whether the file's table of layers is left unread. The default is false: a file whose layers would predict something else with the same tensors, such as
    /// those of a network with another activation, is refused. A file without such a table, as other programs write it, is never refused for its layers.
    /// </summary>
    public bool IgnoreLayers { get; init; }
}
