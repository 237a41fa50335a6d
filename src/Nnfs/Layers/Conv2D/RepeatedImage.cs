using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Nnfs.Simd;

namespace Nnfs.Kernels.Convolutions;

/// <summary>
/// An image with its zeros, channel by channel, in which every pixel is repeated once for each filter. What a tap multiplies for a row of outputs, pixel by
/// pixel and filter by filter, is then contiguous. A filter is in the same lane again after some vectors, which are a period.
/// </summary>
internal readonly struct RepeatedImage
{
    /// <summary>A division by as few filters, of as few lanes, is a multiplication and a shift.</summary>
    private const int DivisionShift = 16;

    private readonly Window2D _window;
    private readonly int _filters;
    private readonly int _rows;

    /// <summary>Lays out the image.</summary>
    /// <param name="window">The window, with stride and dilation 1.</param>
    /// <param name="filters">The number of filters, at most 16.</param>
    /// <param name="rows">The rows of the image that are read, as many as it has with its zeros or more.</param>
    public RepeatedImage(Window2D window, int filters, int rows)
    {
        _window = window;
        _filters = filters;
        _rows = rows;
    }

    /// <summary>The vectors of a period.</summary>
    public int Period
    {
        get
        {
            int period = _filters;

            while (period % 2 == 0)
            {
                period /= 2;
            }

            return period;
        }
    }

    /// <summary>The floats of a row.</summary>
    public int Row => (int)KernelLimits.Align((PaddedImage.Width(_window) * _filters) + KernelLimits.FloatsPerLine - 1);

    /// <summary>The floats of a channel.</summary>
    public int Plane => _rows * Row;

    /// <summary>The floats of all channels.</summary>
    public int Length => _window.Channels * Plane;

    /// <summary>The floats of the image before its pixels are repeated, and a vector that reaches beyond the last.</summary>
    public int SourceLength => (_window.Channels * SourcePlane) + (2 * KernelLimits.FloatsPerLine);

    private int SourcePlane => PaddedImage.Height(_window) * PaddedImage.Width(_window);

    /// <summary>The filters of the lanes of a vector.</summary>
    /// <param name="phase">Which vector of a period it is.</param>
    public Vector512<int> FiltersOf(int phase) => Places(phase) - (PixelsOf(phase) * _filters);

    /// <summary>Repeats the pixels of an image.</summary>
    /// <param name="x">The image.</param>
    /// <param name="source">Memory for the image channel by channel, where zeros are already around it.</param>
    /// <param name="image">The image with repeated pixels; written, but not beyond its rows.</param>
    public void Fill(ReadOnlySpan<float> x, Span<float> source, Span<float> image)
    {
        Spread(x, source);
        int period = Period;
        int vectors = ((PaddedImage.Width(_window) * _filters) + Simd512.Count - 1) / Simd512.Count;

        for (int phase = 0; phase < Math.Min(period, vectors); phase++)
        {
            int firstPixel = phase * Simd512.Count / _filters;
            Vector512<int> pixels = PixelsOf(phase) - Vector512.Create(firstPixel);

            for (int channel = 0; channel < _window.Channels; channel++)
            {
                Repeat(
                    in source[(channel * SourcePlane) + firstPixel],
                    pixels,
                    ref image[(channel * Plane) + (phase * Simd512.Count)],
                    (vectors - phase + period - 1) / period);
            }
        }
    }

    /// <summary>Every vector of one phase of a channel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Repeat(ref readonly float source, Vector512<int> pixels, ref float image, int periods)
    {
        int rows = PaddedImage.Height(_window);
        nuint sourceRow = (nuint)PaddedImage.Width(_window);
        nuint row = (nuint)Row;
        nuint step = (nuint)(Period * Simd512.Count);
        nuint sourceStep = step / (nuint)_filters;
        ref float from = ref Unsafe.AsRef(in source);

        for (int i = 0; i < rows; i++)
        {
            for (nuint j = 0; j < (nuint)periods; j++)
            {
                Vector512<float> line = Simd512.Load(in from, j * sourceStep);
                Simd512.Store(Avx512F.PermuteVar16x32(line, pixels), ref image, j * step);
            }

            from = ref Unsafe.Add(ref from, sourceRow);
            image = ref Unsafe.Add(ref image, row);
        }
    }

    /// <summary>Copies the image channel by channel.</summary>
    private void Spread(ReadOnlySpan<float> x, Span<float> source)
    {
        if (_window is { Channels: 1, IsPadded: false })
        {
            x[.._window.Size].CopyTo(source);

            return;
        }

        int width = PaddedImage.Width(_window);

        for (int i = 0; i < _window.Height; i++)
        {
            ReadOnlySpan<float> from = x.Slice(i * _window.Width * _window.Channels, _window.Width * _window.Channels);
            Span<float> to = source[(((_window.PadTop + i) * width) + _window.PadLeft)..];

            if (_window.Channels == 1)
            {
                from.CopyTo(to);
            }
            else
            {
                Transposition.Run(in from[0], (nuint)_window.Channels, ref to[0], (nuint)SourcePlane, _window.Width, _window.Channels);
            }
        }
    }

    /// <summary>The pixels of the lanes of a vector.</summary>
    private Vector512<int> PixelsOf(int phase) => (Places(phase) * ((1 << DivisionShift) / _filters + 1)) >> DivisionShift;

    /// <summary>The numbers of the lanes, from the start of the period on.</summary>
    private static Vector512<int> Places(int phase) => Vector512<int>.Indices + Vector512.Create(phase * Simd512.Count);
}
