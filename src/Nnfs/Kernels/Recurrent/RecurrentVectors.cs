using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nnfs.Kernels.MatrixProducts;
using Nnfs.Simd;

namespace Nnfs.Kernels.Recurrent;

/// <summary>
/// A step of one sample whose units fill whole vectors: the sums of all gates of a vector of units, or two, stay in registers up to the new state.
/// </summary>
internal ref struct RecurrentVectors
{
    /// <summary>With more units the weights come from a distant cache, which a matrix product fetches ahead.</summary>
    private const int MostUnits = 512;

    /// <summary>So few units are quicker in any vectors that they fill than in a matrix product.</summary>
    private const int FewUnits = 32;

    /// <summary>What the sums of all gates start at: the biases, or the products with the inputs where these are not added here.</summary>
    public ref readonly float Start;

    /// <summary>The inputs of the step.</summary>
    public ref readonly float X;

    public ref readonly float InputWeights;
    public ref readonly float RecurrentWeights;

    /// <summary>What the products with the state start at, where the cell takes them by themselves.</summary>
    public ref readonly float RecurrentBiases;

    /// <summary>The distance between the rows of both weights.</summary>
    public nuint Row;

    /// <summary>The state before the step, and what the cell remembers beside it.</summary>
    public ref readonly float Previous;
    public ref readonly float PreviousMemory;

    /// <summary>The state after the step, which is not that before, and what the cell remembers beside it, which may be.</summary>
    public ref float State;
    public ref float Memory;

    /// <summary>Takes the state after the step as well.</summary>
    public ref float Next;

    /// <summary>Whether so many units are quicker computed this way than by a matrix product: where they fill the widest vectors, or are few.</summary>
    public static bool Suit(int units)
    {
        int widest = Vector512.IsHardwareAccelerated ? Simd512.Count : Vector256.IsHardwareAccelerated ? Simd256.Count : Simd128.Count;

        return units % Simd128.Count == 0 && units <= MostUnits && (units <= FewUnits || units % widest == 0);
    }

    /// <summary>Computes the new states.</summary>
    /// <param name="units">The number of units, a multiple of a vector's lanes.</param>
    /// <param name="features">The inputs whose products are added.</param>
    /// <param name="terms">The states whose products are added: the units, or none where they are zero.</param>
    public readonly void Compute<TCell, TSimd, TVector>(nuint units, nuint features, nuint terms)
        where TCell : struct, IRecurrentCell
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint width = 2 * (nuint)TSimd.Count;
        nuint pairs = units / width * width;

        // Two methods, because the compiler inlines only so many calls into one.
        if (pairs != 0)
        {
            ComputeTiles<TCell, TileSize.Two, TSimd, TVector>(units, features, terms, 0, pairs);
        }

        if (pairs != units)
        {
            ComputeTiles<TCell, TileSize.One, TSimd, TVector>(units, features, terms, pairs, units);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void ComputeTiles<TCell, TVectors, TSimd, TVector>(nuint units, nuint features, nuint terms, nuint unit, nuint end)
        where TCell : struct, IRecurrentCell
        where TVectors : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint step = (nuint)(TVectors.Value * TSimd.Count);

        // The sums of two vectors hide each other's latency.
        for (; unit < end; unit += step)
        {
            Compute<TCell, TVectors, TSimd, TVector>(units, features, terms, unit);
        }
    }

    /// <summary>The new states of a vector of units, or two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Compute<TCell, TVectors, TSimd, TVector>(nuint units, nuint features, nuint terms, nuint unit)
        where TCell : struct, IRecurrentCell
        where TVectors : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint second = TVectors.Value > 1 ? unit + (nuint)TSimd.Count : unit;
        TVector g0 = Gate<TCell, TSimd, TVector>(in Start, 0, units, unit);
        TVector g1 = Gate<TCell, TSimd, TVector>(in Start, 1, units, unit);
        TVector g2 = Gate<TCell, TSimd, TVector>(in Start, 2, units, unit);
        TVector g3 = Gate<TCell, TSimd, TVector>(in Start, 3, units, unit);
        TVector h0 = Gate<TCell, TSimd, TVector>(in Start, 0, units, second);
        TVector h1 = Gate<TCell, TSimd, TVector>(in Start, 1, units, second);
        TVector h2 = Gate<TCell, TSimd, TVector>(in Start, 2, units, second);
        TVector h3 = Gate<TCell, TSimd, TVector>(in Start, 3, units, second);
        AddProducts<TCell, TVectors, TSimd, TVector>(
            in X, in InputWeights, features, units, unit, ref g0, ref g1, ref g2, ref g3, ref h0, ref h1, ref h2, ref h3);

        if (!TCell.SeparatesProducts)
        {
            AddProducts<TCell, TVectors, TSimd, TVector>(
                in Previous, in RecurrentWeights, terms, units, unit, ref g0, ref g1, ref g2, ref g3, ref h0, ref h1, ref h2, ref h3);
            Finish<TCell, TSimd, TVector>(g0, g1, g2, g3, default, unit);

            if (TVectors.Value > 1)
            {
                Finish<TCell, TSimd, TVector>(h0, h1, h2, h3, default, second);
            }

            return;
        }

        TVector p0 = Gate<TCell, TSimd, TVector>(in RecurrentBiases, 0, units, unit);
        TVector p1 = Gate<TCell, TSimd, TVector>(in RecurrentBiases, 1, units, unit);
        TVector p2 = Gate<TCell, TSimd, TVector>(in RecurrentBiases, 2, units, unit);
        TVector p3 = default;
        TVector q0 = Gate<TCell, TSimd, TVector>(in RecurrentBiases, 0, units, second);
        TVector q1 = Gate<TCell, TSimd, TVector>(in RecurrentBiases, 1, units, second);
        TVector q2 = Gate<TCell, TSimd, TVector>(in RecurrentBiases, 2, units, second);
        TVector q3 = default;
        AddProducts<TCell, TVectors, TSimd, TVector>(
            in Previous, in RecurrentWeights, terms, units, unit, ref p0, ref p1, ref p2, ref p3, ref q0, ref q1, ref q2, ref q3);
        Finish<TCell, TSimd, TVector>(TSimd.Add(g0, p0), TSimd.Add(g1, p1), g2, g3, p2, unit);

        if (TVectors.Value > 1)
        {
            Finish<TCell, TSimd, TVector>(TSimd.Add(h0, q0), TSimd.Add(h1, q1), h2, h3, q2, second);
        }
    }

    /// <summary>The values of a gate of a vector of units, where the cell has that gate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Gate<TCell, TSimd, TVector>(ref readonly float values, int gate, nuint units, nuint unit)
        where TCell : struct, IRecurrentCell
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        gate < TCell.Gates ? TSimd.Load(in values, ((nuint)gate * units) + unit) : default;

    /// <summary>The new states of a vector of units, of the sums of their gates.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Finish<TCell, TSimd, TVector>(TVector g0, TVector g1, TVector g2, TVector g3, TVector product, nuint unit)
        where TCell : struct, IRecurrentCell
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector memory = TCell.CarriesMemory ? TSimd.Load(in PreviousMemory, unit) : default;
        TVector previous = TCell.SeparatesProducts ? TSimd.Load(in Previous, unit) : default;
        TVector state = TCell.Forward<TSimd, TVector>(ref g0, ref g1, ref g2, ref g3, product, previous, ref memory);
        TSimd.Store(state, ref State, unit);
        TSimd.Store(state, ref Next, unit);

        if (TCell.CarriesMemory)
        {
            TSimd.Store(memory, ref Memory, unit);
        }
    }

    /// <summary>Adds <c>Σₖ x[k] · w[k, j]</c> to the sums of the gates of a vector of units, or two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void AddProducts<TCell, TVectors, TSimd, TVector>(
        ref readonly float x,
        ref readonly float w,
        nuint terms,
        nuint units,
        nuint unit,
        ref TVector g0,
        ref TVector g1,
        ref TVector g2,
        ref TVector g3,
        ref TVector h0,
        ref TVector h1,
        ref TVector h2,
        ref TVector h3)
        where TCell : struct, IRecurrentCell
        where TVectors : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint row = Row;
        nuint second = (nuint)TSimd.Count;
        ref float factors = ref Unsafe.AsRef(in x);
        ref float weights = ref Unsafe.Add(ref Unsafe.AsRef(in w), unit);
        TVector s0 = g0;
        TVector s1 = g1;
        TVector s2 = g2;
        TVector s3 = g3;
        TVector t0 = h0;
        TVector t1 = h1;
        TVector t2 = h2;
        TVector t3 = h3;

        for (; terms != 0; terms--)
        {
            TVector factor = TSimd.Create(factors);
            s0 = TSimd.MultiplyAdd(factor, TSimd.Load(in weights, 0), s0);
            s1 = TCell.Gates > 1 ? TSimd.MultiplyAdd(factor, TSimd.Load(in weights, units), s1) : s1;
            s2 = TCell.Gates > 2 ? TSimd.MultiplyAdd(factor, TSimd.Load(in weights, 2 * units), s2) : s2;
            s3 = TCell.Gates > 3 ? TSimd.MultiplyAdd(factor, TSimd.Load(in weights, 3 * units), s3) : s3;

            if (TVectors.Value > 1)
            {
                t0 = TSimd.MultiplyAdd(factor, TSimd.Load(in weights, second), t0);
                t1 = TCell.Gates > 1 ? TSimd.MultiplyAdd(factor, TSimd.Load(in weights, units + second), t1) : t1;
                t2 = TCell.Gates > 2 ? TSimd.MultiplyAdd(factor, TSimd.Load(in weights, (2 * units) + second), t2) : t2;
                t3 = TCell.Gates > 3 ? TSimd.MultiplyAdd(factor, TSimd.Load(in weights, (3 * units) + second), t3) : t3;
            }

            factors = ref Unsafe.Add(ref factors, 1);
            weights = ref Unsafe.Add(ref weights, row);
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
}
