using System.Globalization;
using System.Runtime.InteropServices;
using Nnfs;
using Playground.Data;

namespace Playground.Training;

/// <summary>What the page shows: points, a network, and how it is trained.</summary>
internal sealed class Session
{
    /// <summary>The pictures have as many points in each direction.</summary>
    public const int PictureSize = 50;

    /// <summary>They show the plane from −<see cref="View"/> to <see cref="View"/>.</summary>
    public const float View = 1.25f;

    private const int MostParameters = 1_000_000;

    /// <summary>Every second point of a picture in both directions.</summary>
    private static readonly int[] s_smallPicture =
    [
        .. from row in Enumerable.Range(0, PictureSize / 2) from column in Enumerable.Range(0, PictureSize / 2) select (2 * row * PictureSize) + (2 * column),
    ];

    private readonly float[] _picturePoints = CreatePicturePoints();
    private readonly int[] _pictureLabels = new int[PictureSize * PictureSize];

    private ITrainee? _trainee;
    private Optimizer? _optimizer;
    private Penalty? _penalty;
    private NumpyRandom _random = new(0);
    private int[] _order = [];
    private float[] _batchFeatures = [];
    private int[] _batchLabels = [];
    private int _next;
    private long _samples;

    /// <summary>The points.</summary>
    public PointSet Points { get; private set; } = Shapes.Draw("spiral", 300, 0.02, 0);

    /// <summary>How the network is trained.</summary>
    public TrainingSettings Settings { get; private set; } = new("Adam", 0.01f, "none", 0, 0, 0);

    /// <summary>The share of the points that the network does not learn from.</summary>
    public double TestShare { get; private set; }

    /// <summary>What the network learns from, and what it is tested with.</summary>
    public (Dataset Training, Dataset Test) Split { get; private set; }

    /// <summary>The steps since the weights were drawn.</summary>
    public long Steps { get; private set; }

    /// <summary>The network.</summary>
    public ITrainee Trainee => _trainee ?? throw new PlaygroundException("There is no network yet: choose one first.");

    /// <summary>How often all training samples were seen.</summary>
    public double Epochs => (double)_samples / Split.Training.Count;

    private int BatchSize => Settings.BatchSize == 0 ? Split.Training.Count : Math.Min(Settings.BatchSize, Split.Training.Count);

    /// <summary>Takes everything anew, and draws the weights.</summary>
    /// <exception cref="PlaygroundException">They don't fit; nothing is changed.</exception>
    public void Begin(PointSet points, double testShare, NetworkClass network, TrainingSettings settings)
    {
        if (network.InputSize != 2)
        {
            throw new PlaygroundException($"'{network.Network.Name}' takes {network.InputSize} features, but the points of the page have 2: [Network(2)].");
        }

        if (network.OutputSize < points.Data.ClassCount)
        {
            throw new PlaygroundException(
                $"'{network.Network.Name}' gives {network.OutputSize} {(network.OutputSize == 1 ? "output" : "outputs")}, but the data have "
                + $"{points.Data.ClassCount} classes: the last layer needs [Dense({points.Data.ClassCount})].");
        }

        if (network.ParameterCount > MostParameters)
        {
            throw new PlaygroundException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{network.Network.Name}' has {network.ParameterCount:N0} parameters, but the page trains at most {MostParameters:N0}."));
        }

        (Dataset Training, Dataset Test) split = testShare > 0 ? points.Data.Split(testShare, settings.Seed) : (points.Data, points.Data.Subset());

        if (split.Training.Count == 0)
        {
            throw new PlaygroundException($"All {points.Data.Count} points would be kept for the test: keep a smaller share, or add points.");
        }

        Optimizer optimizer = settings.CreateOptimizer();
        NumpyRandom random = new(settings.Seed);

        // Batches may become larger later on.
        _trainee = network.Create(random, split.Training.Count, Math.Max(PictureSize * PictureSize, points.Data.Count));
        _random = random;
        Points = points;
        TestShare = testShare;
        Settings = settings;
        Split = split;
        _optimizer = optimizer;
        _penalty = Penalty.Of(Settings, _trainee.Network);
        _order = [.. Enumerable.Range(0, Split.Training.Count)];
        _batchFeatures = new float[2 * BatchSize];
        _batchLabels = new int[BatchSize];
        _next = _order.Length;
        _samples = 0;
        Steps = 0;
    }

    /// <summary>Changes how the training goes on, without drawing the weights again; what the optimizer remembers is lost.</summary>
    public void Change(TrainingSettings settings)
    {
        _optimizer = settings.CreateOptimizer();
        Settings = settings;
        _penalty = Penalty.Of(settings, Trainee.Network);
        _batchFeatures = new float[2 * BatchSize];
        _batchLabels = new int[BatchSize];
    }

    /// <summary>Trains.</summary>
    /// <param name="steps">The number of batches.</param>
    public void Step(int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            if (BatchSize == Split.Training.Count)
            {
                Step(Split.Training.Features, Split.Training.Labels);
            }
            else
            {
                int count = GatherBatch();
                Step(_batchFeatures.AsSpan(0, 2 * count), _batchLabels.AsSpan(0, count));
            }
        }
    }

    /// <summary>What the network is worth now.</summary>
    public Measures Measure()
    {
        (double trainingLoss, double trainingAccuracy) = Evaluate(Split.Training);
        (double testLoss, double testAccuracy) = Evaluate(Split.Test);

        return new(Steps, Epochs, trainingLoss, testLoss, trainingAccuracy, testAccuracy);
    }

    /// <summary>The probabilities of the classes over the plane, row by row from the top left; the layers' outputs are those of these points.</summary>
    public ReadOnlySpan<float> Look()
    {
        Trainee.Evaluate(_picturePoints, _pictureLabels, out ReadOnlySpan<float> outputs);

        return outputs;
    }

    /// <summary>What the neurons of a layer give over the plane, every second point in both directions: call it after <see cref="Look"/>.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="pictures">Takes [neurons × points], for as many of the first neurons as there is room.</param>
    public void LookAt(LayerInfo layer, Span<float> pictures)
    {
        int size = s_smallPicture.Length;

        for (int neuron = 0; neuron < pictures.Length / size; neuron++)
        {
            Trainee.CopyOutputs(layer, neuron, s_smallPicture, pictures.Slice(neuron * size, size));
        }
    }

    /// <summary>The weights and biases, tensor by tensor in the order of the layers, row-major; or, of the same form, the gradients of the last step.</summary>
    public byte[] Pack(bool gradients)
    {
        Span<float> block = gradients ? Trainee.Gradients : Trainee.Network.Parameters;
        float[] packed = new float[Trainee.Network.Info.ParameterCount];
        int start = 0;

        foreach (LayerInfo layer in Trainee.Network.Info.Layers)
        {
            foreach (TensorInfo tensor in layer.Tensors.Where(static tensor => tensor.IsTrained))
            {
                tensor.In(block).FlattenTo(packed.AsSpan(start, (int)tensor.Count));
                start += (int)tensor.Count;
            }
        }

        return MemoryMarshal.AsBytes<float>(packed).ToArray();
    }

    private static float[] CreatePicturePoints()
    {
        float[] points = new float[2 * PictureSize * PictureSize];

        for (int i = 0; i < PictureSize * PictureSize; i++)
        {
            (int row, int column) = Math.DivRem(i, PictureSize);
            points[2 * i] = View * ((((2 * column) + 1f) / PictureSize) - 1);
            points[(2 * i) + 1] = View * (1 - (((2 * row) + 1f) / PictureSize));
        }

        return points;
    }

    private void Step(ReadOnlySpan<float> features, ReadOnlySpan<int> labels)
    {
        Trainee.ForwardBackward(features, labels);
        _penalty?.AddTo(Trainee.Gradients, Trainee.Network.Parameters);
        Trainee.Update(_optimizer!);
        _samples += labels.Length;
        Steps++;
    }

    /// <summary>Copies the samples of the next batch, in a new order for each epoch; the last batch may be smaller.</summary>
    private int GatherBatch()
    {
        if (_next >= _order.Length)
        {
            _next = 0;

            for (int last = _order.Length - 1; last > 0; last--)
            {
                int other = (int)(_random.NextDouble() * (last + 1));
                (_order[last], _order[other]) = (_order[other], _order[last]);
            }
        }

        int count = Math.Min(BatchSize, _order.Length - _next);
        ReadOnlySpan<float> features = Split.Training.Features;
        ReadOnlySpan<int> labels = Split.Training.Labels;

        for (int i = 0; i < count; i++)
        {
            int sample = _order[_next + i];
            _batchFeatures[2 * i] = features[2 * sample];
            _batchFeatures[(2 * i) + 1] = features[(2 * sample) + 1];
            _batchLabels[i] = labels[sample];
        }

        _next += count;

        return count;
    }

    private (double Loss, double Accuracy) Evaluate(Dataset data)
    {
        if (data.Count == 0)
        {
            return (double.NaN, double.NaN);
        }

        float loss = Trainee.Evaluate(data.Features, data.Labels, out ReadOnlySpan<float> outputs);
        int classes = outputs.Length / data.Count;
        int right = 0;

        for (int i = 0; i < data.Count; i++)
        {
            ReadOnlySpan<float> row = outputs.Slice(i * classes, classes);
            float ofLabel = row[data.Labels[i]];
            bool isRight = true;

            foreach (float other in row)
            {
                isRight &= other <= ofLabel;
            }

            right += isRight ? 1 : 0;
        }

        return (loss, (double)right / data.Count);
    }
}
