namespace Nnfs;

/// <summary>The values of a sample in one dimension: <c>[28, 28, 1]</c> becomes <c>[784]</c>. They stay where they are; nothing is copied.</summary>
public sealed class FlattenAttribute : LayerAttribute;
