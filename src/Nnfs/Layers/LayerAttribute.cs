namespace Nnfs;

/// <summary>
/// A layer of a network. The order of a class's layer attributes is the order of its layers. A layer reads what the one before it gives,
/// or what <see cref="From"/> names.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    // The generator knows the layers; one that it does not know could not be written.
    private protected LayerAttribute()
    {
    }

    /// <summary>
    /// The name of the layer's members, a C# identifier that no other layer has. The default is the layer's kind and its
    /// number among the layers of that kind: <c>Dense1</c>, <c>Dense2</c>, <c>ReLU1</c>.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>
    /// The name of the layer or input before this one whose values the layer reads; by default those of the layer directly before. Joins name theirs as
    /// arguments.
    /// </summary>
    public string? From { get; set; }
}
