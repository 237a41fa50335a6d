using System.ComponentModel;

namespace Nnfs.Kernels;

/// <summary>Dropout with samples in the lanes, see <see cref="Lanes"/>. An element has the number, and so the mask, that it has in rows.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DropoutLanes
{
    /// <summary>
    /// Effectively computes <c>y[j, i] = x[j, i] / (1 − rate)</c> where the random number from 0 to 1 of <c>first + i · features + j</c> is at least
    /// <paramref name="rate"/>, and exactly zero elsewhere, even where <c>x[j, i]</c> is NaN.
    /// </summary>
    /// <param name="x">Inputs [features × stride].</param>
    /// <param name="rate">The share that is dropped, from 0 to less than 1; rounded to a multiple of 2⁻³². At 0 every element is kept as it is.</param>
    /// <param name="seed">The seed of the mask, see <see cref="Dropout.Seed"/>.</param>
    /// <param name="first">The number of the first sample's first element, at least 0.</param>
    /// <param name="y">Outputs [features × stride]; written. May be <paramref name="x"/> itself.</param>
    /// <param name="features">The number of features, at least 1.</param>
    /// <param name="stride">The distance between the features.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="rate"/>, <paramref name="first"/> or <paramref name="features"/> is out of its range.
    /// </exception>
    public static void Forward(ReadOnlySpan<float> x, float rate, ulong seed, long first, Span<float> y, int features, int stride, int samples)
    {
        Lanes.Check(x.Length, features, stride, samples);
        Lanes.Check(y.Length, features, stride, samples);
        Dropout.Check(rate, first);
        ArgumentOutOfRangeException.ThrowIfZero(features);

        Dropout.Apply(x, rate, seed, (ulong)first, distance: features, y, rows: features, stride, Lanes.Padded(samples));
    }

    /// <summary>
    /// Effectively computes <c>dx[j, i] = dy[j, i] / (1 − rate)</c> where the forward pass with the same seed and numbers kept the element, and exactly zero
    /// elsewhere.
    /// </summary>
    /// <param name="dy">Gradients of the outputs [features × stride].</param>
    /// <param name="rate">The share that is dropped, from 0 to less than 1.</param>
    /// <param name="seed">The seed of the forward pass.</param>
    /// <param name="first">The number of the first sample's first element, at least 0.</param>
    /// <param name="dx">Gradients of the inputs [features × stride]; written. May be <paramref name="dy"/> itself.</param>
    /// <param name="features">The number of features, at least 1.</param>
    /// <param name="stride">The distance between the features.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="rate"/>, <paramref name="first"/> or <paramref name="features"/> is out of its range.
    /// </exception>
    public static void Backward(ReadOnlySpan<float> dy, float rate, ulong seed, long first, Span<float> dx, int features, int stride, int samples)
    {
        Lanes.Check(dy.Length, features, stride, samples);
        Lanes.Check(dx.Length, features, stride, samples);
        Dropout.Check(rate, first);
        ArgumentOutOfRangeException.ThrowIfZero(features);

        Dropout.Apply(dy, rate, seed, (ulong)first, distance: features, dx, rows: features, stride, Lanes.Padded(samples));
    }
}
