using System.Runtime.CompilerServices;
using Nnfs.Kernels.Columnwise;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>
/// Makes the pixels of an image of those of another under a window, each channel by itself: the outputs of a depthwise convolution, or the gradients of its
/// inputs. The sums of up to eight pixels side by side stay in registers while they run through the taps; pixels at the edge have fewer taps and come alone.
/// </summary>
internal ref struct WindowColumns : IColumnOperation
{
    /// <summary>The image that is read.</summary>
    public ref readonly float Source;

    /// <summary>The image that is written.</summary>
    public ref float Target;

    /// <summary>The weights, a row for each tap.</summary>
    public ref readonly float Weights;

    /// <summary>What the sums of each channel start at, where it is not zero.</summary>
    public ref readonly float Biases;

    /// <summary>An image as that which is written: where it is not positive, zero is.</summary>
    public ref readonly float Mask;

    public bool HasBiases;
    public bool HasMask;

    /// <summary>Whether negative sums become zero.</summary>
    public bool Rectifies;

    public TapAxis Rows;
    public TapAxis Columns;

    /// <summary>The first of the rows that are made.</summary>
    public int Start;

    /// <summary>The row after the last of them.</summary>
    public int End;

    public nuint Channels;
    public nuint WeightRow;
    public nuint KernelWidth;
    public nuint SourceWidth;
    public nuint TargetWidth;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<TSimd, TVector>(nuint column)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector start = HasBiases ? TSimd.Load(in Biases, column) : TSimd.Create(0f);
        (int from, int to) = Columns.Whole();
        Steps steps = new()
        {
            Pixel = Columns.SourceStep * (nint)Channels,
            Tap = Columns.TapStep * (nint)Channels,
            TapRow = Rows.TapStep * (nint)(SourceWidth * Channels),
            Weight = Columns.TapIncrement * (nint)WeightRow,
            WeightRow = Rows.TapIncrement * (nint)(KernelWidth * WeightRow),
            Target = Columns.Step * (nint)Channels,
        };

        for (int n = Start; n < End; n++)
        {
            (int firstTap, int lastTap) = Rows.TapsOf(n);
            nint row = ((Rows.Origin + ((nint)n * Rows.SourceStep) + ((nint)firstTap * Rows.TapStep)) * (nint)SourceWidth) + Columns.Origin;
            Pixels pixels = new()
            {
                Source = (row * (nint)Channels) + (nint)column,
                Target = ((((nuint)(Rows.First + (n * Rows.Step)) * TargetWidth) + (nuint)Columns.First) * Channels) + column,
                Weights = ((((nuint)(Rows.FirstTap + (firstTap * Rows.TapIncrement)) * KernelWidth) + (nuint)Columns.FirstTap) * WeightRow) + column,
                Rows = lastTap - firstTap,
            };

            Edge<TSimd, TVector>(start, in pixels, in steps, 0, from);

            int m = from;

            for (; m + 8 <= to; m += 8)
            {
                Make<TSimd, TVector>(8, start, in pixels, in steps, m, 0, Columns.Taps);
            }

            if (m + 4 <= to)
            {
                Make<TSimd, TVector>(4, start, in pixels, in steps, m, 0, Columns.Taps);
                m += 4;
            }

            if (m < to && to - from >= 4)
            {
                // The last four once more, rather than up to three one by one.
                Make<TSimd, TVector>(4, start, in pixels, in steps, to - 4, 0, Columns.Taps);
                m = to;
            }

            Edge<TSimd, TVector>(start, in pixels, in steps, m, Columns.Count);
        }
    }

    /// <summary>Pixels one by one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Edge<TSimd, TVector>(TVector start, scoped in Pixels pixels, scoped in Steps steps, int from, int to)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (int m = from; m < to; m++)
        {
            (int firstTap, int lastTap) = Columns.TapsOf(m);
            Make<TSimd, TVector>(1, start, in pixels, in steps, m, firstTap, lastTap);
        }
    }

    /// <summary>Some pixels side by side, as many as a constant says: 1, 4 or 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Make<TSimd, TVector>(int count, TVector start, scoped in Pixels pixels, scoped in Steps steps, int m, int firstTap, int lastTap)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint step = steps.Pixel;
        nint step2 = 2 * step;
        nint step3 = 3 * step;
        nint tapStep = steps.Tap;
        nint weightStep = steps.Weight;
        int taps = lastTap - firstTap;
        ref float x = ref Unsafe.Add(ref Unsafe.AsRef(in Source), pixels.Source + (m * step) + (firstTap * tapStep));
        ref float w = ref Unsafe.Add(ref Unsafe.AsRef(in Weights), (nint)pixels.Weights + (firstTap * weightStep));
        TVector y0 = start, y1 = start, y2 = start, y3 = start, y4 = start, y5 = start, y6 = start, y7 = start;

        for (int row = pixels.Rows; row > 0; row--)
        {
            ref float source = ref x;
            ref float weights = ref w;

            for (int tap = taps; tap > 0; tap--)
            {
                TVector weight = TSimd.Load(in weights, 0);
                y0 = TSimd.MultiplyAdd(TSimd.Load(in source, 0), weight, y0);

                if (count > 1)
                {
                    y1 = TSimd.MultiplyAdd(TSimd.Load(in source, (nuint)step), weight, y1);
                    y2 = TSimd.MultiplyAdd(TSimd.Load(in source, (nuint)step2), weight, y2);
                    y3 = TSimd.MultiplyAdd(TSimd.Load(in source, (nuint)step3), weight, y3);
                }

                if (count > 4)
                {
                    ref float second = ref Unsafe.Add(ref source, 4 * step);
                    y4 = TSimd.MultiplyAdd(TSimd.Load(in second, 0), weight, y4);
                    y5 = TSimd.MultiplyAdd(TSimd.Load(in second, (nuint)step), weight, y5);
                    y6 = TSimd.MultiplyAdd(TSimd.Load(in second, (nuint)step2), weight, y6);
                    y7 = TSimd.MultiplyAdd(TSimd.Load(in second, (nuint)step3), weight, y7);
                }

                source = ref Unsafe.Add(ref source, tapStep);
                weights = ref Unsafe.Add(ref weights, weightStep);
            }

            x = ref Unsafe.Add(ref x, steps.TapRow);
            w = ref Unsafe.Add(ref w, steps.WeightRow);
        }

        nuint targetStep = (nuint)steps.Target;
        nuint target = pixels.Target + ((nuint)m * targetStep);
        Store<TSimd, TVector>(y0, target);

        if (count > 1)
        {
            Store<TSimd, TVector>(y1, target + targetStep);
            Store<TSimd, TVector>(y2, target + (2 * targetStep));
            Store<TSimd, TVector>(y3, target + (3 * targetStep));
        }

        if (count > 4)
        {
            Store<TSimd, TVector>(y4, target + (4 * targetStep));
            Store<TSimd, TVector>(y5, target + (5 * targetStep));
            Store<TSimd, TVector>(y6, target + (6 * targetStep));
            Store<TSimd, TVector>(y7, target + (7 * targetStep));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Store<TSimd, TVector>(TVector y, nuint target)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        if (Rectifies || HasMask)
        {
            TVector zero = TSimd.Create(0f);
            y = Rectifies ? TSimd.Max(zero, y) : TSimd.WhereGreater(TSimd.Load(in Mask, target), zero, y);
        }

        TSimd.Store(y, ref Target, target);
    }

    /// <summary>A row of pixels: where its first one has its sources, lies, and has its weights, and how many rows of taps it has.</summary>
    private struct Pixels
    {
        public nint Source;
        public nuint Target;
        public nuint Weights;
        public int Rows;
    }

    /// <summary>The distances from one pixel, tap or row of taps to the next.</summary>
    private struct Steps
    {
        /// <summary>Between the sources of two pixels.</summary>
        public nint Pixel;

        /// <summary>Between the sources of two taps.</summary>
        public nint Tap;

        /// <summary>Between those of two rows of taps.</summary>
        public nint TapRow;

        /// <summary>Between the weights of two taps.</summary>
        public nint Weight;

        /// <summary>Between those of two rows of taps.</summary>
        public nint WeightRow;

        /// <summary>Between two pixels that are written.</summary>
        public nint Target;
    }
}
