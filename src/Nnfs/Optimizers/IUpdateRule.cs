using Nnfs.Simd;

namespace Nnfs.Optimizers;

/// <summary>
/// The arithmetic of one optimizer: how a parameter moves, given its gradient and up to two numbers remembered for it. A rule
/// is a struct that holds the step's constants, so that <see cref="FusedUpdate"/> is compiled once for each rule with the rule inlined.
/// </summary>
internal interface IUpdateRule
{
    /// <summary>How many numbers are remembered for each parameter, 0 … 2. They start at zero.</summary>
    static abstract int StateCount { get; }

    /// <summary>The parameters after the step. A zero parameter with zero gradient and zero state must give zero.</summary>
    /// <param name="w">The parameters.</param>
    /// <param name="g">Their gradients.</param>
    /// <param name="first">The first remembered numbers, if there is one; changed for the next step.</param>
    /// <param name="second">The second remembered numbers, if there are two; changed for the next step.</param>
    TVector Apply<TSimd, TVector>(TVector w, TVector g, ref TVector first, ref TVector second)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;
}
