using System.ComponentModel;
using System.Numerics.Tensors;

namespace Nnfs;

/// <summary>Draws the weights of a dense layer, row by row, as NumPy fills a new array [inputs × neurons].</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WeightInitialization
{
    /// <summary><c>w ~ √(2 / inputs) · N(0, 1)</c>.</summary>
    /// <param name="weights">The weights [inputs, neurons]; written.</param>
    /// <param name="random">The generator that is drawn from.</param>
    public static void HeNormal(TensorSpan<float> weights, NumpyRandom random) =>
        Normal(weights, MathF.Sqrt(2f / weights.Lengths[0]), random);

    /// <summary><c>w ~ U(−l, l)</c> with <c>l = √(6 / (inputs + neurons))</c>.</summary>
    /// <param name="weights">The weights [inputs, neurons]; written.</param>
    /// <param name="random">The generator that is drawn from.</param>
    public static void GlorotUniform(TensorSpan<float> weights, NumpyRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);

        if (!random.DrawsWeights)
        {
            return;
        }

        double limit = Math.Sqrt(6.0 / (weights.Lengths[0] + weights.Lengths[1]));

        for (nint input = 0; input < weights.Lengths[0]; input++)
        {
            for (nint neuron = 0; neuron < weights.Lengths[1]; neuron++)
            {
                weights[input, neuron] = (float)(((2 * random.NextDouble()) - 1) * limit);
            }
        }
    }

    /// <summary><c>w ~ 0.01 · N(0, 1)</c>.</summary>
    /// <param name="weights">The weights [inputs, neurons]; written.</param>
    /// <param name="random">The generator that is drawn from.</param>
    public static void ScaledNormal(TensorSpan<float> weights, NumpyRandom random) => Normal(weights, 0.01f, random);

    private static void Normal(TensorSpan<float> weights, float scale, NumpyRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);

        if (!random.DrawsWeights)
        {
            return;
        }

        for (nint input = 0; input < weights.Lengths[0]; input++)
        {
            for (nint neuron = 0; neuron < weights.Lengths[1]; neuron++)
            {
                weights[input, neuron] = scale * (float)random.NextGaussian();
            }
        }
    }
}
