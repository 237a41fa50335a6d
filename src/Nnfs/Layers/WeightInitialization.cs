using System.ComponentModel;
using System.Numerics.Tensors;

namespace Nnfs;

/// <summary>
/// Draws the weights of a layer, row by row, as NumPy fills a new array. The last two dimensions are what a weight leads from and to; before them are the
/// pixels or steps of a window, if any. A value that the layer gives is made of <c>inputs = pixels · [second last]</c> values, and each that it takes goes into
/// <c>outputs = pixels · [last]</c>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WeightInitialization
{
    /// <summary><c>w ~ √(2 / inputs) · N(0, 1)</c>.</summary>
    /// <param name="weights">The weights, such as [inputs, neurons]; written.</param>
    /// <param name="random">The generator that is drawn from.</param>
    public static void HeNormal(TensorSpan<float> weights, NumpyRandom random) =>
        Normal(weights, MathF.Sqrt(2f / (Pixels(weights) * weights.Lengths[^2])), random);

    /// <summary><c>w ~ U(−l, l)</c> with <c>l = √(6 / (inputs + outputs))</c>.</summary>
    /// <param name="weights">The weights, such as [inputs, neurons]; written.</param>
    /// <param name="random">The generator that is drawn from.</param>
    public static void GlorotUniform(TensorSpan<float> weights, NumpyRandom random) =>
        Uniform(weights, Math.Sqrt(6.0 / (Pixels(weights) * (weights.Lengths[^2] + weights.Lengths[^1]))), random);

    /// <summary>
    /// The same for weights [kernel height, kernel width, channels] that take each channel by itself: each value is made of as many values as the window has
    /// pixels, and goes into as many. <see cref="HeNormal"/> counts them as they are.
    /// </summary>
    /// <param name="weights">The weights; written.</param>
    /// <param name="random">The generator that is drawn from.</param>
    public static void GlorotUniformDepthwise(TensorSpan<float> weights, NumpyRandom random) =>
        Uniform(weights, Math.Sqrt(6.0 / (2 * Pixels(weights) * weights.Lengths[^2])), random);

    /// <summary><c>w ~ 0.01 · N(0, 1)</c>.</summary>
    /// <param name="weights">The weights, such as [inputs, neurons]; written.</param>
    /// <param name="random">The generator that is drawn from.</param>
    public static void ScaledNormal(TensorSpan<float> weights, NumpyRandom random) => Normal(weights, 0.01f, random);

    /// <summary>
    /// Rows of length 1 at right angles to each other (Saxe et al. 2014, "Exact solutions to the nonlinear dynamics of learning"), as for recurrent weights: of
    /// rows drawn from N(0, 1), row by row, each loses its parts along those before it. There must not be more rows than columns.
    /// </summary>
    /// <param name="weights">The weights, such as [units, gates · units]; written.</param>
    /// <param name="random">The generator that is drawn from.</param>
    public static void Orthogonal(TensorSpan<float> weights, NumpyRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);

        if (!random.DrawsWeights)
        {
            return;
        }

        int columns = (int)weights.Lengths[^1];
        double[] rows = new double[weights.FlattenedLength];

        for (int start = 0; start < rows.Length; start += columns)
        {
            Span<double> row = rows.AsSpan(start, columns);

            foreach (ref double value in row)
            {
                value = random.NextGaussian();
            }

            // What rounding leaves the first time is gone after the second.
            for (int pass = 0; pass < 2; pass++)
            {
                for (int other = 0; other < start; other += columns)
                {
                    ReadOnlySpan<double> before = rows.AsSpan(other, columns);
                    TensorPrimitives.MultiplyAdd(before, -TensorPrimitives.Dot(row, before), row, row);
                }

                TensorPrimitives.Divide(row, TensorPrimitives.Norm<double>(row), row);
            }
        }

        int index = 0;

        foreach (ref float weight in weights)
        {
            weight = (float)rows[index++];
        }
    }

    /// <summary>Biases of a long short-term memory that remembers at first: 1 for the forget gate, the second of four, and 0 for the others.</summary>
    /// <param name="biases">The biases [4 · units]; written.</param>
    /// <param name="random">The generator, from which nothing is drawn.</param>
    public static void ForgetGate(Span<float> biases, NumpyRandom random)
    {
        int units = biases.Length / 4;
        biases.Clear();
        biases.Slice(units, units).Fill(1f);
    }

    /// <summary><c>w ~ U(−0.05, 0.05)</c>.</summary>
    /// <param name="weights">The weights; written.</param>
    /// <param name="random">The generator that is drawn from.</param>
    public static void SmallUniform(TensorSpan<float> weights, NumpyRandom random) => Uniform(weights, 0.05, random);

    /// <summary><c>w ~ 0.02 · N(0, 1)</c>.</summary>
    /// <param name="weights">The weights; written.</param>
    /// <param name="random">The generator that is drawn from.</param>
    public static void SmallNormal(TensorSpan<float> weights, NumpyRandom random) => Normal(weights, 0.02f, random);

    private static void Uniform(TensorSpan<float> weights, double limit, NumpyRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);

        if (!random.DrawsWeights)
        {
            return;
        }

        foreach (ref float weight in weights)
        {
            weight = (float)(((2 * random.NextDouble()) - 1) * limit);
        }
    }

    private static void Normal(TensorSpan<float> weights, float scale, NumpyRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);

        if (!random.DrawsWeights)
        {
            return;
        }

        foreach (ref float weight in weights)
        {
            weight = scale * (float)random.NextGaussian();
        }
    }

    /// <summary>The pixels of the window that the weights are for.</summary>
    private static nint Pixels(TensorSpan<float> weights)
    {
        nint pixels = 1;

        foreach (nint length in weights.Lengths[..^2])
        {
            pixels *= length;
        }

        return pixels;
    }
}
