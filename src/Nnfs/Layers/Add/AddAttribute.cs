namespace Nnfs;

/// <summary>The sum of several values, element by element: <c>y = a + b + …</c>. All must have the same shape.</summary>
public sealed class AddAttribute : LayerAttribute
{
    /// <summary>A sum.</summary>
    /// <param name="sources">The names of two or more layers or inputs that come before this one.</param>
    public AddAttribute(params string[] sources)
    {
        Sources = sources;
    }

    /// <summary>What is added.</summary>
    public IReadOnlyList<string> Sources { get; }
}
