using System.ComponentModel;
using System.Numerics.Tensors;

namespace Nnfs.Kernels;

/// <summary>
/// Sums, products and copies with samples in the lanes, see <see cref="Lanes"/>: feature by feature, the operation of the library on its samples.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ElementsLanes
{
    /// <summary>Effectively computes <c>destination[j, i] = x[j, i] + y[j, i]</c>.</summary>
    /// <param name="x">[features × stride].</param>
    /// <param name="y">[features × stride].</param>
    /// <param name="destination">[features × stride]; written. May be one of the others itself.</param>
    /// <param name="features">The number of features.</param>
    /// <param name="stride">The distance between the features.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Add(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> destination, int features, int stride, int samples)
    {
        Lanes.Check(x.Length, features, stride, samples);
        Lanes.Check(y.Length, features, stride, samples);
        Lanes.Check(destination.Length, features, stride, samples);
        int length = Lanes.Padded(samples);

        for (int j = 0; j < features; j++)
        {
            int start = j * stride;
            TensorPrimitives.Add(x.Slice(start, length), y.Slice(start, length), destination.Slice(start, length));
        }
    }

    /// <summary>Effectively computes <c>destination[j, i] = x[j, i] · y[j, i]</c>.</summary>
    /// <inheritdoc cref="Add"/>
    public static void Multiply(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> destination, int features, int stride, int samples)
    {
        Lanes.Check(x.Length, features, stride, samples);
        Lanes.Check(y.Length, features, stride, samples);
        Lanes.Check(destination.Length, features, stride, samples);
        int length = Lanes.Padded(samples);

        for (int j = 0; j < features; j++)
        {
            int start = j * stride;
            TensorPrimitives.Multiply(x.Slice(start, length), y.Slice(start, length), destination.Slice(start, length));
        }
    }

    /// <summary>Effectively computes <c>destination[j, i] = x[j, i] · y</c>.</summary>
    /// <param name="x">[features × stride].</param>
    /// <param name="y">The factor.</param>
    /// <param name="destination">[features × stride]; written. May be <paramref name="x"/> itself.</param>
    /// <param name="features">The number of features.</param>
    /// <param name="stride">The distance between the features.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void Multiply(ReadOnlySpan<float> x, float y, Span<float> destination, int features, int stride, int samples)
    {
        Lanes.Check(x.Length, features, stride, samples);
        Lanes.Check(destination.Length, features, stride, samples);
        int length = Lanes.Padded(samples);

        for (int j = 0; j < features; j++)
        {
            int start = j * stride;
            TensorPrimitives.Multiply(x.Slice(start, length), y, destination.Slice(start, length));
        }
    }

    /// <summary>Effectively computes <c>destination[j, i] = x[j, i] · y[j, i] + addend[j, i]</c>.</summary>
    /// <param name="x">[features × stride].</param>
    /// <param name="y">[features × stride].</param>
    /// <param name="addend">[features × stride].</param>
    /// <param name="destination">[features × stride]; written. May be one of the others itself.</param>
    /// <param name="features">The number of features.</param>
    /// <param name="stride">The distance between the features.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void MultiplyAdd(
        ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> addend, Span<float> destination, int features, int stride, int samples)
    {
        Lanes.Check(x.Length, features, stride, samples);
        Lanes.Check(y.Length, features, stride, samples);
        Lanes.Check(addend.Length, features, stride, samples);
        Lanes.Check(destination.Length, features, stride, samples);
        int length = Lanes.Padded(samples);

        for (int j = 0; j < features; j++)
        {
            int start = j * stride;
            TensorPrimitives.MultiplyAdd(x.Slice(start, length), y.Slice(start, length), addend.Slice(start, length), destination.Slice(start, length));
        }
    }

    /// <summary>Effectively computes <c>y[yStart + j, i] = x[xStart + j, i]</c> for every <c>j</c> from 0 to <paramref name="count"/> − 1.</summary>
    /// <param name="x">[features × stride].</param>
    /// <param name="xStart">The first feature that is read.</param>
    /// <param name="y">[features × stride]; those features are written, the others left as they are. Must not overlap <paramref name="x"/>.</param>
    /// <param name="yStart">The first feature that is written.</param>
    /// <param name="count">The number of features that are copied.</param>
    /// <param name="stride">The distance between the features.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A start or the count is negative.</exception>
    public static void Copy(ReadOnlySpan<float> x, int xStart, Span<float> y, int yStart, int count, int stride, int samples)
    {
        CheckPart(x.Length, xStart, count, stride, samples, nameof(x));
        CheckPart(y.Length, yStart, count, stride, samples, nameof(y));
        int length = Lanes.Padded(samples);

        for (int j = 0; j < count; j++)
        {
            x.Slice((xStart + j) * stride, length).CopyTo(y.Slice((yStart + j) * stride, length));
        }
    }

    /// <summary>Effectively computes <c>y[yStart + j, i] += x[xStart + j, i]</c> for every <c>j</c> from 0 to <paramref name="count"/> − 1.</summary>
    /// <param name="x">[features × stride].</param>
    /// <param name="xStart">The first feature that is read.</param>
    /// <param name="y">[features × stride]; those features are added to, the others left as they are. Must not overlap <paramref name="x"/>.</param>
    /// <param name="yStart">The first feature that is added to.</param>
    /// <param name="count">The number of features that are added.</param>
    /// <param name="stride">The distance between the features.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A start or the count is negative.</exception>
    public static void Accumulate(ReadOnlySpan<float> x, int xStart, Span<float> y, int yStart, int count, int stride, int samples)
    {
        CheckPart(x.Length, xStart, count, stride, samples, nameof(x));
        CheckPart(y.Length, yStart, count, stride, samples, nameof(y));
        int length = Lanes.Padded(samples);

        for (int j = 0; j < count; j++)
        {
            Span<float> sums = y.Slice((yStart + j) * stride, length);
            TensorPrimitives.Add(sums, x.Slice((xStart + j) * stride, length), sums);
        }
    }

    private static void CheckPart(int length, int start, int count, int stride, int samples, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Lanes.Check(length, start + count, stride, samples, name);
    }
}
