using System.Runtime.CompilerServices;
using Nnfs.Simd;

namespace Nnfs.Kernels.Recurrent;

/// <summary>One step of several samples: of each block the row of the first sample, and the distance to that of the next.</summary>
internal ref struct RecurrentStep
{
    /// <summary>The gates: at first the products with the inputs.</summary>
    public ref float Gates;
    public nuint GatesSample;

    /// <summary>The products with the state before, where the cell takes them by themselves: as many as gates.</summary>
    public ref float Products;
    public nuint ProductsSample;

    /// <summary>The state before the step.</summary>
    public ref readonly float Previous;
    public nuint PreviousSample;

    /// <summary>The state after the step.</summary>
    public ref float State;
    public nuint StateSample;

    /// <summary>What the cell remembers beside its state, before the step.</summary>
    public ref readonly float PreviousMemory;
    public nuint PreviousMemorySample;

    /// <summary>What the cell remembers beside its state after the step, or keeps for the way back.</summary>
    public ref float Memory;
    public nuint MemorySample;

    public nuint Units;
    public nuint Samples;

    /// <summary>The new states of a vector of units of a sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Compute<TCell, TKeeping, TSimd, TVector>(nuint sample, nuint unit)
        where TCell : struct, IRecurrentCell
        where TKeeping : struct, IKeeping
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        ref float gates = ref Unsafe.Add(ref Gates, (sample * GatesSample) + unit);
        ref float products = ref TCell.SeparatesProducts ? ref Unsafe.Add(ref Products, (sample * ProductsSample) + unit) : ref gates;
        TVector g0 = TSimd.Load(in gates, 0);
        TVector g1 = TCell.Gates > 1 ? TSimd.Load(in gates, Units) : default;
        TVector g2 = TCell.Gates > 2 ? TSimd.Load(in gates, 2 * Units) : default;
        TVector g3 = TCell.Gates > 3 ? TSimd.Load(in gates, 3 * Units) : default;
        TVector product = TCell.SeparatesProducts ? TSimd.Load(in products, 2 * Units) : default;
        TVector previous = TCell.SeparatesProducts ? TSimd.Load(in Previous, (sample * PreviousSample) + unit) : default;
        TVector memory = TCell.CarriesMemory ? TSimd.Load(in PreviousMemory, (sample * PreviousMemorySample) + unit) : default;

        if (TCell.SeparatesProducts)
        {
            g0 = TSimd.Add(g0, TSimd.Load(in products, 0));
            g1 = TSimd.Add(g1, TSimd.Load(in products, Units));
        }

        TVector state = TCell.Forward<TSimd, TVector>(ref g0, ref g1, ref g2, ref g3, product, previous, ref memory);
        TSimd.Store(state, ref State, (sample * StateSample) + unit);

        if (TCell.CarriesMemory || (TCell.HasMemory && TKeeping.IsKept))
        {
            TSimd.Store(memory, ref Memory, (sample * MemorySample) + unit);
        }

        // A cell of one gate gives it as its state.
        if (TKeeping.IsKept && TCell.Gates > 1)
        {
            TSimd.Store(g0, ref gates, 0);
            TSimd.Store(g1, ref gates, Units);
            TSimd.Store(g2, ref gates, 2 * Units);

            if (TCell.Gates > 3)
            {
                TSimd.Store(g3, ref gates, 3 * Units);
            }
        }
    }
}
