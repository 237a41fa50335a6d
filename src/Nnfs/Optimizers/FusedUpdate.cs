using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nnfs.Simd;

namespace Nnfs.Optimizers;

/// <summary>Runs an update rule over a block in one pass: each parameter, gradient and remembered number is read once and written once.</summary>
internal static class FusedUpdate
{
    /// <summary>
    /// Effectively computes <c>parameters[i] = rule.Apply(parameters[i], gradients[i], ref first[i], ref second[i])</c> for every <c>i</c>, on all threads of a
    /// team where that is quicker.
    /// </summary>
    /// <param name="team">The threads; <see langword="null"/> where there is only the one that calls.</param>
    /// <param name="rule">The rule, with the constants of this step.</param>
    /// <param name="parameters">The parameters, changed in place.</param>
    /// <param name="gradients">As many gradients.</param>
    /// <param name="first">As many numbers, if the rule remembers one.</param>
    /// <param name="second">As many numbers, if the rule remembers two.</param>
    public static unsafe void Run<TRule>(
        ThreadTeam? team,
        TRule rule,
        Span<float> parameters,
        ReadOnlySpan<float> gradients,
        Span<float> first = default,
        Span<float> second = default)
        where TRule : unmanaged, IUpdateRule
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(gradients.Length, parameters.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(first.Length, TRule.StateCount >= 1 ? parameters.Length : 0);
        ArgumentOutOfRangeException.ThrowIfNotEqual(second.Length, TRule.StateCount >= 2 ? parameters.Length : 0);

        // The blocks stay where they are until every thread has done its part.
        fixed (float* w = parameters, g = gradients, s1 = first, s2 = second)
        {
            Blocks<TRule> blocks = new(rule, w, g, s1, s2);
            long work = KernelLimits.FlopsPerMove * (2 + TRule.StateCount) * parameters.Length;

            ThreadTeam.Run(team, parameters.Length, KernelLimits.FloatsPerLine, work, &RunPart<TRule>, &blocks);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void RunPart<TRule>(ThreadTeam? team, void* operands, int start, int count)
        where TRule : unmanaged, IUpdateRule
    {
        ref readonly Blocks<TRule> blocks = ref *(Blocks<TRule>*)operands;
        TRule rule = blocks.Rule;
        ref float w = ref *blocks.Parameters;
        ref readonly float g = ref *blocks.Gradients;
        ref float s1 = ref *blocks.First;
        ref float s2 = ref *blocks.Second;
        nuint done = (nuint)start;
        nuint end = (nuint)start + (nuint)count;

        // The widest vectors first.
        if (Vector512.IsHardwareAccelerated)
        {
            done = Sweep<TRule, Simd512, Vector512<float>>(rule, ref w, in g, ref s1, ref s2, done, end);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            done = Sweep<TRule, Simd256, Vector256<float>>(rule, ref w, in g, ref s1, ref s2, done, end);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            done = Sweep<TRule, Simd128, Vector128<float>>(rule, ref w, in g, ref s1, ref s2, done, end);
        }

        // What they leave over is nothing of a network, whose updates need not wait until this is compiled.
        if (done < end)
        {
            UpdateRest(rule, ref w, in g, ref s1, ref s2, done, end);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void UpdateRest<TRule>(
        TRule rule, ref float parameters, ref readonly float gradients, ref float firstState, ref float secondState, nuint start, nuint end)
        where TRule : unmanaged, IUpdateRule =>
        Sweep<TRule, SimdScalar, float>(rule, ref parameters, in gradients, ref firstState, ref secondState, start, end);

    /// <summary>Updates whole vectors from <paramref name="start"/> on; returns where the first that is no longer whole begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint Sweep<TRule, TSimd, TVector>(
        TRule rule,
        ref float parameters,
        ref readonly float gradients,
        ref float firstState,
        ref float secondState,
        nuint start,
        nuint end)
        where TRule : struct, IUpdateRule
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint count = (nuint)TSimd.Count;
        nuint i = start;

        for (; i + count <= end; i += count)
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

    /// <summary>What a step works on.</summary>
    private readonly unsafe struct Blocks<TRule>(TRule rule, float* parameters, float* gradients, float* first, float* second)
        where TRule : unmanaged, IUpdateRule
    {
        public readonly TRule Rule = rule;
        public readonly float* Parameters = parameters;
        public readonly float* Gradients = gradients;
        public readonly float* First = first;
        public readonly float* Second = second;
    }
}
