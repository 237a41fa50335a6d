using System.Runtime.CompilerServices;
using Nnfs.Kernels.Columnwise;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>
/// The gradients of the parameters of a depthwise convolution from one sample, each channel by itself. The sums of up to four taps side by side stay in
/// registers while they run over the places at which all of them lie in the image; at other places each tap is taken alone.
/// </summary>
internal ref struct WeightColumns : IColumnOperation
{
    /// <summary>The image.</summary>
    public ref readonly float X;

    /// <summary>The gradients of the outputs.</summary>
    public ref readonly float Dy;

    /// <summary>The gradients of the weights, a row for each tap.</summary>
    public ref float Dw;

    /// <summary>The gradients of the biases.</summary>
    public ref float Db;

    public bool HasBiases;

    /// <summary>Whether the sums go on from what is there.</summary>
    public bool GoesOn;

    public TapAxis Rows;
    public TapAxis Columns;
    public nuint Channels;
    public nuint WeightRow;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<TSimd, TVector>(nuint column)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        if (HasBiases)
        {
            AddBiases<TSimd, TVector>(column);
        }

        for (int ky = 0; ky < Rows.Taps; ky++)
        {
            for (int kx = 0; kx < Columns.Taps;)
            {
                // Five taps are three and two rather than four and one.
                int left = Columns.Taps - kx;
                int taken = left == 5 ? 3 : Math.Min(4, left);
                int first = Columns.Origin + (kx * Columns.TapStep);
                (int from, int to) = TapAxis.Within(
                    first, first + ((taken - 1) * Columns.TapStep), Columns.SourceStep, Columns.Count, Columns.SourceSize);

                switch (taken)
                {
                    case 4:
                        Add<TSimd, TVector>(4, column, ky, kx, from, to, GoesOn);
                        break;
                    case 3:
                        Add<TSimd, TVector>(3, column, ky, kx, from, to, GoesOn);
                        break;
                    case 2:
                        Add<TSimd, TVector>(2, column, ky, kx, from, to, GoesOn);
                        break;
                    default:
                        Add<TSimd, TVector>(1, column, ky, kx, from, to, GoesOn);
                        break;
                }

                for (int tap = kx; tap < kx + taken; tap++)
                {
                    (int ownFrom, int ownTo) =
                        TapAxis.Within(Columns.Origin + (tap * Columns.TapStep), Columns.SourceStep, Columns.Count, Columns.SourceSize);

                    // Where no place has all of the taps, the range of those is empty, and anywhere.
                    int before = Math.Clamp(from, ownFrom, ownTo);
                    int after = Math.Clamp(to, ownFrom, ownTo);

                    if (ownFrom < before)
                    {
                        Add<TSimd, TVector>(1, column, ky, tap, ownFrom, before, goesOn: true);
                    }

                    if (after < ownTo)
                    {
                        Add<TSimd, TVector>(1, column, ky, tap, after, ownTo, goesOn: true);
                    }
                }

                kx += taken;
            }
        }
    }

    /// <summary>Some taps side by side, as many as a constant says, at some places of every row. Even and odd places of a row are summed apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Add<TSimd, TVector>(int count, nuint column, int ky, int kx, int from, int to, bool goesOn)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector zero = TSimd.Create(0f);
        TVector even0 = zero, even1 = zero, even2 = zero, even3 = zero;
        TVector odd0 = zero, odd1 = zero, odd2 = zero, odd3 = zero;
        nint channels = (nint)Channels;
        nint tap1 = Columns.TapStep * channels;
        nint tap2 = 2 * tap1;
        nint tap3 = 3 * tap1;
        nint step = Columns.SourceStep * channels;
        ref float dw = ref Unsafe.Add(ref Dw, ((((nuint)ky * (nuint)Columns.Taps) + (nuint)kx) * WeightRow) + column);

        if (goesOn)
        {
            even0 = TSimd.Load(in dw, 0);
            even1 = count > 1 ? TSimd.Load(in dw, WeightRow) : zero;
            even2 = count > 2 ? TSimd.Load(in dw, 2 * WeightRow) : zero;
            even3 = count > 3 ? TSimd.Load(in dw, 3 * WeightRow) : zero;
        }

        int firstRow = Rows.Origin + (ky * Rows.TapStep);
        (int start, int end) = TapAxis.Within(firstRow, Rows.SourceStep, Rows.Count, Rows.SourceSize);

        for (int oy = start; oy < end && from < to; oy++)
        {
            nint pixel = ((firstRow + ((nint)oy * Rows.SourceStep)) * Columns.SourceSize) + Columns.Origin
                + ((nint)kx * Columns.TapStep) + ((nint)from * Columns.SourceStep);
            ref float x = ref Unsafe.Add(ref Unsafe.AsRef(in X), (pixel * channels) + (nint)column);
            ref float dy = ref Unsafe.Add(ref Unsafe.AsRef(in Dy), ((((nint)oy * Columns.Count) + from) * channels) + (nint)column);
            int left = to - from;

            for (; left >= 2; left -= 2)
            {
                TVector gradient = TSimd.Load(in dy, 0);
                even0 = TSimd.MultiplyAdd(TSimd.Load(in x, 0), gradient, even0);
                even1 = count > 1 ? TSimd.MultiplyAdd(TSimd.Load(in x, (nuint)tap1), gradient, even1) : zero;
                even2 = count > 2 ? TSimd.MultiplyAdd(TSimd.Load(in x, (nuint)tap2), gradient, even2) : zero;
                even3 = count > 3 ? TSimd.MultiplyAdd(TSimd.Load(in x, (nuint)tap3), gradient, even3) : zero;

                ref float next = ref Unsafe.Add(ref x, step);
                gradient = TSimd.Load(in dy, Channels);
                odd0 = TSimd.MultiplyAdd(TSimd.Load(in next, 0), gradient, odd0);
                odd1 = count > 1 ? TSimd.MultiplyAdd(TSimd.Load(in next, (nuint)tap1), gradient, odd1) : zero;
                odd2 = count > 2 ? TSimd.MultiplyAdd(TSimd.Load(in next, (nuint)tap2), gradient, odd2) : zero;
                odd3 = count > 3 ? TSimd.MultiplyAdd(TSimd.Load(in next, (nuint)tap3), gradient, odd3) : zero;

                x = ref Unsafe.Add(ref x, 2 * step);
                dy = ref Unsafe.Add(ref dy, 2 * channels);
            }

            if (left > 0)
            {
                TVector gradient = TSimd.Load(in dy, 0);
                even0 = TSimd.MultiplyAdd(TSimd.Load(in x, 0), gradient, even0);
                even1 = count > 1 ? TSimd.MultiplyAdd(TSimd.Load(in x, (nuint)tap1), gradient, even1) : zero;
                even2 = count > 2 ? TSimd.MultiplyAdd(TSimd.Load(in x, (nuint)tap2), gradient, even2) : zero;
                even3 = count > 3 ? TSimd.MultiplyAdd(TSimd.Load(in x, (nuint)tap3), gradient, even3) : zero;
            }
        }

        TSimd.Store(TSimd.Add(even0, odd0), ref dw, 0);

        if (count > 1)
        {
            TSimd.Store(TSimd.Add(even1, odd1), ref dw, WeightRow);
        }

        if (count > 2)
        {
            TSimd.Store(TSimd.Add(even2, odd2), ref dw, 2 * WeightRow);
        }

        if (count > 3)
        {
            TSimd.Store(TSimd.Add(even3, odd3), ref dw, 3 * WeightRow);
        }
    }

    /// <summary>The sums of the gradients over all places, every fourth of them apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void AddBiases<TSimd, TVector>(nuint column)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector zero = TSimd.Create(0f);
        TVector sum0 = GoesOn ? TSimd.Load(in Db, column) : zero, sum1 = zero, sum2 = zero, sum3 = zero;
        ref float dy = ref Unsafe.Add(ref Unsafe.AsRef(in Dy), column);
        int left = Rows.Count * Columns.Count;

        for (; left >= 4; left -= 4)
        {
            sum0 = TSimd.Add(TSimd.Load(in dy, 0), sum0);
            sum1 = TSimd.Add(TSimd.Load(in dy, Channels), sum1);
            sum2 = TSimd.Add(TSimd.Load(in dy, 2 * Channels), sum2);
            sum3 = TSimd.Add(TSimd.Load(in dy, 3 * Channels), sum3);
            dy = ref Unsafe.Add(ref dy, 4 * Channels);
        }

        for (; left > 0; left--)
        {
            sum0 = TSimd.Add(TSimd.Load(in dy, 0), sum0);
            dy = ref Unsafe.Add(ref dy, Channels);
        }

        TSimd.Store(TSimd.Add(TSimd.Add(sum0, sum1), TSimd.Add(sum2, sum3)), ref Db, column);
    }
}
