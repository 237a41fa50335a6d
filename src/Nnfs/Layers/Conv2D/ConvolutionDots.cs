using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nnfs.Kernels.MatrixProducts;
using Nnfs.Simd;

namespace Nnfs.Kernels.Convolutions;

/// <summary>
/// The gradients of the inputs of <see cref="Conv2D"/> for few channels and whole vectors of filters: a pixel's gradient of a channel is the sum, over all
/// places that took it, of the products of the places' gradients with the channel's weights, which both lie filter by filter in memory. A tile is one pixel of
/// four images, for which the same taps count, so that nothing is multiplied that isn't there.
/// </summary>
internal static class ConvolutionDots
{
    private const int MostChannels = 6;
    private const int ImagesOfTile = 4;

    /// <summary>With fewer vectors of products it takes longer to add up the lanes than to compute them.</summary>
    private const int LeastVectors = 8;

    /// <summary>Where this form is possible, and quicker than the others.</summary>
    public static bool Serves(Window2D window, int filters, int groups) =>
        Vector512.IsHardwareAccelerated
        && groups == 1
        && window.Stride == 1
        && window.Channels is > 1 and <= MostChannels
        && filters % Simd512.Count == 0
        && window.Taps * (filters / Simd512.Count) >= LeastVectors;

    /// <summary>The gradients of the inputs of some samples.</summary>
    /// <param name="window">The window.</param>
    /// <param name="filters">The number of filters.</param>
    /// <param name="dy">Gradients of the outputs.</param>
    /// <param name="w">The weights as they are, without padding: a multiple of 16 filters needs none.</param>
    /// <param name="dx">Gradients of the inputs; written.</param>
    /// <param name="samples">The number of samples.</param>
    public static void Run(Window2D window, int filters, ReadOnlySpan<float> dy, ReadOnlySpan<float> w, Span<float> dx, int samples)
    {
        for (int sample = 0; sample < samples; sample += ImagesOfTile)
        {
            int images = Math.Min(ImagesOfTile, samples - sample);
            ReadOnlySpan<float> gradients = dy.Slice(sample * window.Places * filters, images * window.Places * filters);
            Span<float> pixels = dx.Slice(sample * window.Size, images * window.Size);

            switch (images)
            {
                case 1:
                    RunImages<TileSize.One>(window, filters, gradients, w, pixels, images);
                    break;
                case 2:
                    RunImages<TileSize.Two>(window, filters, gradients, w, pixels, images);
                    break;
                default:
                    RunImages<TileSize.Four>(window, filters, gradients, w, pixels, images);
                    break;
            }
        }
    }

    private static void RunImages<TImages>(
        Window2D window, int filters, ReadOnlySpan<float> dy, ReadOnlySpan<float> w, Span<float> dx, int images)
        where TImages : struct, IDimension
    {
        switch (window.Channels)
        {
            case 2:
                Run<TImages, TileSize.Two>(window, filters, in dy[0], in w[0], ref dx[0], images);
                break;
            case 3:
                Run<TImages, TileSize.Three>(window, filters, in dy[0], in w[0], ref dx[0], images);
                break;
            case 4:
                Run<TImages, TileSize.Four>(window, filters, in dy[0], in w[0], ref dx[0], images);
                break;
            case 5:
                Run<TImages, TileSize.Five>(window, filters, in dy[0], in w[0], ref dx[0], images);
                break;
            default:
                Run<TImages, TileSize.Six>(window, filters, in dy[0], in w[0], ref dx[0], images);
                break;
        }
    }

    /// <summary>All channels of all pixels of one, two or four images. A fourth image is the third once more where there are three.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Run<TImages, TChannels>(
        Window2D window, int filters, ref readonly float dy, ref readonly float w, ref float dx, int images)
        where TImages : struct, IDimension
        where TChannels : struct, IDimension
    {
        nuint place = (nuint)filters;
        nuint image = (nuint)(window.Places * filters);
        nuint image1 = images > 1 ? image : 0;
        nuint image2 = images > 2 ? image1 + image : image1;
        nuint image3 = images > 3 ? image2 + image : image2;
        nuint size = (nuint)window.Size;
        nuint step = (nuint)window.Dilation * place;
        nuint tap = (nuint)window.Channels * place;
        nuint weight2 = 2 * place;
        nuint weight4 = 4 * place;
        ref float output = ref dx;

        for (int i = 0; i < window.Height; i++)
        {
            (int firstRow, int rows) = Taps(i + window.PadTop, window.Dilation, window.KernelHeight, window.OutputHeight);

            for (int j = 0; j < window.Width; j++)
            {
                (int firstTap, int taps) = Taps(j + window.PadLeft, window.Dilation, window.KernelWidth, window.OutputWidth);
                Vector512<float>
                    s00, s01, s02, s03, s04, s05,
                    s10, s11, s12, s13, s14, s15,
                    s20, s21, s22, s23, s24, s25,
                    s30, s31, s32, s33, s34, s35;
                s00 = s01 = s02 = s03 = s04 = s05 = Vector512<float>.Zero;
                s10 = s11 = s12 = s13 = s14 = s15 = Vector512<float>.Zero;
                s20 = s21 = s22 = s23 = s24 = s25 = Vector512<float>.Zero;
                s30 = s31 = s32 = s33 = s34 = s35 = Vector512<float>.Zero;

                for (int row = firstRow; row < firstRow + rows; row++)
                {
                    int y = i + window.PadTop - (row * window.Dilation);
                    int x = j + window.PadLeft - (firstTap * window.Dilation);
                    nuint gradients = (nuint)((y * window.OutputWidth) + x) * place;
                    nuint weights = (nuint)((row * window.KernelWidth) + firstTap) * tap;

                    for (nuint filter = 0; filter < place; filter += (nuint)Simd512.Count)
                    {
                        ref float gradient = ref Unsafe.Add(ref Unsafe.AsRef(in dy), gradients + filter);
                        ref float weight = ref Unsafe.Add(ref Unsafe.AsRef(in w), weights + filter);

                        for (int k = taps; k != 0; k--)
                        {
                            Vector512<float> d0 = Simd512.Load(in gradient, 0);
                            Vector512<float> d1 = TImages.Value > 1 ? Simd512.Load(in gradient, image1) : default;
                            Vector512<float> d2 = TImages.Value > 2 ? Simd512.Load(in gradient, image2) : default;
                            Vector512<float> d3 = TImages.Value > 2 ? Simd512.Load(in gradient, image3) : default;

                            Vector512<float> w0 = Simd512.Load(in weight, 0);
                            s00 = Simd512.MultiplyAdd(d0, w0, s00);
                            s10 = TImages.Value > 1 ? Simd512.MultiplyAdd(d1, w0, s10) : s10;
                            s20 = TImages.Value > 2 ? Simd512.MultiplyAdd(d2, w0, s20) : s20;
                            s30 = TImages.Value > 2 ? Simd512.MultiplyAdd(d3, w0, s30) : s30;

                            w0 = Simd512.Load(in weight, place);
                            s01 = Simd512.MultiplyAdd(d0, w0, s01);
                            s11 = TImages.Value > 1 ? Simd512.MultiplyAdd(d1, w0, s11) : s11;
                            s21 = TImages.Value > 2 ? Simd512.MultiplyAdd(d2, w0, s21) : s21;
                            s31 = TImages.Value > 2 ? Simd512.MultiplyAdd(d3, w0, s31) : s31;

                            w0 = TChannels.Value > 2 ? Simd512.Load(in weight, weight2) : default;
                            s02 = TChannels.Value > 2 ? Simd512.MultiplyAdd(d0, w0, s02) : s02;
                            s12 = TChannels.Value > 2 && TImages.Value > 1 ? Simd512.MultiplyAdd(d1, w0, s12) : s12;
                            s22 = TChannels.Value > 2 && TImages.Value > 2 ? Simd512.MultiplyAdd(d2, w0, s22) : s22;
                            s32 = TChannels.Value > 2 && TImages.Value > 2 ? Simd512.MultiplyAdd(d3, w0, s32) : s32;

                            w0 = TChannels.Value > 3 ? Simd512.Load(in weight, weight2 + place) : default;
                            s03 = TChannels.Value > 3 ? Simd512.MultiplyAdd(d0, w0, s03) : s03;
                            s13 = TChannels.Value > 3 && TImages.Value > 1 ? Simd512.MultiplyAdd(d1, w0, s13) : s13;
                            s23 = TChannels.Value > 3 && TImages.Value > 2 ? Simd512.MultiplyAdd(d2, w0, s23) : s23;
                            s33 = TChannels.Value > 3 && TImages.Value > 2 ? Simd512.MultiplyAdd(d3, w0, s33) : s33;

                            w0 = TChannels.Value > 4 ? Simd512.Load(in weight, weight4) : default;
                            s04 = TChannels.Value > 4 ? Simd512.MultiplyAdd(d0, w0, s04) : s04;
                            s14 = TChannels.Value > 4 && TImages.Value > 1 ? Simd512.MultiplyAdd(d1, w0, s14) : s14;
                            s24 = TChannels.Value > 4 && TImages.Value > 2 ? Simd512.MultiplyAdd(d2, w0, s24) : s24;
                            s34 = TChannels.Value > 4 && TImages.Value > 2 ? Simd512.MultiplyAdd(d3, w0, s34) : s34;

                            w0 = TChannels.Value > 5 ? Simd512.Load(in weight, weight4 + place) : default;
                            s05 = TChannels.Value > 5 ? Simd512.MultiplyAdd(d0, w0, s05) : s05;
                            s15 = TChannels.Value > 5 && TImages.Value > 1 ? Simd512.MultiplyAdd(d1, w0, s15) : s15;
                            s25 = TChannels.Value > 5 && TImages.Value > 2 ? Simd512.MultiplyAdd(d2, w0, s25) : s25;
                            s35 = TChannels.Value > 5 && TImages.Value > 2 ? Simd512.MultiplyAdd(d3, w0, s35) : s35;

                            gradient = ref Unsafe.Subtract(ref gradient, step);
                            weight = ref Unsafe.Add(ref weight, tap);
                        }
                    }
                }

                // Channels 0 to 3 of an image are a row of sums; so are 4 and 5 of two.
                Simd512.Sum16(
                    s00, s01, s02, s03, s10, s11, s12, s13, s20, s21, s22, s23, s30, s31, s32, s33,
                    out Vector128<float> row0, out Vector128<float> row1, out Vector128<float> row2, out Vector128<float> row3);
                StoreChannels<TChannels>(row0, ref output);

                if (TImages.Value > 1)
                {
                    StoreChannels<TChannels>(row1, ref Unsafe.Add(ref output, size));
                }

                if (TImages.Value > 2)
                {
                    StoreChannels<TChannels>(row2, ref Unsafe.Add(ref output, 2 * size));
                }

                if (TImages.Value > 2 && images > 3)
                {
                    StoreChannels<TChannels>(row3, ref Unsafe.Add(ref output, 3 * size));
                }

                if (TChannels.Value > 4)
                {
                    Vector512<float> zero = Vector512<float>.Zero;
                    Simd512.Sum16(
                        s04, s05, s14, s15, s24, s25, s34, s35, zero, zero, zero, zero, zero, zero, zero, zero,
                        out Vector128<float> images01, out Vector128<float> images23, out _, out _);
                    StoreRest<TChannels>(images01, ref Unsafe.Add(ref output, 4), size, images);
                    StoreRest<TChannels>(images23, ref Unsafe.Add(ref output, 4 + (2 * size)), size, images - 2);
                }

                output = ref Unsafe.Add(ref output, window.Channels);
            }
        }
    }

    /// <summary>The taps in one direction that a pixel was taken by at a place: the first of them and their number.</summary>
    private static (int First, int Count) Taps(int pixel, int dilation, int kernel, int places)
    {
        int first = Math.Max(0, (pixel - places + dilation) / dilation);
        int last = Math.Min(kernel - 1, pixel / dilation);

        return (first, Math.Max(0, last - first + 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreChannels<TChannels>(Vector128<float> sums, ref float dx)
        where TChannels : struct, IDimension
    {
        if (TChannels.Value >= 4)
        {
            Simd128.Store(sums, ref dx, 0);
        }
        else
        {
            Simd128.StorePart(sums, ref dx, 0, TChannels.Value);
        }
    }

    /// <summary>Stores the channels after the fourth of one image or two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreRest<TChannels>(Vector128<float> sums, ref float dx, nuint size, int images)
        where TChannels : struct, IDimension
    {
        if (images > 0)
        {
            Simd128.StorePart(sums, ref dx, 0, TChannels.Value - 4);
        }

        if (images > 1)
        {
            Simd128.StorePart(Vector128.Shuffle(sums, Vector128.Create(2, 3, 2, 3)), ref dx, size, TChannels.Value - 4);
        }
    }
}
