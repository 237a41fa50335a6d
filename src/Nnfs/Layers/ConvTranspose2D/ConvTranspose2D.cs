using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nnfs.Kernels.MatrixProducts;

namespace Nnfs.Kernels;

/// <summary>
/// The transposed convolution of images, channels last: what <see cref="Conv2D"/> does to gradients on its way back. A window moves over the outputs
/// [samples × height × width × filters] and has a place for every pixel of <c>x</c> [samples × places × channels]. Each pixel times the weights is added to the
/// pixels under the window at its place, <c>(iy·stride + ky·dilation − top, ix·stride + kx·dilation − left)</c>. The weights are a matrix with a row for every
/// tap <c>(ky, kx)</c> of the window and channel <c>c</c>, padded as those of <see cref="Dense"/>, and a column for every filter.
/// </summary>
/// <remarks>
/// Every row of pixels times the weights of a tap is a matrix product whose rows lie <c>stride</c> pixels apart in the outputs; none is copied.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ConvTranspose2D
{
    /// <summary>
    /// Effectively computes <c>y[i, iy·stride + ky·dilation − top, ix·stride + kx·dilation − left, f] += Σ x[i, iy, ix, c] · w[ky, kx, c, f]</c>, with the sums
    /// starting at <c>b[f]</c>.
    /// </summary>
    /// <param name="window">The window over the outputs.</param>
    /// <param name="channels">The channels of the inputs.</param>
    /// <param name="x">Images [samples × places × channels].</param>
    /// <param name="w">Weights [kernelHeight × kernelWidth × channels × stride of the filters].</param>
    /// <param name="b">Biases [filters], or none.</param>
    /// <param name="y">Outputs [samples × height × width × filters]; written.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The channels are fewer than 1.</exception>
    public static void Forward(
        Window2D window, int channels, ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y, int samples)
    {
        Check(window, channels);
        int filters = window.Channels;
        int stride = MatrixLayout.RowStride(filters);
        ShapeGuard.AtLeast(x.Length, samples, window.Places * channels);
        ShapeGuard.AtLeast(w.Length, window.Taps * channels, stride);
        ShapeGuard.AtLeast(b.Length, b.IsEmpty ? 0 : 1, filters);
        ShapeGuard.AtLeast(y.Length, samples, window.Size);

        scoped GemmMatrices product = new()
        {
            ARow = (nuint)channels,
            ATerm = 1,
            BRow = (nuint)stride,
            CRow = (nuint)(window.Stride * filters),
            Terms = (nuint)channels,
        };

        for (int i = 0; i < samples; i++)
        {
            Span<float> outputs = y.Slice(i * window.Size, window.Size);
            Start(outputs, b, filters);

            foreach (RowUnderTap row in new RowsUnderTaps(window))
            {
                product.A = ref x[((i * window.Places) + row.Place) * channels];
                product.B = ref w[row.Tap * channels * stride];
                product.C = ref outputs[row.Pixel * filters];
                Dense.Multiply<GemmForm.Sum>(in product, row.Count, filters, stride);
            }
        }
    }

    /// <summary>Effectively computes the same as <see cref="Forward"/> and then <c>max(0, y)</c>; NaN stays NaN.</summary>
    /// <inheritdoc cref="Forward"/>
    public static void ForwardReLU(
        Window2D window, int channels, ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b, Span<float> y, int samples)
    {
        Forward(window, channels, x, w, b, y, samples);
        y = y[..(samples * window.Size)];
        ReLU.Forward(y, y);
    }

    /// <summary>
    /// Effectively computes <c>transposed[ky, kx, f, c] = w[ky, kx, c, f]</c> for some taps, which the gradients of the inputs are computed from.
    /// </summary>
    /// <param name="window">The window over the outputs.</param>
    /// <param name="channels">The channels of the inputs.</param>
    /// <param name="w">Weights [kernelHeight × kernelWidth × channels × stride of the filters].</param>
    /// <param name="transposed">
    /// The transposed weights [kernelHeight × kernelWidth × filters × stride of the channels]; written, except for the padding.
    /// </param>
    /// <param name="start">The first of the taps.</param>
    /// <param name="count">Their number.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The channels are fewer than 1, or the range of taps is not within the window's.</exception>
    public static void Transpose(Window2D window, int channels, ReadOnlySpan<float> w, Span<float> transposed, int start, int count)
    {
        Check(window, channels);
        int filters = window.Channels;
        int stride = MatrixLayout.RowStride(filters);
        int transposedStride = MatrixLayout.RowStride(channels);
        ShapeGuard.AtLeast(w.Length, window.Taps * channels, stride);
        ShapeGuard.AtLeast(transposed.Length, window.Taps * filters, transposedStride);
        ShapeGuard.Part(start, count, window.Taps);

        for (int tap = start; tap < start + count; tap++)
        {
            Transposition.Run(
                in w[tap * channels * stride], (nuint)stride, ref transposed[tap * filters * transposedStride], (nuint)transposedStride, channels, filters);
        }
    }

    /// <summary>
    /// Effectively computes the gradients of the inputs of <see cref="Forward"/>:
    /// <c>dx[i, iy, ix, c] = Σ dy[i, iy·stride + ky·dilation − top, ix·stride + kx·dilation − left, f] · w[ky, kx, c, f]</c>.
    /// </summary>
    /// <param name="window">The window over the outputs.</param>
    /// <param name="channels">The channels of the inputs.</param>
    /// <param name="dy">Gradients of the outputs [samples × height × width × filters].</param>
    /// <param name="transposed">The transposed weights, as <see cref="Transpose"/> gives them.</param>
    /// <param name="dx">Gradients of the inputs [samples × places × channels]; written.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The channels are fewer than 1.</exception>
    public static void BackwardInputs(
        Window2D window, int channels, ReadOnlySpan<float> dy, ReadOnlySpan<float> transposed, Span<float> dx, int samples)
    {
        Check(window, channels);
        int filters = window.Channels;
        int stride = MatrixLayout.RowStride(channels);
        ShapeGuard.AtLeast(dy.Length, samples, window.Size);
        ShapeGuard.AtLeast(transposed.Length, window.Taps * filters, stride);
        ShapeGuard.AtLeast(dx.Length, samples, window.Places * channels);

        scoped GemmMatrices product = new()
        {
            ARow = (nuint)(window.Stride * filters),
            ATerm = 1,
            BRow = (nuint)stride,
            CRow = (nuint)channels,
            Terms = (nuint)filters,
        };

        dx[..(samples * window.Places * channels)].Clear();

        for (int i = 0; i < samples; i++)
        {
            foreach (RowUnderTap row in new RowsUnderTaps(window))
            {
                product.A = ref dy[(i * window.Size) + (row.Pixel * filters)];
                product.B = ref transposed[row.Tap * filters * stride];
                product.C = ref dx[((i * window.Places) + row.Place) * channels];
                Dense.Multiply<GemmForm.Sum>(in product, row.Count, channels, stride);
            }
        }
    }

    /// <summary>
    /// Effectively computes the same as <see cref="BackwardInputs"/> where <c>x &gt; 0</c> and zero elsewhere, back through the ReLU that gave <c>x</c>.
    /// </summary>
    /// <param name="window">The window over the outputs.</param>
    /// <param name="channels">The channels of the inputs.</param>
    /// <param name="dy">Gradients of the outputs [samples × height × width × filters].</param>
    /// <param name="transposed">The transposed weights, as <see cref="Transpose"/> gives them.</param>
    /// <param name="x">The inputs of the forward pass, outputs of a ReLU.</param>
    /// <param name="first">The first sample in <paramref name="x"/>.</param>
    /// <param name="dx">Gradients of what the ReLU took [samples × places × channels]; written.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The channels are fewer than 1, or <paramref name="first"/> is negative.</exception>
    public static void BackwardInputsReLU(
        Window2D window,
        int channels,
        ReadOnlySpan<float> dy,
        ReadOnlySpan<float> transposed,
        AlignedBlock x,
        int first,
        Span<float> dx,
        int samples)
    {
        Check(window, channels);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        int inputs = window.Places * channels;
        ShapeGuard.AtLeast(x.Length, first + samples, inputs);

        BackwardInputs(window, channels, dy, transposed, dx, samples);
        dx = dx[..(samples * inputs)];
        ReLU.Backward(x.Slice(first * inputs, dx.Length), dx, dx);
    }

    /// <summary>
    /// Effectively computes <c>dw[ky, kx, c, f] = Σ x[i, iy, ix, c] · dy[i, iy·stride + ky·dilation − top, ix·stride + kx·dilation − left, f]</c> for some rows
    /// <c>(ky, kx, c)</c>, and with the first of them <c>db[f] = Σ dy[i, y, x, f]</c>, overwriting both or adding to them, and leaving their padding as it is.
    /// </summary>
    /// <param name="window">The window over the outputs.</param>
    /// <param name="channels">The channels of the inputs.</param>
    /// <param name="x">The images of the forward pass [samples × places × channels].</param>
    /// <param name="dy">Gradients of the outputs, followed by at least 16 floats that may be read.</param>
    /// <param name="first">The first sample in <paramref name="dy"/>.</param>
    /// <param name="dw">Gradients of the weights [kernelHeight × kernelWidth × channels × stride of the filters]; written.</param>
    /// <param name="db">Gradients of the biases [stride of the filters], or none; written.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="start">The first of the rows whose weights' gradients are computed.</param>
    /// <param name="count">Their number.</param>
    /// <param name="adds">
    /// Whether the sums go on from what is there: the samples of a batch, taken part by part, then give the same bits as all at once.
    /// </param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The channels are fewer than 1, the range of rows is not within the weights', or <paramref name="first"/> is negative.
    /// </exception>
    public static void BackwardParameters(
        Window2D window,
        int channels,
        ReadOnlySpan<float> x,
        AlignedBlock dy,
        int first,
        Span<float> dw,
        Span<float> db,
        int samples,
        int start,
        int count,
        bool adds)
    {
        Check(window, channels);
        ArgumentNullException.ThrowIfNull(dy);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        int filters = window.Channels;
        int stride = MatrixLayout.RowStride(filters);
        ShapeGuard.AtLeast(x.Length, samples, window.Places * channels);
        ShapeGuard.AtLeast(dy.Length, first + samples, window.Size);
        ShapeGuard.AtLeast(dw.Length, window.Taps * channels, stride);
        ShapeGuard.AtLeast(db.Length, db.IsEmpty ? 0 : 1, stride);
        ShapeGuard.Part(start, count, window.Taps * channels);

        if (count == 0)
        {
            return;
        }

        for (int row = start; row < start + count && !adds; row++)
        {
            dw.Slice(row * stride, filters).Clear();
        }

        // A row of x is a column of xᵀ, so the strides of x change places.
        ref float gradients = ref Unsafe.Add(ref MemoryMarshal.GetReference(dy.Span), (nint)first * window.Size);
        scoped GemmMatrices product = new()
        {
            ARow = 1,
            ATerm = (nuint)channels,
            BRow = (nuint)(window.Stride * filters),
            IsBUnpadded = true,
            CRow = (nuint)stride,
        };

        for (int i = 0; i < samples; i++)
        {
            foreach (RowUnderTap row in new RowsUnderTaps(window))
            {
                int channel = Math.Max(0, start - (row.Tap * channels));
                int end = Math.Min(channels, start + count - (row.Tap * channels));

                if (channel < end)
                {
                    product.A = ref x[(((i * window.Places) + row.Place) * channels) + channel];
                    product.B = ref Unsafe.Add(ref gradients, ((nint)i * window.Size) + ((nint)row.Pixel * filters));
                    product.C = ref dw[((row.Tap * channels) + channel) * stride];
                    product.Terms = (nuint)row.Count;
                    Dense.Multiply<GemmForm.Sum>(in product, end - channel, filters, stride);
                }
            }
        }

        if (start == 0 && !db.IsEmpty)
        {
            if (!adds)
            {
                db[..filters].Clear();
            }

            // db = 1ᵀ·dy: one row of ones, read with a stride of zero.
            product.A = ref GemmMatrices.One;
            product.ARow = 0;
            product.ATerm = 0;
            product.B = ref gradients;
            product.BRow = (nuint)filters;
            product.C = ref MemoryMarshal.GetReference(db);
            product.Terms = (nuint)samples * (nuint)(window.Height * window.Width);
            Dense.Multiply<GemmForm.Sum>(in product, 1, filters, stride);
        }
    }

    /// <summary>Sets each pixel to the biases, or to zero.</summary>
    private static void Start(Span<float> outputs, ReadOnlySpan<float> b, int filters)
    {
        if (b.IsEmpty)
        {
            outputs.Clear();

            return;
        }

        // What is there is copied behind itself, so that few copies are long.
        b[..filters].CopyTo(outputs);

        for (int done = filters; done < outputs.Length; done *= 2)
        {
            outputs[..Math.Min(done, outputs.Length - done)].CopyTo(outputs[done..]);
        }
    }

    private static void Check(Window2D window, int channels)
    {
        ArgumentNullException.ThrowIfNull(window);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
    }
}
