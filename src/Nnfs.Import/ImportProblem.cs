namespace Nnfs.Import;

/// <summary>Something in a model that no layer expresses.</summary>
/// <param name="Node">The name of the node, or of the input or output.</param>
/// <param name="Operator">The operator of the node, or "input" or "output".</param>
/// <param name="Reason">Why it can't be expressed, and where there is one, what to do.</param>
public sealed record ImportProblem(string Node, string Operator, string Reason)
{
    /// <summary>As it is listed.</summary>
    public override string ToString() => $"'{Node}' ({Operator}): {Reason}";
}
