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
    /// <param name="x">The inputs [streams × features].</param>
    /// <param name="inputWeights">[features × stride of the gates].</param>
    /// <param name="recurrentWeights">[units × stride of the gates].</param>
    /// <param name="biases">[stride of the gates].</param>
    /// <param name="recurrentBiases">[stride of the gates], where the cell takes the products with the state by themselves.</param>
    /// <param name="state">The states of the streams, and after each its memory where the cell carries one; updated.</param>
    /// <param name="stateStride">The distance between those.</param>
    /// <param name="y">The outputs [streams × units]; written.</param>
    /// <param name="samples">The number of streams.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Step<TCell, TFeatures, TUnits>(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> inputWeights,
        ReadOnlySpan<float> recurrentWeights,
        ReadOnlySpan<float> biases,
        ReadOnlySpan<float> recurrentBiases,
        Span<float> state,
        int stateStride,
        Span<float> y,
        int samples)
        where TCell : struct, IRecurrentCell
        where TFeatures : struct, IDimension
        where TUnits : struct, IDimension
    {
        int stride = MatrixLayout.RowStride(TCell.Gates * TUnits.Value);
        ShapeGuard.AtLeast(x.Length, samples, TFeatures.Value);
        ShapeGuard.AtLeast(inputWeights.Length, TFeatures.Value, stride);
        ShapeGuard.AtLeast(recurrentWeights.Length, TUnits.Value, stride);
        ShapeGuard.AtLeast(biases.Length, 1, stride);
        ShapeGuard.AtLeast(y.Length, samples, TUnits.Value);
        int stateSize = RecurrentForward.StateSize<TCell>(TUnits.Value);
        ShapeGuard.AtLeast(state.Length, 1, samples > 1 ? ((samples - 1) * stateStride) + stateSize : stateSize);

        if (TCell.SeparatesProducts)
        {
            ShapeGuard.AtLeast(recurrentBiases.Length, 1, stride);
        }

        if (samples == 1 && RecurrentVectors.Suit(TUnits.Value))
        {
            StepAlone<TCell, TFeatures, TUnits>(
                in MemoryMarshal.GetReference(x),
                in MemoryMarshal.GetReference(inputWeights),
                in MemoryMarshal.GetReference(recurrentWeights),
                in MemoryMarshal.GetReference(biases),
                in MemoryMarshal.GetReference(recurrentBiases),
                ref MemoryMarshal.GetReference(state),
                ref MemoryMarshal.GetReference(y));
        }
        else
        {
            StepTogether<TCell, TFeatures, TUnits>(x, inputWeights, recurrentWeights, biases, recurrentBiases, state, stateStride, y, samples);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StepAlone<TCell, TFeatures, TUnits>(
        ref readonly float x,
        ref readonly float inputWeights,
        ref readonly float recurrentWeights,
        ref readonly float biases,
        ref readonly float recurrentBiases,
        ref float state,
        ref float y)
        where TCell : struct, IRecurrentCell
        where TFeatures : struct, IDimension
        where TUnits : struct, IDimension
    {
        if (Vector512.IsHardwareAccelerated && TUnits.Value % Vector512<float>.Count == 0)
        {
            StepAlone<TCell, TFeatures, TUnits, Simd512, Vector512<float>>(
                in x, in inputWeights, in recurrentWeights, in biases, in recurrentBiases, ref state, ref y);
        }
        else if (Vector256.IsHardwareAccelerated && TUnits.Value % Vector256<float>.Count == 0)
        {
            StepAlone<TCell, TFeatures, TUnits, Simd256, Vector256<float>>(
                in x, in inputWeights, in recurrentWeights, in biases, in recurrentBiases, ref state, ref y);
        }
        else
        {
            StepAlone<TCell, TFeatures, TUnits, Simd128, Vector128<float>>(
                in x, in inputWeights, in recurrentWeights, in biases, in recurrentBiases, ref state, ref y);
        }
    }

    /// <summary>One stream, in vectors of units: the sums of all their gates stay in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StepAlone<TCell, TFeatures, TUnits, TSimd, TVector>(
        ref readonly float x,
        ref readonly float inputWeights,
        ref readonly float recurrentWeights,
        ref readonly float biases,
        ref readonly float recurrentBiases,
        ref float state,
        ref float y)
        where TCell : struct, IRecurrentCell
        where TFeatures : struct, IDimension
        where TUnits : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        int units = TUnits.Value;
        int pairs = units / (2 * TSimd.Count) * (2 * TSimd.Count);

        // Two methods, because the compiler inlines only so many calls into one.
        if (pairs != 0)
        {
            StepTiles<TCell, TFeatures, TUnits, TileSize.Two, TSimd, TVector>(
                in x, in inputWeights, in recurrentWeights, in biases, in recurrentBiases, ref state, ref y);
        }

        if (pairs != units)
        {
            StepTiles<TCell, TFeatures, TUnits, TileSize.One, TSimd, TVector>(
                in x, in inputWeights, in recurrentWeights, in biases, in recurrentBiases, ref state, ref y);
        }

        if (units > 2 * TSimd.Count)
        {
            MemoryMarshal.CreateReadOnlySpan(ref y, units).CopyTo(MemoryMarshal.CreateSpan(ref state, units));
        }
    }

    /// <summary>The units that are taken in two vectors at a time, or the vector that is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void StepTiles<TCell, TFeatures, TUnits, TVectors, TSimd, TVector>(
        ref readonly float x,
        ref readonly float inputWeights,
        ref readonly float recurrentWeights,
        ref readonly float biases,
        ref readonly float recurrentBiases,
        ref float state,
        ref float y)
        where TCell : struct, IRecurrentCell
        where TFeatures : struct, IDimension
        where TUnits : struct, IDimension
        where TVectors : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        int units = TUnits.Value;
        int pairs = units / (2 * TSimd.Count) * (2 * TSimd.Count);
        int step = TVectors.Value * TSimd.Count;
        int unit = TVectors.Value > 1 ? 0 : pairs;
        int end = TVectors.Value > 1 ? pairs : units;
        RecurrentVectors vectors = new()
        {
            Start = ref biases,
            X = ref x,
            InputWeights = ref inputWeights,
            RecurrentWeights = ref recurrentWeights,
            RecurrentBiases = ref recurrentBiases,
            Row = (nuint)MatrixLayout.RowStride(TCell.Gates * units),
            Previous = ref state,
            PreviousMemory = ref Unsafe.Add(ref state, TCell.CarriesMemory ? units : 0),
            Memory = ref Unsafe.Add(ref state, TCell.CarriesMemory ? units : 0),
            State = ref y,

            // Other vectors of units take the old states still.
            Next = ref units > step ? ref y : ref state,
        };

        for (; unit < end; unit += step)
        {
            vectors.Compute<TCell, TVectors, TSimd, TVector>((nuint)units, (nuint)TFeatures.Value, (nuint)units, (nuint)unit);
        }
    }

    /// <summary>Several streams, or one whose units fill no vectors.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StepTogether<TCell, TFeatures, TUnits>(
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> inputWeights,
        ReadOnlySpan<float> recurrentWeights,
        ReadOnlySpan<float> biases,
        ReadOnlySpan<float> recurrentBiases,
        Span<float> states,
        int stateStride,
        Span<float> y,
        int samples)
        where TCell : struct, IRecurrentCell
        where TFeatures : struct, IDimension
        where TUnits : struct, IDimension
    {
        int units = TUnits.Value;
        int columns = TCell.Gates * units;
        int group = Math.Min(samples, MostSamples);
        Span<float> scratch = KernelScratch.Take(2 * (int)KernelLimits.Align(group * columns));
        Span<float> gates = KernelScratch.Split(ref scratch, group * columns);
        Span<float> products = KernelScratch.Split(ref scratch, group * columns);
        RecurrentPass pass = new() { RecurrentWeights = recurrentWeights, RecurrentBiases = recurrentBiases };

        for (int first = 0; first < samples; first += group)
        {
            ref float state = ref MemoryMarshal.GetReference(states[(first * stateStride)..]);
            ref float next = ref MemoryMarshal.GetReference(y[(first * units)..]);
            ref float memory = ref TCell.CarriesMemory ? ref Unsafe.Add(ref state, units) : ref state;
            RecurrentStep step = new()
            {
                Gates = ref MemoryMarshal.GetReference(gates),
                GatesSample = (nuint)columns,
                Products = ref MemoryMarshal.GetReference(products),
                ProductsSample = (nuint)columns,
                Previous = ref state,
                PreviousSample = (nuint)stateStride,
                State = ref next,
                StateSample = (nuint)units,
                PreviousMemory = ref memory,
                PreviousMemorySample = (nuint)stateStride,
                Memory = ref memory,
                MemorySample = (nuint)stateStride,
                Units = (nuint)units,
                Samples = (nuint)Math.Min(group, samples - first),
            };
            GemmMatrices matrices = new()
            {
                A = ref MemoryMarshal.GetReference(x[(first * TFeatures.Value)..]),
                ARow = (nuint)TFeatures.Value,
                ATerm = 1,
                B = ref MemoryMarshal.GetReference(inputWeights),
                BRow = (nuint)MatrixLayout.RowStride(columns),
                Biases = ref MemoryMarshal.GetReference(biases),
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
