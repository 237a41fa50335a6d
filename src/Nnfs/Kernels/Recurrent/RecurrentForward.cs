using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nnfs.Kernels.MatrixProducts;
using Nnfs.Simd;

namespace Nnfs.Kernels.Recurrent;

/// <summary>
/// The way forward of recurrent layers. The products of all gates with the inputs of all steps, or of as many as stay in the cache, come first, as one matrix
/// product. Then a group of samples goes from step to step: the products of all gates with the states before are one matrix product as well, and the cell makes
/// the new states of the sums while they are in the nearest cache.
/// </summary>
/// <remarks>Every sum is the same chain of multiply-adds whatever tile it falls into: its bits depend neither on other samples nor on threads.</remarks>
internal static class RecurrentForward
{
    /// <summary>The samples that go from step to step together.</summary>
    private const int MostSamples = 4 * KernelLimits.RowsPerTile;

    /// <summary>About the most products with inputs that a prediction computes ahead: half of a small level-2 cache.</summary>
    private const int MostProducts = 32 * 1024;

    /// <summary>Runs the way forward.</summary>
    /// <typeparam name="TCell">The cell.</typeparam>
    /// <typeparam name="TKeeping">Whether everything is kept for the way back.</typeparam>
    public static void Run<TCell, TKeeping>(scoped ref readonly RecurrentPass pass)
        where TCell : struct, IRecurrentCell
        where TKeeping : struct, IKeeping
    {
        Check<TCell, TKeeping>(in pass);
        int units = pass.Units;
        int columns = TCell.Gates * units;
        int samples = Math.Min(pass.Samples, MostSamples);
        int ahead = TKeeping.IsKept ? pass.Steps.Count : Math.Clamp(MostProducts / Math.Max(1, samples * columns), 1, pass.Steps.Count);

        int gates = TKeeping.IsKept ? 0 : samples * ahead * columns;
        int products = TCell.SeparatesProducts ? samples * columns : 0;

        // Where nobody keeps the states, they lie in two rows by turns.
        int states = pass.Steps.ReturnsSequences || TKeeping.IsKept ? 0 : 2 * samples * units;
        int memory = TKeeping.IsKept || !TCell.CarriesMemory ? 0 : samples * units;

        long length = KernelLimits.Align(units)
            + KernelLimits.Align(gates)
            + KernelLimits.Align(products)
            + KernelLimits.Align(states)
            + KernelLimits.Align(memory);

        Span<float> scratch = KernelScratch.Take((int)length);
        RecurrentRoom room = new()
        {
            Zeros = KernelScratch.Split(ref scratch, units),
            Gates = KernelScratch.Split(ref scratch, gates),
            Products = KernelScratch.Split(ref scratch, products),
            States = KernelScratch.Split(ref scratch, states),
            Memory = KernelScratch.Split(ref scratch, memory),
        };
        room.Zeros.Clear();

        if (!pass.Carried.IsEmpty)
        {
            pass.Carried[..(pass.Samples * StateSize<TCell>(units))].CopyTo(pass.Initial);
        }

        for (int first = 0; first < pass.Samples; first += samples)
        {
            int taken = Math.Min(samples, pass.Samples - first);

            for (int step = 0; step < pass.Steps.Count; step += ahead)
            {
                int count = Math.Min(ahead, pass.Steps.Count - step);

                if (TKeeping.IsKept)
                {
                    room.Gates = pass.Gates[(first * pass.Steps.Count * columns)..];
                }

                MultiplyInputs(in pass, columns, room.Gates, first, taken, step, count);
                Walk<TCell, TKeeping>(in pass, in room, first, taken, step, count);
            }
        }
    }

    private static void Check<TCell, TKeeping>(scoped ref readonly RecurrentPass pass)
        where TCell : struct, IRecurrentCell
        where TKeeping : struct, IKeeping
    {
        int columns = TCell.Gates * pass.Units;
        int stride = MatrixLayout.RowStride(columns);
        int rows = pass.Samples * pass.Steps.Count;

        ShapeGuard.AtLeast(pass.X.Length, rows, pass.Features, "x");
        ShapeGuard.AtLeast(pass.InputWeights.Length, pass.Features, stride, "inputWeights");
        ShapeGuard.AtLeast(pass.RecurrentWeights.Length, pass.Units, stride, "recurrentWeights");
        ShapeGuard.AtLeast(pass.Biases.Length, 1, stride, "biases");
        ShapeGuard.AtLeast(pass.Y.Length, pass.Samples * pass.Steps.OutputRows, pass.Steps.RowSize(pass.Units), "y");

        if (TCell.SeparatesProducts)
        {
            ShapeGuard.AtLeast(pass.RecurrentBiases.Length, 1, stride, "recurrentBiases");
        }

        if (TKeeping.IsKept)
        {
            ShapeGuard.AtLeast(pass.Gates.Length, rows, columns, TCell.GatesName);
            ShapeGuard.AtLeast(pass.Memory.Length, TCell.HasMemory ? rows : 0, pass.Units, TCell.MemoryName);
            ShapeGuard.AtLeast(pass.States.Length, pass.Steps.ReturnsSequences ? 0 : rows, pass.Units, "states");
        }

        if (!pass.Carried.IsEmpty)
        {
            ShapeGuard.AtLeast(pass.Carried.Length, pass.Samples, StateSize<TCell>(pass.Units), "carried");
            ShapeGuard.AtLeast(pass.Initial.Length, pass.Samples, StateSize<TCell>(pass.Units), "initial");
        }
    }

    /// <summary>The floats that go on from step to step.</summary>
    public static int StateSize<TCell>(int units)
        where TCell : struct, IRecurrentCell =>
        TCell.CarriesMemory ? 2 * units : units;

    /// <summary>The products of some samples with the inputs of some steps, into rows of gates: as many steps of a sample, then those of the next.</summary>
    private static void MultiplyInputs(scoped ref readonly RecurrentPass pass, int columns, Span<float> gates, int first, int samples, int step, int count)
    {
        int features = pass.Features;
        int sampleSize = pass.Steps.Count * features;
        int firstStep = FirstOf(pass.Steps, step, count);
        int stride = MatrixLayout.RowStride(columns);
        GemmMatrices matrices = new()
        {
            A = ref Unsafe.Add(ref MemoryMarshal.GetReference(pass.X), (first * sampleSize) + (firstStep * features)),
            ARow = (nuint)features,
            ATerm = 1,
            B = ref MemoryMarshal.GetReference(pass.InputWeights),
            BRow = (nuint)stride,
            Biases = ref MemoryMarshal.GetReference(pass.Biases),
            C = ref MemoryMarshal.GetReference(gates),
            CRow = (nuint)columns,
            Terms = (nuint)features,
        };

        if (count == pass.Steps.Count)
        {
            Dense.Multiply<GemmForm.Affine>(in matrices, samples * count, columns, stride);

            return;
        }

        // The longer run of rows is one product: the steps of a sample, or the samples at a step.
        bool isOfSample = count >= samples;
        matrices.ARow = (nuint)(isOfSample ? features : sampleSize);
        matrices.CRow = (nuint)(isOfSample ? columns : count * columns);

        for (int i = 0; i < (isOfSample ? samples : count); i++)
        {
            Dense.Multiply<GemmForm.Affine>(in matrices, isOfSample ? count : samples, columns, stride);
            matrices.A = ref Unsafe.Add(ref Unsafe.AsRef(in matrices.A), isOfSample ? sampleSize : features);
            matrices.C = ref Unsafe.Add(ref matrices.C, isOfSample ? count * columns : columns);
        }
    }

    /// <summary>The first of some steps in the order of the sequence, in whichever order they are taken.</summary>
    private static int FirstOf(RecurrentSteps steps, int step, int count) => steps.IsReversed ? steps.At(step + count - 1) : step;

    /// <summary>Takes some samples through some steps.</summary>
    private static void Walk<TCell, TKeeping>(
        scoped ref readonly RecurrentPass pass, scoped ref readonly RecurrentRoom room, int first, int samples, int step, int count)
        where TCell : struct, IRecurrentCell
        where TKeeping : struct, IKeeping
    {
        RecurrentSteps steps = pass.Steps;
        int units = pass.Units;
        int columns = TCell.Gates * units;
        int rowSize = steps.RowSize(units);
        int firstStep = FirstOf(steps, step, count);
        RecurrentStep current = new()
        {
            GatesSample = (nuint)(count * columns),
            Products = ref MemoryMarshal.GetReference(room.Products),
            ProductsSample = (nuint)columns,
            Memory = ref MemoryMarshal.GetReference(room.Memory),
            MemorySample = (nuint)units,
            Units = (nuint)units,
            Samples = (nuint)samples,
        };

        int stateSize = StateSize<TCell>(units);
        bool isStateful = !pass.Initial.IsEmpty;

        // A row for each step, or one for even steps and one for odd ones.
        ref float states = ref MemoryMarshal.GetReference(room.States);
        int stateRow = units;
        bool isInTurns = !TKeeping.IsKept && !steps.ReturnsSequences;

        if (steps.ReturnsSequences)
        {
            states = ref Unsafe.Add(ref MemoryMarshal.GetReference(pass.Y), (first * steps.Count * rowSize) + steps.RowStart(units));
            stateRow = rowSize;
        }
        else if (TKeeping.IsKept)
        {
            states = ref Unsafe.Add(ref MemoryMarshal.GetReference(pass.States), first * steps.Count * units);
        }

        current.StateSample = (nuint)((isInTurns ? 2 : steps.Count) * stateRow);

        for (int taken = step; taken < step + count; taken++)
        {
            int at = steps.At(taken);
            int before = taken == 0 ? at : steps.At(taken - 1);
            current.Gates = ref Unsafe.Add(ref MemoryMarshal.GetReference(room.Gates), (at - firstStep) * columns);
            current.State = ref Unsafe.Add(ref states, (isInTurns ? at & 1 : at) * stateRow);

            if (TKeeping.IsKept && TCell.HasMemory)
            {
                current.Memory = ref Unsafe.Add(ref MemoryMarshal.GetReference(pass.Memory), ((first * steps.Count) + at) * units);
                current.MemorySample = (nuint)(steps.Count * units);
            }

            if (taken == 0 && isStateful)
            {
                current.Previous = ref MemoryMarshal.GetReference(pass.Initial[(first * stateSize)..]);
                current.PreviousMemory = ref Unsafe.Add(ref Unsafe.AsRef(in current.Previous), stateSize - units);
                current.PreviousSample = (nuint)stateSize;
                current.PreviousMemorySample = (nuint)stateSize;
            }
            else if (taken == 0)
            {
                current.Previous = ref MemoryMarshal.GetReference(room.Zeros);
                current.PreviousMemory = ref MemoryMarshal.GetReference(room.Zeros);
                current.PreviousSample = 0;
                current.PreviousMemorySample = 0;
            }
            else
            {
                current.Previous = ref Unsafe.Add(ref states, (isInTurns ? before & 1 : before) * stateRow);
                current.PreviousMemory = ref Unsafe.Add(ref current.Memory, TKeeping.IsKept && TCell.HasMemory ? (before - at) * units : 0);
                current.PreviousSample = current.StateSample;
                current.PreviousMemorySample = current.MemorySample;
            }

            bool isFirst = taken == 0 && !isStateful;

            if (!TKeeping.IsKept && samples == 1 && RecurrentVectors.Suit(units))
            {
                ComputeAlone<TCell>(in pass, in current, columns, isFirst);
            }
            else
            {
                MultiplyStates<TCell>(in pass, in current, columns, isFirst);
                Compute<TCell, TKeeping>(in current);
            }
        }

        for (int sample = 0; sample < samples && step + count == steps.Count; sample++)
        {
            ReadOnlySpan<float> last = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref current.State, (nuint)sample * current.StateSample), units);

            if (!steps.ReturnsSequences)
            {
                last.CopyTo(pass.Y.Slice(((first + sample) * rowSize) + steps.RowStart(units), units));
            }

            if (isStateful)
            {
                Span<float> carried = pass.Carried.Slice((first + sample) * stateSize, stateSize);
                last.CopyTo(carried);

                if (TCell.CarriesMemory)
                {
                    MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref current.Memory, (nuint)sample * current.MemorySample), units).CopyTo(carried[units..]);
                }
            }
        }
    }

    /// <summary>The products of all gates with the states before the step, added to those with the inputs or by themselves.</summary>
    public static void MultiplyStates<TCell>(scoped ref readonly RecurrentPass pass, scoped ref readonly RecurrentStep step, int columns, bool isFirst)
        where TCell : struct, IRecurrentCell
    {
        int stride = MatrixLayout.RowStride(columns);
        GemmMatrices matrices = new()
        {
            A = ref step.Previous,
            ARow = step.PreviousSample,
            ATerm = 1,
            B = ref MemoryMarshal.GetReference(pass.RecurrentWeights),
            BRow = (nuint)stride,
            Biases = ref MemoryMarshal.GetReference(pass.RecurrentBiases),
            C = ref TCell.SeparatesProducts ? ref step.Products : ref step.Gates,
            CRow = TCell.SeparatesProducts ? step.ProductsSample : step.GatesSample,
            Terms = isFirst ? 0 : step.Units,
        };

        if (TCell.SeparatesProducts)
        {
            Dense.Multiply<GemmForm.Affine>(in matrices, (int)step.Samples, columns, stride);
        }
        else if (!isFirst)
        {
            Dense.Multiply<GemmForm.Sum>(in matrices, (int)step.Samples, columns, stride);
        }
    }

    /// <summary>The products of one sample with the state before the step, and the new state, in vectors that the units fill.</summary>
    private static void ComputeAlone<TCell>(scoped ref readonly RecurrentPass pass, scoped ref readonly RecurrentStep step, int columns, bool isFirst)
        where TCell : struct, IRecurrentCell
    {
        RecurrentVectors vectors = new()
        {
            Start = ref step.Gates,
            X = ref step.Gates,
            InputWeights = ref MemoryMarshal.GetReference(pass.InputWeights),
            RecurrentWeights = ref MemoryMarshal.GetReference(pass.RecurrentWeights),
            RecurrentBiases = ref MemoryMarshal.GetReference(pass.RecurrentBiases),
            Row = (nuint)MatrixLayout.RowStride(columns),
            Previous = ref step.Previous,
            PreviousMemory = ref step.PreviousMemory,
            State = ref step.State,
            Next = ref step.State,
            Memory = ref step.Memory,
        };

        if (Vector512.IsHardwareAccelerated && step.Units % (nuint)Simd512.Count == 0)
        {
            ComputeAlone<TCell, Simd512, Vector512<float>>(in vectors, step.Units, isFirst);
        }
        else if (Vector256.IsHardwareAccelerated && step.Units % (nuint)Simd256.Count == 0)
        {
            ComputeAlone<TCell, Simd256, Vector256<float>>(in vectors, step.Units, isFirst);
        }
        else
        {
            ComputeAlone<TCell, Simd128, Vector128<float>>(in vectors, step.Units, isFirst);
        }
    }

    private static void ComputeAlone<TCell, TSimd, TVector>(scoped ref readonly RecurrentVectors vectors, nuint units, bool isFirst)
        where TCell : struct, IRecurrentCell
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        vectors.Compute<TCell, TSimd, TVector>(units, features: 0, isFirst ? 0 : units);

    /// <summary>The new states of all units, in vectors as wide as there are units left for.</summary>
    public static void Compute<TCell, TKeeping>(scoped ref readonly RecurrentStep step)
        where TCell : struct, IRecurrentCell
        where TKeeping : struct, IKeeping
    {
        nuint unit = 0;

        if (Vector512.IsHardwareAccelerated)
        {
            unit = Compute<TCell, TKeeping, Simd512, Vector512<float>>(in step, unit);
        }

        if (Vector256.IsHardwareAccelerated)
        {
            unit = Compute<TCell, TKeeping, Simd256, Vector256<float>>(in step, unit);
        }

        unit = Compute<TCell, TKeeping, Simd128, Vector128<float>>(in step, unit);
        Compute<TCell, TKeeping, SimdScalar, float>(in step, unit);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static nuint Compute<TCell, TKeeping, TSimd, TVector>(scoped ref readonly RecurrentStep step, nuint unit)
        where TCell : struct, IRecurrentCell
        where TKeeping : struct, IKeeping
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint end = unit + ((step.Units - unit) / (nuint)TSimd.Count * (nuint)TSimd.Count);

        for (nuint sample = 0; sample < step.Samples; sample++)
        {
            for (nuint i = unit; i < end; i += (nuint)TSimd.Count)
            {
                step.Compute<TCell, TKeeping, TSimd, TVector>(sample, i);
            }
        }

        return end;
    }
}
