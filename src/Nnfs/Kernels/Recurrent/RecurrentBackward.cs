using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nnfs.Kernels.MatrixProducts;
using Nnfs.Simd;

namespace Nnfs.Kernels.Recurrent;

/// <summary>
/// The way back of recurrent layers, from the step taken last to the first: the gradient of a state is that of the outputs and the product of the later step's
/// gradients with the transposed weights, and the cell makes the gradients of the gates' products of it.
/// </summary>
internal static class RecurrentBackward
{
    /// <summary>The samples that go from step to step together.</summary>
    private const int MostSamples = 4 * KernelLimits.RowsPerTile;

    /// <summary>Runs the way back.</summary>
    /// <typeparam name="TCell">The cell.</typeparam>
    public static void Run<TCell>(scoped ref readonly RecurrentPassBack pass)
        where TCell : struct, IRecurrentCell
    {
        Check<TCell>(in pass);
        int samples = Math.Min(pass.Samples, MostSamples);
        int units = pass.Units;

        Span<float> scratch = KernelScratch.Take((int)(KernelLimits.Align(units) + (2 * KernelLimits.Align(samples * units))));
        Span<float> zeros = KernelScratch.Split(ref scratch, units);
        Span<float> stateGradients = KernelScratch.Split(ref scratch, samples * units);
        Span<float> carried = KernelScratch.Split(ref scratch, samples * units);
        zeros.Clear();

        for (int first = 0; first < pass.Samples; first += samples)
        {
            Walk<TCell>(in pass, zeros, stateGradients, carried, first, Math.Min(samples, pass.Samples - first));
        }
    }

    private static void Check<TCell>(scoped ref readonly RecurrentPassBack pass)
        where TCell : struct, IRecurrentCell
    {
        int columns = TCell.Gates * pass.Units;
        int rows = pass.Samples * pass.Steps.Count;
        int outputs = pass.Samples * pass.Steps.OutputRows;
        int rowSize = pass.Steps.RowSize(pass.Units);

        ShapeGuard.AtLeast(pass.Transposed.Length, columns, MatrixLayout.RowStride(pass.Units), "transposed");
        ShapeGuard.AtLeast(pass.Gates.Length, rows, columns, TCell.GatesName);
        ShapeGuard.AtLeast(pass.Memory.Length, TCell.HasMemory ? rows : 0, pass.Units, TCell.MemoryName);
        ShapeGuard.AtLeast(pass.States.Length, rows, pass.Steps.ReturnsSequences ? rowSize : pass.Units, "states");
        ShapeGuard.AtLeast(pass.Dy.Length, outputs, rowSize, "dy");
        ShapeGuard.AtLeast(pass.GateGradients.Length, rows, columns, "dz");
        ShapeGuard.AtLeast(pass.ProductGradients.Length, TCell.SeparatesProducts ? rows : 0, pass.Units, "dq");
        ShapeGuard.AtLeast(pass.Initial.Length, pass.Initial.IsEmpty ? 0 : pass.Samples, RecurrentForward.StateSize<TCell>(pass.Units), "initial");
    }

    /// <summary>Takes some samples back through all steps.</summary>
    private static void Walk<TCell>(
        scoped ref readonly RecurrentPassBack pass,
        ReadOnlySpan<float> zeros,
        Span<float> stateGradients,
        Span<float> carried,
        int first,
        int samples)
        where TCell : struct, IRecurrentCell
    {
        RecurrentSteps steps = pass.Steps;
        int units = pass.Units;
        int columns = TCell.Gates * units;
        int firstRow = first * steps.Count;
        int stateRow = steps.ReturnsSequences ? steps.RowSize(units) : units;
        int stateStart = steps.ReturnsSequences ? steps.RowStart(units) : 0;
        ref float states = ref Unsafe.Add(ref MemoryMarshal.GetReference(pass.States), (firstRow * stateRow) + stateStart);

        // Where the first step begins.
        bool isStateful = !pass.Initial.IsEmpty;
        int initialSize = isStateful ? RecurrentForward.StateSize<TCell>(units) : 0;
        ref float initial = ref MemoryMarshal.GetReference(isStateful ? pass.Initial[(first * initialSize)..] : zeros);

        RecurrentStepBack current = new()
        {
            GatesSample = (nuint)(steps.Count * columns),
            StateSample = (nuint)(steps.Count * stateRow),
            MemorySample = (nuint)(steps.Count * units),
            StateGradients = ref MemoryMarshal.GetReference(stateGradients),
            Carried = ref MemoryMarshal.GetReference(carried),
            Units = (nuint)units,
            Samples = (nuint)samples,
        };

        for (int taken = steps.Count - 1; taken >= 0; taken--)
        {
            int at = steps.At(taken);
            int row = firstRow + at;
            int before = taken == 0 ? 0 : steps.At(taken - 1) - at;
            current.Gates = ref Unsafe.Add(ref MemoryMarshal.GetReference(pass.Gates), row * columns);
            current.GateGradients = ref Unsafe.Add(ref MemoryMarshal.GetReference(pass.GateGradients), row * columns);
            current.State = ref Unsafe.Add(ref states, at * stateRow);
            current.Previous = ref taken == 0 ? ref initial : ref Unsafe.Add(ref states, (at + before) * stateRow);
            current.PreviousSample = taken == 0 ? (nuint)initialSize : current.StateSample;

            if (TCell.HasMemory)
            {
                ref float memory = ref Unsafe.Add(ref MemoryMarshal.GetReference(pass.Memory), row * units);
                current.Memory = ref memory;
                current.PreviousMemory = ref taken == 0
                    ? ref Unsafe.Add(ref initial, isStateful ? initialSize - units : 0)
                    : ref Unsafe.Add(ref memory, before * units);
                current.PreviousMemorySample = taken == 0 ? (nuint)initialSize : current.MemorySample;
            }

            if (TCell.SeparatesProducts)
            {
                current.ProductGradients = ref Unsafe.Add(ref MemoryMarshal.GetReference(pass.ProductGradients), row * units);
            }

            bool isLast = taken == steps.Count - 1 || steps.IsCutBefore(taken + 1);
            StartGradients<TCell>(in pass, stateGradients, carried, first, samples, at, isLast, hasOutput: steps.ReturnsSequences || taken == steps.Count - 1);

            if (!isLast)
            {
                int later = steps.At(taken + 1) - at;
                AddProducts<TCell>(in pass, in current, columns, later);
            }

            Compute<TCell>(in current);
        }
    }

    /// <summary>The gradients of the states start at those of the outputs; nothing is carried back from a step that does not reach so far.</summary>
    private static void StartGradients<TCell>(
        scoped ref readonly RecurrentPassBack pass,
        Span<float> stateGradients,
        Span<float> carried,
        int first,
        int samples,
        int at,
        bool isLast,
        bool hasOutput)
        where TCell : struct, IRecurrentCell
    {
        int units = pass.Units;
        int rowSize = pass.Steps.RowSize(units);
        int rows = pass.Steps.OutputRows;
        int row = (first * rows) + (pass.Steps.ReturnsSequences ? at : 0);

        if (isLast)
        {
            carried[..(samples * units)].Clear();
        }

        for (int sample = 0; sample < samples; sample++)
        {
            Span<float> gradients = stateGradients.Slice(sample * units, units);

            if (hasOutput)
            {
                pass.Dy.Slice(((row + (sample * rows)) * rowSize) + pass.Steps.RowStart(units), units).CopyTo(gradients);
            }
            else
            {
                gradients.Clear();
            }
        }
    }

    /// <summary>Adds the products of the later step's gradients with the transposed weights.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="step">The step.</param>
    /// <param name="columns">The gates of all units.</param>
    /// <param name="later">The distance from the step to the one taken after it.</param>
    private static void AddProducts<TCell>(scoped ref readonly RecurrentPassBack pass, scoped ref readonly RecurrentStepBack step, int columns, int later)
        where TCell : struct, IRecurrentCell
    {
        int units = pass.Units;
        int stride = MatrixLayout.RowStride(units);
        int joined = TCell.SeparatesProducts ? columns - units : columns;
        GemmMatrices matrices = new()
        {
            A = ref Unsafe.Add(ref step.GateGradients, later * columns),
            ARow = step.GatesSample,
            ATerm = 1,
            B = ref MemoryMarshal.GetReference(pass.Transposed),
            BRow = (nuint)stride,
            C = ref step.StateGradients,
            CRow = (nuint)units,
            Terms = (nuint)joined,
        };
        Dense.Multiply<GemmForm.Sum>(in matrices, (int)step.Samples, units, stride);

        if (TCell.SeparatesProducts)
        {
            matrices.A = ref Unsafe.Add(ref step.ProductGradients, later * units);
            matrices.ARow = step.MemorySample;
            matrices.B = ref Unsafe.Add(ref MemoryMarshal.GetReference(pass.Transposed), joined * stride);
            matrices.Terms = (nuint)units;
            Dense.Multiply<GemmForm.Sum>(in matrices, (int)step.Samples, units, stride);
        }
    }

    /// <summary>The gradients of the products of all units, in vectors as wide as there are units left for.</summary>
    private static void Compute<TCell>(scoped ref readonly RecurrentStepBack step)
        where TCell : struct, IRecurrentCell
    {
        nuint unit = 0;

        if (Vector512.IsHardwareAccelerated)
        {
            unit = Compute<TCell, Simd512, Vector512<float>>(in step, unit);
        }

        if (Vector256.IsHardwareAccelerated)
        {
            unit = Compute<TCell, Simd256, Vector256<float>>(in step, unit);
        }

        unit = Compute<TCell, Simd128, Vector128<float>>(in step, unit);
        Compute<TCell, SimdScalar, float>(in step, unit);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static nuint Compute<TCell, TSimd, TVector>(scoped ref readonly RecurrentStepBack step, nuint unit)
        where TCell : struct, IRecurrentCell
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint end = unit + ((step.Units - unit) / (nuint)TSimd.Count * (nuint)TSimd.Count);

        for (nuint sample = 0; sample < step.Samples; sample++)
        {
            for (nuint i = unit; i < end; i += (nuint)TSimd.Count)
            {
                TCell.Backward<TSimd, TVector>(in step, sample, i);
            }
        }

        return end;
    }
}
