namespace Nnfs.Kernels;

/// <summary>
/// An activation of few operations, which products compute on several vectors of sums side by side, right where they are. The constants of a longer one would
/// take the registers that the sums lie in.
/// </summary>
internal interface IBriefActivation : IActivation;
