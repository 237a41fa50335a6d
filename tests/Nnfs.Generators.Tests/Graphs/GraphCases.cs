using System.Globalization;

namespace Nnfs.Generators.Tests.Graphs;

/// <summary>Random graphs: layers that read the one before, an earlier one or an input, joins, and outputs wherever some value may end.</summary>
internal sealed class GraphCases
{
    /// <summary>Widths around the sizes of vectors and tiles are where kernels have their edges.</summary>
    private static readonly int[] s_edges = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 49, 63, 64, 65, 70];

    private static readonly int[] s_batches = [1, 2, 3, 5, 6, 7, 12, 17, 33, 64, 70];

    /// <summary>The multiplications of one pass: the reference has to do them some two hundred times.</summary>
    private const long MostWork = 400_000;

    private readonly Random _random;
    private readonly List<GraphInput> _inputs = [];
    private readonly List<GraphLayer> _layers = [];
    private readonly List<GraphOutput> _outputs = [];
    private readonly HashSet<int> _read = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly int[] _widths;
    private readonly bool _hasBatchNorm;

    private GraphCases(Random random)
    {
        _random = random;

        // Few widths, so that values often have the same size and can be added and multiplied.
        _widths = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Width())];
        _hasBatchNorm = random.Next(3) == 0;
    }

    private int Last => _layers.Count == 0 ? ~(_inputs.Count - 1) : _layers.Count - 1;

    /// <summary>The graph of a seed.</summary>
    public static GraphCase Of(int seed)
    {
        GraphCases cases = new(new Random(seed));

        return cases.Draw(seed);
    }

    private GraphCase Draw(int seed)
    {
        int inputs = Chance(0.5) ? 1 : _random.Next(2, 4);
        bool isDeclared = inputs > 1 || Chance(0.7);

        for (int k = 0; k < inputs; k++)
        {
            _inputs.Add(new GraphInput(isDeclared ? $"given{k}" : null, Chance(0.7) ? Pick(_widths) : Width()));
        }

        // Some graphs are activations and joins alone.
        bool hasParameters = Chance(0.92);
        int layers = _random.Next(2, 13);

        for (int i = 0; i < layers; i++)
        {
            AddLayer(hasParameters);
        }

        int outputs = Chance(0.45) ? 1 : _random.Next(2, 4);
        bool hasLoss = Chance(0.88);
        JoinLeftovers(outputs);
        AddOutputs(outputs, hasLoss);

        int batch = Chance(0.6) ? Pick(s_batches) : _random.Next(1, 21);
        GraphCase graph = new([.. _inputs], [.. _layers], [.. _outputs.OrderBy(static output => output.Source)], batch, batch, TakesLabels: Chance(0.5), seed);

        while (graph.Work > MostWork && graph.Batch > 1)
        {
            graph = graph with { Batch = (graph.Batch + 1) / 2 };
        }

        return graph with
        {
            WorkspaceBatch = graph.Batch + (Chance(0.5) ? 0 : _random.Next(1, 9)),
            TakesLabels = graph.TakesLabels && graph.Outputs.Any(static output => output.TakesLabels),
        };
    }

    /// <summary>Adds a layer of any kind; what stands behind a dense layer is often an activation that is fused with it.</summary>
    private void AddLayer(bool hasParameters)
    {
        if (_layers.Count > 0 && _layers[^1].Kind == GraphLayerKind.Dense && Chance(0.6))
        {
            Add(Pick(
                GraphLayerKind.ReLU,
                GraphLayerKind.ReLU,
                GraphLayerKind.LeakyReLU,
                GraphLayerKind.Sigmoid,
                GraphLayerKind.Tanh,
                GraphLayerKind.ELU,
                GraphLayerKind.GELU,
                GraphLayerKind.SiLU,
                GraphLayerKind.HardSwish,
                GraphLayerKind.Softplus,
                GraphLayerKind.Linear), Last);

            return;
        }

        int source = Chance(0.6) ? Last : AnyValue();
        double dice = _random.NextDouble();

        if (dice < 0.38 && hasParameters)
        {
            Add(GraphLayerKind.Dense, source, Pick(_widths));
        }
        else if (dice < 0.62 && (source >= 0 || _inputs[0].Name is not null))
        {
            AddJoin(source);
        }
        else if (dice < 0.72)
        {
            Add(GraphLayerKind.Dropout, source);
        }
        else if (dice < 0.8 && hasParameters)
        {
            Add(_hasBatchNorm && Chance(0.6) ? GraphLayerKind.BatchNorm : Pick(GraphLayerKind.LayerNorm, GraphLayerKind.RMSNorm), source);
        }
        else
        {
            Add(Pick(
                GraphLayerKind.ReLU,
                GraphLayerKind.LeakyReLU,
                GraphLayerKind.Sigmoid,
                GraphLayerKind.Tanh,
                GraphLayerKind.ELU,
                GraphLayerKind.GELU,
                GraphLayerKind.GELUTanh,
                GraphLayerKind.SiLU,
                GraphLayerKind.HardSwish,
                GraphLayerKind.Softplus,
                GraphLayerKind.Linear,
                GraphLayerKind.Softmax), source);
        }
    }

    /// <summary>Joins two or three values, the same one twice now and then.</summary>
    private void AddJoin(int source)
    {
        List<int> sources = [source];
        GraphLayerKind kind = Pick(GraphLayerKind.Add, GraphLayerKind.Add, GraphLayerKind.Multiply, GraphLayerKind.Concat);
        int size = SizeOf(source);

        for (int i = _random.Next(1, 3); i > 0; i--)
        {
            int other = AnyValue();

            if (kind != GraphLayerKind.Concat && SizeOf(other) != size)
            {
                int[] alike = [.. Values().Where(value => SizeOf(value) == size)];
                other = Pick(alike);
            }

            sources.Insert(_random.Next(sources.Count + 1), other);
        }

        int total = kind == GraphLayerKind.Concat ? sources.Sum(SizeOf) : size;

        if (total > 200)
        {
            Add(GraphLayerKind.Tanh, source);
        }
        else
        {
            Join(kind, [.. sources], total);
        }
    }

    /// <summary>Joins values that nothing reads, until as many are left as become outputs. Inputs become none, so they are read by a layer first.</summary>
    private void JoinLeftovers(int outputs)
    {
        while (true)
        {
            int[] unread = [.. Values().Where(value => !_read.Contains(value))];
            int[] inputs = [.. unread.Where(static value => value < 0)];

            if (inputs.Length == 0 && unread.Length <= outputs)
            {
                return;
            }

            if (unread.Length == 1)
            {
                Add(GraphLayerKind.Tanh, unread[0]);

                continue;
            }

            int[] joined = [unread[0], unread[^1]];
            Join(SizeOf(joined[0]) == SizeOf(joined[1]) && Chance(0.6) ? GraphLayerKind.Add : GraphLayerKind.Concat, joined, total: null);

            if (_layers[^1].Size > 100)
            {
                Add(GraphLayerKind.Dense, Last, Pick(_widths));
            }
        }
    }

    private void AddOutputs(int count, bool hasLoss)
    {
        int[] unread = [.. Values().Where(value => !_read.Contains(value))];
        List<int> sources = [.. unread];

        // Probabilities at an end, for the losses that compare them.
        if (Chance(0.4))
        {
            sources.Remove(Last);
            Add(Pick(GraphLayerKind.Softmax, GraphLayerKind.Sigmoid), Last);
            sources.Add(Last);
        }

        // Further outputs of layers that are read on, or that are outputs already.
        while (sources.Count < count)
        {
            sources.Add(_random.Next(_layers.Count));
        }

        bool isDeclared = sources.Count > 1 || _inputs.Count > 1 || Chance(0.3);
        HashSet<int> closed = [];

        foreach (int source in sources)
        {
            // With several outputs some have no loss.
            GraphLossKind loss = !hasLoss || (sources.Count > 1 && _outputs.Count > 0 && Chance(0.2))
                ? GraphLossKind.None
                : Loss(source, isFirst: closed.Add(source));
            float setting = loss == GraphLossKind.Huber ? Pick(0.3f, 1f, 1.7f)
                : loss == GraphLossKind.SoftmaxCrossEntropy && Chance(0.4) ? Pick(0.05f, 0.1f, 0.5f)
                : 0f;
            _outputs.Add(new GraphOutput(
                isDeclared ? $"made{_outputs.Count}" : null,
                source,
                loss,
                loss == GraphLossKind.None || Chance(0.5) ? 1f : Pick(0.25f, 0.5f, 0.7f, 2f),
                setting));
        }
    }

    private GraphLossKind Loss(int source, bool isFirst) => _layers[source].Kind switch
    {
        // The layer itself stands directly before the loss of its first output alone.
        GraphLayerKind.Softmax when isFirst && Chance(0.7) => GraphLossKind.CategoricalCrossEntropy,
        GraphLayerKind.Sigmoid when isFirst && Chance(0.7) => GraphLossKind.BinaryCrossEntropy,
        GraphLayerKind.Softmax or GraphLayerKind.Sigmoid => Pick(GraphLossKind.MeanSquaredError, GraphLossKind.MeanAbsoluteError, GraphLossKind.Huber),
        _ => Pick(
            GraphLossKind.SoftmaxCrossEntropy,
            GraphLossKind.SoftmaxCrossEntropy,
            GraphLossKind.SigmoidBinaryCrossEntropy,
            GraphLossKind.MeanSquaredError,
            GraphLossKind.MeanAbsoluteError,
            GraphLossKind.Huber),
    };

    private void Join(GraphLayerKind kind, int[] sources, int? total) => Add(new GraphLayer(
        kind, "", sources, total ?? (kind == GraphLayerKind.Concat ? sources.Sum(SizeOf) : SizeOf(sources[0]))));

    private void Add(GraphLayerKind kind, int source, int? size = null)
    {
        GraphLayer layer = new(kind, "", [source], size ?? SizeOf(source))
        {
            StatesSource = Chance(0.2) && (source >= 0 || _inputs[0].Name is not null),
            Setting = kind switch
            {
                GraphLayerKind.LeakyReLU => Pick(0f, 0.01f, 0.2f, 1f),
                GraphLayerKind.ELU => Pick(0.3f, 1f, 1.5f),
                GraphLayerKind.Dropout => Pick(0f, 0.1f, 0.3f, 0.5f, 0.9f),
                GraphLayerKind.LayerNorm or GraphLayerKind.RMSNorm or GraphLayerKind.BatchNorm => Pick(1e-5f, 1e-3f, 0.1f),
                _ => 0f,
            },
            Momentum = kind == GraphLayerKind.BatchNorm ? Pick(0.1f, 0.3f, 1f) : 0f,
        };

        Add(kind == GraphLayerKind.Dense && Chance(0.3) ? layer with { Penalties = [Penalty(), Penalty()] } : layer);
    }

    private void Add(GraphLayer layer)
    {
        string kind = layer.Kind == GraphLayerKind.GELUTanh ? "GELU" : layer.Kind.ToString();
        int number = _counts.GetValueOrDefault(kind) + 1;
        _counts[kind] = number;
        bool statesName = Chance(0.2);
        _read.UnionWith(layer.Sources);
        _layers.Add(layer with
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"{(statesName ? "Node" : kind)}{(statesName ? _layers.Count : number)}"),
            StatesName = statesName,
        });
    }

    private (float L1, float L2) Penalty() => (Pick(0f, 0f, 1e-3f, 0.02f), Pick(0f, 5e-4f, 0.01f));

    /// <summary>The values that layers can name, and the one that arrives at the first.</summary>
    private IEnumerable<int> Values() =>
        Enumerable.Range(0, _inputs.Count)
            .Where(_ => _inputs[0].Name is not null || _layers.Count == 0)
            .Select(static k => ~k)
            .Concat(Enumerable.Range(0, _layers.Count));

    private int AnyValue() => Pick(Values().ToArray());

    private int SizeOf(int source) => source < 0 ? _inputs[~source].Size : _layers[source].Size;

    private int Width() =>
        _random.Next(40) == 0 ? _random.Next(100, 201) : Chance(0.5) ? _random.Next(1, 13) : Chance(0.5) ? _random.Next(13, 71) : Pick(s_edges);

    private bool Chance(double probability) => _random.NextDouble() < probability;

    private T Pick<T>(params T[] values) => values[_random.Next(values.Length)];
}
