using System.Numerics.Tensors;

namespace Nnfs.Benchmarks;

/// <summary>A prediction by span operations: to a sample's row of sums, one row of weights after another is added, times its input.</summary>
internal sealed class TensorPrimitivesContestant : Contestant
{
    private readonly Workload _workload;
    private readonly float[][] _parameters;
    private readonly float[][] _sums;
    private readonly float[] _outputs;

    public TensorPrimitivesContestant(string name, Workload workload)
        : base(name)
    {
        _workload = workload;
        _parameters = [.. workload.Parameters];
        _sums = [.. workload.Network.DenseSizes!.Skip(1).Select(static neurons => new float[neurons])];
        _outputs = new float[workload.Samples * workload.Network.Outputs];
    }

    public override float[] Answer()
    {
        Run(_workload.Samples / _workload.Batch);

        return [.. _outputs];
    }

    public override void Run(int operations)
    {
        int sample = 0;

        for (int operation = 0; operation < operations; operation++)
        {
            for (int i = 0; i < _workload.Batch; i++)
            {
                Predict(sample);
                sample = sample + 1 == _workload.Samples ? 0 : sample + 1;
            }
        }
    }

    private void Predict(int sample)
    {
        int inputs = _workload.Network.Inputs;
        ReadOnlySpan<float> x = _workload.Inputs.AsSpan(sample * inputs, inputs);

        for (int layer = 0; layer < _sums.Length; layer++)
        {
            ReadOnlySpan<float> weights = _parameters[2 * layer];
            Span<float> sums = _sums[layer];
            _parameters[(2 * layer) + 1].CopyTo(sums);

            for (int k = 0; k < x.Length; k++)
            {
                TensorPrimitives.MultiplyAdd(weights.Slice(k * sums.Length, sums.Length), x[k], sums, sums);
            }

            if (layer < _sums.Length - 1)
            {
                TensorPrimitives.Max(sums, 0f, sums);
            }
            else
            {
                // SoftMax itself does not subtract the maximum.
                TensorPrimitives.Subtract(sums, TensorPrimitives.Max((ReadOnlySpan<float>)sums), sums);
                TensorPrimitives.SoftMax(sums, _outputs.AsSpan(sample * sums.Length, sums.Length));
            }

            x = sums;
        }
    }
}
