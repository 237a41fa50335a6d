using System.Runtime.CompilerServices;
using Nnfs.Simd;

namespace Nnfs.Optimizers;

/// <summary>Decoupled weight decay: a rule for parameters that first keep only a share of themselves, <c>w ← kept·w</c>.</summary>
/// <param name="kept">The share, <c>1 − lr·λ</c>.</param>
/// <param name="rule">What happens to them then.</param>
internal readonly struct DecayedRule<TRule>(float kept, TRule rule) : IUpdateRule
    where TRule : unmanaged, IUpdateRule
{
    public static int StateCount => TRule.StateCount;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Apply<TSimd, TVector>(TVector w, TVector g, ref TVector first, ref TVector second)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => rule.Apply<TSimd, TVector>(TSimd.Multiply(TSimd.Create(kept), w), g, ref first, ref second);
}
