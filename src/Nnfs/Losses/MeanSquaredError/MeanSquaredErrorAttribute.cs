namespace Nnfs;

/// <summary>The mean over outputs and samples of <c>(y − t)²</c>. Its gradient is <c>2(y − t) / (outputs·n)</c>.</summary>
public sealed class MeanSquaredErrorAttribute : LossAttribute;
