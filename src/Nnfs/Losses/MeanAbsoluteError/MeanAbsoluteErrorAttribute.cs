namespace Nnfs;

/// <summary>The mean over outputs and samples of <c>|y − t|</c>. Its gradient is <c>sign(y − t) / (outputs·n)</c>.</summary>
public sealed class MeanAbsoluteErrorAttribute : LossAttribute;
