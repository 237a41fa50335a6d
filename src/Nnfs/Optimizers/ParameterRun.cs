namespace Nnfs.Optimizers;

/// <summary>A part of a block of parameters that is all of one kind, with the padding after it.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">The number of values.</param>
/// <param name="Kind">What they are.</param>
internal readonly record struct ParameterRun(int Start, int Length, ParameterKind Kind);
