namespace Nnfs.Import.Translating;

/// <summary>A node can't be expressed by layers. It is caught where nodes are translated, so that all of them are named at once.</summary>
/// <param name="reason">Why.</param>
internal sealed class RefusedNodeException(string reason) : Exception(reason);
