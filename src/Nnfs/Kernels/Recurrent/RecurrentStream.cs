using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nnfs.Kernels.MatrixProducts;
using Nnfs.Simd;

namespace Nnfs.Kernels.Recurrent;

/// <summary>
/// One step of streams: sequences that go on, of which only the state is kept. One stream alone stays in registers from the biases to the new state; of several
/// the products are matrix products, so that the weights are read once for all of them. The bits are the same, and those of whole sequences.
/// </summary>
internal static class RecurrentStream
{
    /// <summary>The samples whose products are computed together.</summary>
    private const int MostSamples = 4 * KernelLimits.RowsPerTile;

    /// <summary>Takes one step.</summary>
    /// <param name="pass">The inputs [streams × features], the parameters, the states of the streams, which are updated, and the outputs.</param>
    public static void Step<TCell, TFeatures, TUnits>(scoped ref readonly RecurrentPass pass)
        where TCell : struct, IRecurrentCell
        where TFeatures : struct, IDimension
        where TUnits : struct, IDimension
    {
        Check<TCell, TFeatures, TUnits>(in pass);

        if (pass.Samples == 1)
        {
            if (Vector512.IsHardwareAccelerated && TUnits.Value % Simd512.Count == 0)
            {
                StepAlone<TCell, TFeatures, TUnits, Simd512, Vector512<float>>(in pass);

                return;
            }

            if (Vector256.IsHardwareAccelerated && TUnits.Value % Simd256.Count == 0)
            {
                StepAlone<TCell, TFeatures, TUnits, Simd256, Vector256<float>>(in pass);

                return;
            }

            if (TUnits.Value % Simd128.Count == 0)
            {
                StepAlone<TCell, TFeatures, TUnits, Simd128, Vector128<float>>(in pass);

                return;
            }
        }

        StepTogether<TCell, TFeatures, TUnits>(in pass);
    }

    private static void Check<TCell, TFeatures, TUnits>(scoped ref readonly RecurrentPass pass)
        where TCell : struct, IRecurrentCell
        where TFeatures : struct, IDimension
        where TUnits : struct, IDimension
    {
        int stride = MatrixLayout.RowStride(TCell.Gates * TUnits.Value);
        ShapeGuard.AtLeast(pass.X.Length, pass.Samples, TFeatures.Value, "x");
        ShapeGuard.AtLeast(pass.InputWeights.Length, TFeatures.Value, stride, "inputWeights");
        ShapeGuard.AtLeast(pass.RecurrentWeights.Length, TUnits.Value, stride, "recurrentWeights");
        ShapeGuard.AtLeast(pass.Biases.Length, 1, stride, "biases");
        ShapeGuard.AtLeast(pass.Y.Length, pass.Samples, TUnits.Value, "y");
        int stateSize = RecurrentForward.StateSize<TCell>(TUnits.Value);
        ShapeGuard.AtLeast(pass.StreamStates.Length, 1, pass.Samples > 1 ? ((pass.Samples - 1) * pass.StreamStride) + stateSize : stateSize, "state");

        if (TCell.SeparatesProducts)
        {
            ShapeGuard.AtLeast(pass.RecurrentBiases.Length, 1, stride, "recurrentBiases");
        }
    }

    /// <summary>One stream, a vector of units after the other: the sums of all their gates stay in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void StepAlone<TCell, TFeatures, TUnits, TSimd, TVector>(scoped ref readonly RecurrentPass pass)
        where TCell : struct, IRecurrentCell
        where TFeatures : struct, IDimension
        where TUnits : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint units = (nuint)TUnits.Value;
        nuint row = (nuint)MatrixLayout.RowStride(TCell.Gates * TUnits.Value);
        ref float state = ref MemoryMarshal.GetReference(pass.StreamStates);

        // All vectors of units take the old states, so the new ones become these at the end.
        ref float next = ref MemoryMarshal.GetReference(pass.Y);

        nuint unit = 0;

        // The sums of two vectors hide each other's latency.
        for (; unit + (2 * (nuint)TSimd.Count) <= units; unit += 2 * (nuint)TSimd.Count)
        {
            StepVectors<TCell, TFeatures, TUnits, TileSize.Two, TSimd, TVector>(in pass, row, unit, ref state, ref next);
        }

        if (unit < units)
        {
            StepVectors<TCell, TFeatures, TUnits, TileSize.One, TSimd, TVector>(in pass, row, unit, ref state, ref next);
        }

        for (unit = 0; unit < units; unit += (nuint)TSimd.Count)
        {
            TSimd.Store(TSimd.Load(in next, unit), ref state, unit);
        }
    }

    /// <summary>The new states of a vector of units, or two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StepVectors<TCell, TFeatures, TUnits, TVectors, TSimd, TVector>(
        scoped ref readonly RecurrentPass pass, nuint row, nuint unit, ref float state, ref float next)
        where TCell : struct, IRecurrentCell
        where TFeatures : struct, IDimension
        where TUnits : struct, IDimension
        where TVectors : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint units = (nuint)TUnits.Value;
        nuint second = TVectors.Value > 1 ? (nuint)TSimd.Count : 0;
        ref float biases = ref Unsafe.Add(ref MemoryMarshal.GetReference(pass.Biases), unit);
        TVector g0 = Start<TCell, TUnits, TSimd, TVector>(ref biases, 0, 0);
        TVector g1 = Start<TCell, TUnits, TSimd, TVector>(ref biases, 1, 0);
        TVector g2 = Start<TCell, TUnits, TSimd, TVector>(ref biases, 2, 0);
        TVector g3 = Start<TCell, TUnits, TSimd, TVector>(ref biases, 3, 0);
        TVector h0 = Start<TCell, TUnits, TSimd, TVector>(ref biases, 0, second);
        TVector h1 = Start<TCell, TUnits, TSimd, TVector>(ref biases, 1, second);
        TVector h2 = Start<TCell, TUnits, TSimd, TVector>(ref biases, 2, second);
        TVector h3 = Start<TCell, TUnits, TSimd, TVector>(ref biases, 3, second);
        ref float inputWeights = ref Unsafe.Add(ref MemoryMarshal.GetReference(pass.InputWeights), unit);
        AddProducts<TCell, TFeatures, TUnits, TVectors, TSimd, TVector>(
            in MemoryMarshal.GetReference(pass.X), ref inputWeights, row, ref g0, ref g1, ref g2, ref g3, ref h0, ref h1, ref h2, ref h3);

        ref float weights = ref Unsafe.Add(ref MemoryMarshal.GetReference(pass.RecurrentWeights), unit);

        if (TCell.SeparatesProducts)
        {
            ref float apart = ref Unsafe.Add(ref MemoryMarshal.GetReference(pass.RecurrentBiases), unit);
            TVector p0 = Start<TCell, TUnits, TSimd, TVector>(ref apart, 0, 0);
            TVector p1 = Start<TCell, TUnits, TSimd, TVector>(ref apart, 1, 0);
            TVector p2 = Start<TCell, TUnits, TSimd, TVector>(ref apart, 2, 0);
            TVector q0 = Start<TCell, TUnits, TSimd, TVector>(ref apart, 0, second);
            TVector q1 = Start<TCell, TUnits, TSimd, TVector>(ref apart, 1, second);
            TVector q2 = Start<TCell, TUnits, TSimd, TVector>(ref apart, 2, second);
            TVector none = default;
            AddProducts<TCell, TUnits, TUnits, TVectors, TSimd, TVector>(
                in state, ref weights, row, ref p0, ref p1, ref p2, ref none, ref q0, ref q1, ref q2, ref none);
            Finish<TCell, TUnits, TSimd, TVector>(TSimd.Add(g0, p0), TSimd.Add(g1, p1), g2, g3, p2, unit, ref state, ref next);

            if (TVectors.Value > 1)
            {
                Finish<TCell, TUnits, TSimd, TVector>(TSimd.Add(h0, q0), TSimd.Add(h1, q1), h2, h3, q2, unit + second, ref state, ref next);
            }
        }
        else
        {
            AddProducts<TCell, TUnits, TUnits, TVectors, TSimd, TVector>(
                in state, ref weights, row, ref g0, ref g1, ref g2, ref g3, ref h0, ref h1, ref h2, ref h3);
            Finish<TCell, TUnits, TSimd, TVector>(g0, g1, g2, g3, default, unit, ref state, ref next);

            if (TVectors.Value > 1)
            {
                Finish<TCell, TUnits, TSimd, TVector>(h0, h1, h2, h3, default, unit + second, ref state, ref next);
            }
        }
    }

    /// <summary>The biases of a gate of a vector of units.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Start<TCell, TUnits, TSimd, TVector>(ref float biases, int gate, nuint vector)
        where TCell : struct, IRecurrentCell
        where TUnits : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        gate < TCell.Gates ? TSimd.Load(in biases, (nuint)(gate * TUnits.Value) + vector) : default;

    /// <summary>The new states of a vector of units, of the sums of their gates.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TCell, TUnits, TSimd, TVector>(
        TVector g0, TVector g1, TVector g2, TVector g3, TVector product, nuint unit, ref float state, ref float next)
        where TCell : struct, IRecurrentCell
        where TUnits : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint units = (nuint)TUnits.Value;
        TVector memory = TCell.CarriesMemory ? TSimd.Load(in state, units + unit) : default;
        TVector previous = TCell.SeparatesProducts ? TSimd.Load(in state, unit) : default;
        TSimd.Store(TCell.Forward<TSimd, TVector>(ref g0, ref g1, ref g2, ref g3, product, previous, ref memory), ref next, unit);

        if (TCell.CarriesMemory)
        {
            TSimd.Store(memory, ref state, units + unit);
        }
    }

    /// <summary>Adds <c>Σₖ x[k] · w[k, j]</c> to the sums of the gates of a vector of units, or two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddProducts<TCell, TTerms, TUnits, TVectors, TSimd, TVector>(
        ref readonly float x,
        ref float w,
        nuint row,
        ref TVector g0,
        ref TVector g1,
        ref TVector g2,
        ref TVector g3,
        ref TVector h0,
        ref TVector h1,
        ref TVector h2,
        ref TVector h3)
        where TCell : struct, IRecurrentCell
        where TTerms : struct, IDimension
        where TUnits : struct, IDimension
        where TVectors : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint units = (nuint)TUnits.Value;
        nuint second = (nuint)TSimd.Count;
        TVector s0 = g0;
        TVector s1 = g1;
        TVector s2 = g2;
        TVector s3 = g3;
        TVector t0 = h0;
        TVector t1 = h1;
        TVector t2 = h2;
        TVector t3 = h3;

        for (nuint term = 0; term < (nuint)TTerms.Value; term++)
        {
            TVector factor = TSimd.Create(Unsafe.Add(ref Unsafe.AsRef(in x), term));
            s0 = TSimd.MultiplyAdd(factor, TSimd.Load(in w, 0), s0);
            s1 = TCell.Gates > 1 ? TSimd.MultiplyAdd(factor, TSimd.Load(in w, units), s1) : s1;
            s2 = TCell.Gates > 2 ? TSimd.MultiplyAdd(factor, TSimd.Load(in w, 2 * units), s2) : s2;
            s3 = TCell.Gates > 3 ? TSimd.MultiplyAdd(factor, TSimd.Load(in w, 3 * units), s3) : s3;

            if (TVectors.Value > 1)
            {
                t0 = TSimd.MultiplyAdd(factor, TSimd.Load(in w, second), t0);
                t1 = TCell.Gates > 1 ? TSimd.MultiplyAdd(factor, TSimd.Load(in w, units + second), t1) : t1;
                t2 = TCell.Gates > 2 ? TSimd.MultiplyAdd(factor, TSimd.Load(in w, (2 * units) + second), t2) : t2;
                t3 = TCell.Gates > 3 ? TSimd.MultiplyAdd(factor, TSimd.Load(in w, (3 * units) + second), t3) : t3;
            }

            w = ref Unsafe.Add(ref w, row);
        }

        g0 = s0;
        g1 = s1;
        g2 = s2;
        g3 = s3;
        h0 = t0;
        h1 = t1;
        h2 = t2;
        h3 = t3;
    }

    /// <summary>Several streams, or one whose units fill no vectors.</summary>
    private static void StepTogether<TCell, TFeatures, TUnits>(scoped ref readonly RecurrentPass pass)
        where TCell : struct, IRecurrentCell
        where TFeatures : struct, IDimension
        where TUnits : struct, IDimension
    {
        int units = TUnits.Value;
        int columns = TCell.Gates * units;
        int samples = Math.Min(pass.Samples, MostSamples);
        Span<float> scratch = KernelScratch.Take(2 * (int)KernelLimits.Align(samples * columns));
        Span<float> gates = KernelScratch.Split(ref scratch, samples * columns);
        Span<float> products = KernelScratch.Split(ref scratch, samples * columns);

        for (int first = 0; first < pass.Samples; first += samples)
        {
            ref float state = ref MemoryMarshal.GetReference(pass.StreamStates[(first * pass.StreamStride)..]);
            ref float next = ref MemoryMarshal.GetReference(pass.Y[(first * units)..]);
            ref float memory = ref TCell.CarriesMemory ? ref Unsafe.Add(ref state, units) : ref state;
            RecurrentStep step = new()
            {
                Gates = ref MemoryMarshal.GetReference(gates),
                GatesSample = (nuint)columns,
                Products = ref MemoryMarshal.GetReference(products),
                ProductsSample = (nuint)columns,
                Previous = ref state,
                PreviousSample = (nuint)pass.StreamStride,
                State = ref next,
                StateSample = (nuint)units,
                PreviousMemory = ref memory,
                PreviousMemorySample = (nuint)pass.StreamStride,
                Memory = ref memory,
                MemorySample = (nuint)pass.StreamStride,
                Units = (nuint)units,
                Samples = (nuint)Math.Min(samples, pass.Samples - first),
            };
            GemmMatrices matrices = new()
            {
                A = ref MemoryMarshal.GetReference(pass.X[(first * TFeatures.Value)..]),
                ARow = (nuint)TFeatures.Value,
                ATerm = 1,
                B = ref MemoryMarshal.GetReference(pass.InputWeights),
                BRow = (nuint)MatrixLayout.RowStride(columns),
                Biases = ref MemoryMarshal.GetReference(pass.Biases),
                C = ref MemoryMarshal.GetReference(gates),
                CRow = (nuint)columns,
                Terms = (nuint)TFeatures.Value,
            };

            // The new states are written when all products with the old ones are there.
            Dense.Multiply<GemmForm.Affine>(in matrices, (int)step.Samples, columns, MatrixLayout.RowStride(columns));
            RecurrentForward.MultiplyStates<TCell>(in pass, in step, columns, isFirst: false);
            RecurrentForward.Compute<TCell, Keeping.Nothing>(in step);

            for (nuint sample = 0; sample < step.Samples; sample++)
            {
                MemoryMarshal.CreateSpan(ref Unsafe.Add(ref next, sample * step.Units), units)
                    .CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref state, sample * step.PreviousSample), units));
            }
        }
    }
}
