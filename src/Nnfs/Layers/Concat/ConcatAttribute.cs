namespace Nnfs;

/// <summary>Several values side by side: <c>y = [a, b, …]</c>. Their shapes may differ in the last size only, and its last size is the sum of theirs.</summary>
public sealed class ConcatAttribute : LayerAttribute
{
    /// <summary>A concatenation.</summary>
    /// <param name="sources">The names of two or more layers or inputs that come before this one.</param>
    public ConcatAttribute(params string[] sources)
    {
        Sources = sources;
    }

    /// <summary>What is put side by side, in this order.</summary>
    public IReadOnlyList<string> Sources { get; }
}
