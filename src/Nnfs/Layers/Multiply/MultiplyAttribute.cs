namespace Nnfs;

/// <summary>The product of several values, element by element: <c>y = a · b · …</c>. All must have the same shape.</summary>
public sealed class MultiplyAttribute : LayerAttribute
{
    /// <summary>A product.</summary>
    /// <param name="sources">The names of two or more layers or inputs that come before this one.</param>
    public MultiplyAttribute(params string[] sources)
    {
        Sources = sources;
    }

    /// <summary>What is multiplied.</summary>
    public IReadOnlyList<string> Sources { get; }
}
