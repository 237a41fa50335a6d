namespace Nnfs.Import.Translating;

/// <summary>A node can't be expressed by layers. It is caught where nodes are translated, so that all of them are named at once.</summary>
/// <param name="reason">Why.</param>
/// <param name="isOfOrder">Whether it is the order of values in memory, which may fit where the inputs lie in another way.</param>
internal sealed class RefusedNodeException(string reason, bool isOfOrder = false) : Exception(reason)
{
    /// <summary>Whether it is the order of values in memory.</summary>
    public bool IsOfOrder { get; } = isOfOrder;
}
