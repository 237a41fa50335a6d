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

        if (pass.Samples == 1 && RecurrentVectors.Suit(TUnits.Value))
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

        RecurrentVectors vectors = new()
        {
            Start = ref MemoryMarshal.GetReference(pass.Biases),
            X = ref MemoryMarshal.GetReference(pass.X),
            InputWeights = ref MemoryMarshal.GetReference(pass.InputWeights),
            RecurrentWeights = ref MemoryMarshal.GetReference(pass.RecurrentWeights),
            RecurrentBiases = ref MemoryMarshal.GetReference(pass.RecurrentBiases),
            Row = row,
            Previous = ref state,
            PreviousMemory = ref Unsafe.Add(ref state, TCell.CarriesMemory ? units : 0),
            Memory = ref Unsafe.Add(ref state, TCell.CarriesMemory ? units : 0),
            State = ref next,
        };

        vectors.Compute<TCell, TSimd, TVector>(units, (nuint)TFeatures.Value, units);

        for (nuint unit = 0; unit < units; unit += (nuint)TSimd.Count)
        {
            TSimd.Store(TSimd.Load(in next, unit), ref state, unit);
        }
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
