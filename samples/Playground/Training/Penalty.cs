using System.Numerics.Tensors;
using Nnfs;

namespace Playground.Training;

/// <summary>
/// Adds the gradients of λ·Σ|w| or λ·Σw² over all weights, which <c>WeightL1</c> and <c>WeightL2</c> of the attributes mean, to those of the loss: so one
/// compiled class serves every λ.
/// </summary>
internal sealed class Penalty
{
    private readonly float[] _rates;
    private readonly float[] _room;
    private readonly bool _isAbsolute;

    private Penalty(float[] rates, bool isAbsolute)
    {
        _rates = rates;
        _room = new float[rates.Length];
        _isAbsolute = isAbsolute;
    }

    /// <summary>The penalty of settings; null where there is none.</summary>
    public static Penalty? Of(TrainingSettings settings, INetwork network)
    {
        float rate = settings.L1 > 0 ? settings.L1 : 2 * settings.L2;

        if (rate == 0)
        {
            return null;
        }

        float[] rates = new float[network.Parameters.Length];

        foreach (LayerInfo layer in network.Info.Layers)
        {
            foreach (TensorInfo tensor in layer.Tensors)
            {
                if (tensor.Name.EndsWith("weights", StringComparison.Ordinal))
                {
                    tensor.In(rates.AsSpan()).Fill(rate);
                }
            }
        }

        return new(rates, isAbsolute: settings.L1 > 0);
    }

    /// <summary>Adds the gradients.</summary>
    public void AddTo(Span<float> gradients, ReadOnlySpan<float> parameters)
    {
        if (_isAbsolute)
        {
            TensorPrimitives.CopySign(_rates, parameters, _room);
            TensorPrimitives.Add(gradients, _room, gradients);
        }
        else
        {
            TensorPrimitives.MultiplyAdd(_rates, parameters, gradients, gradients);
        }
    }
}
