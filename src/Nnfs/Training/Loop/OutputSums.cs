using System.Globalization;
using Nnfs.Files.Safetensors;
using Nnfs.Training.Checkpoints;

namespace Nnfs.Training;

/// <summary>What was measured so far of each output that has a loss, of a network with several inputs or outputs.</summary>
/// <param name="names">The names of these outputs.</param>
/// <param name="accuracies">When each of them counts as right.</param>
internal sealed class OutputSums(string[] names, Accuracy[] accuracies)
{
    private readonly double[] _losses = new double[names.Length];
    private readonly long[] _counted = new long[names.Length];
    private readonly long[] _right = new long[names.Length];

    /// <summary>The number of outputs.</summary>
    public int Count => names.Length;

    /// <summary>The names of the outputs.</summary>
    public ReadOnlySpan<string> Names => names;

    /// <summary>The mean of the accuracies of all outputs.</summary>
    public float MeanAccuracy
    {
        get
        {
            float sum = 0f;

            for (int i = 0; i < Count; i++)
            {
                sum += AccuracyOf(i);
            }

            return sum / Count;
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_losses);
        Array.Clear(_counted);
        Array.Clear(_right);
    }

    /// <summary>Adds a batch of an output.</summary>
    /// <param name="index">The number of the output among those with a loss.</param>
    /// <param name="loss">The mean loss of the batch.</param>
    /// <param name="counted">How much was counted.</param>
    /// <param name="right">How much of it was right.</param>
    public void Add(int index, float loss, int counted, int right)
    {
        _losses[index] += loss * accuracies[index].Weight(counted);
        _counted[index] += counted;
        _right[index] += right;
    }

    /// <summary>The number of sums of all outputs.</summary>
    public int Width => Count * 3;

    /// <summary>Copies all sums, one after the other.</summary>
    /// <param name="sums">Takes <see cref="Width"/> numbers.</param>
    public void CopyTo(Span<double> sums)
    {
        for (int i = 0; i < Count; i++)
        {
            sums[i] = _losses[i];
            sums[Count + i] = _counted[i];
            sums[(Count * 2) + i] = _right[i];
        }
    }

    /// <summary>Adds sums that <see cref="CopyTo"/> has copied.</summary>
    public void Add(ReadOnlySpan<double> sums)
    {
        for (int i = 0; i < Count; i++)
        {
            _losses[i] += sums[i];
            _counted[i] += (long)sums[Count + i];
            _right[i] += (long)sums[(Count * 2) + i];
        }
    }

    /// <summary>The mean loss of an output; 0 where nothing was counted.</summary>
    public double LossOf(int index) => _counted[index] == 0 ? 0 : _losses[index] * accuracies[index].CountsPerSample / _counted[index];

    /// <summary>The share of an output that was right; 0 where nothing was counted.</summary>
    public float AccuracyOf(int index) => _counted[index] == 0 ? 0f : (float)_right[index] / _counted[index];

    /// <summary>The sums as metadata. Every number is the shortest text that reads back as the same.</summary>
    public IEnumerable<KeyValuePair<string, string>> ToMetadata() => names.SelectMany((name, i) => (KeyValuePair<string, string>[])
    [
        new(LossName(name), _losses[i].ToString(CultureInfo.InvariantCulture)),
        new(CountedName(name), _counted[i].ToString(CultureInfo.InvariantCulture)),
        new(RightName(name), _right[i].ToString(CultureInfo.InvariantCulture)),
    ]);

    /// <summary>Reads the sums from a file's metadata; they are only taken when the result is called.</summary>
    /// <exception cref="SafetensorsException">A number is missing, or can't be right.</exception>
    public Action Read(SafetensorsHeader header)
    {
        double[] losses = [.. names.Select(name =>
            CheckpointPosition.Number<double>(header, LossName(name), double.NegativeInfinity, double.PositiveInfinity))];
        long[] counted = [.. names.Select(name => CheckpointPosition.Number<long>(header, CountedName(name), 0, long.MaxValue))];
        long[] right = [.. names.Select(name => CheckpointPosition.Number<long>(header, RightName(name), 0, long.MaxValue))];

        return () =>
        {
            losses.CopyTo(_losses, 0);
            counted.CopyTo(_counted, 0);
            right.CopyTo(_right, 0);
        };
    }

    private static string LossName(string name) => $"output.{name}.loss_sum";

    private static string CountedName(string name) => $"output.{name}.counted";

    private static string RightName(string name) => $"output.{name}.right";
}
