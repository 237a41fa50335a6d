using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nnfs.Simd;

namespace Nnfs.Optimizers;

/// <summary>Runs an update rule over a block in one pass: each parameter, gradient and remembered number is read once and written once.</summary>
internal static class FusedUpdate
{
    /// <summary>Effectively computes <c>parameters[i] = rule.Apply(parameters[i], gradients[i], ref first[i], ref second[i])</c> for every <c>i</c>.</summary>
    /// <param name="rule">The rule, with the constants of this step.</param>
    /// <param name="parameters">The parameters, changed in place.</param>
    /// <param name="gradients">As many gradients.</param>
    /// <param name="first">As many numbers, if the rule remembers one.</param>
    /// <param name="second">As many numbers, if the rule remembers two.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TRule>(
        TRule rule,
        Span<float> parameters,
        ReadOnlySpan<float> gradients,
        Span<float> first = default,
        Span<float> second = default)
        where TRule : struct, IUpdateRule
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(gradients.Length, parameters.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(first.Length, TRule.StateCount >= 1 ? parameters.Length : 0);
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Length, TRule.StateCount >= 2 ? parameters.Length : 0);

        ref float w = ref MemoryMarshal.GetReference(parameters);
        ref readonly float g = ref MemoryMarshal.GetReference(gradients);
        ref float s1 = ref MemoryMarshal.GetReference(first);
        ref float s2 = ref MemoryMarshal.GetReference(second);
        nuint length = (nuint)parameters.Length;
        nuint done = 0;

        // The widest vectors first; single floats take what they leave over, which is nothing of a network.
        if (Vector512.IsHardwareAccelerated)
        {
            done = Sweep<TRule, Simd512, Vector512<float>>(rule, ref w, in g, ref s1, ref s2, done, length);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            done = Sweep<TRule, Simd256, Vector256<float>>(rule, ref w, in g, ref s1, ref s2, done, length);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            done = Sweep<TRule, Simd128, Vector128<float>>(rule, ref w, in g, ref s1, ref s2, done, length);
        }

        Sweep<TRule, SimdScalar, float>(rule, ref w, in g, ref s1, ref s2, done, length);
    }

    /// <summary>Updates whole vectors from <paramref name="start"/> on; returns where the first that is no longer whole begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint Sweep<TRule, TSimd, TVector>(
        TRule rule,
        ref float parameters,
        ref readonly float gradients,
        ref float firstState,
        ref float secondState,
        nuint start,
        nuint length)
        where TRule : struct, IUpdateRule
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint count = (nuint)TSimd.Count;
        nuint i = start;

        for (; i + count <= length; i += count)
        {
            TVector w = TSimd.Load(in parameters, i);
            TVector g = TSimd.Load(in gradients, i);
            TVector first = TRule.StateCount >= 1 ? TSimd.Load(in firstState, i) : default;
            TVector second = TRule.StateCount >= 2 ? TSimd.Load(in secondState, i) : default;

            TSimd.Store(rule.Apply<TSimd, TVector>(w, g, ref first, ref second), ref parameters, i);

            if (TRule.StateCount >= 1)
            {
                TSimd.Store(first, ref firstState, i);
            }

            if (TRule.StateCount >= 2)
            {
                TSimd.Store(second, ref secondState, i);
            }
        }

        return i;
    }
}
