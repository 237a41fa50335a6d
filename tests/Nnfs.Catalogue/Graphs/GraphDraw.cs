using System.Globalization;
using Nnfs.Catalogue.Drawing;
using Nnfs.Catalogue.Layers;
using Nnfs.Catalogue.Losses;

namespace Nnfs.Catalogue.Graphs;

/// <summary>Random graphs: layers that read the one before, an earlier one or an input, joins, and outputs wherever some value may end.</summary>
internal sealed class GraphDraw
{
    /// <summary>Widths around the sizes of vectors and tiles are where kernels have their edges.</summary>
    private static readonly int[] s_edges = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 49, 63, 64, 65, 70];

    private static readonly int[] s_batches = [1, 2, 3, 5, 6, 7, 12, 17, 33, 64, 70];

    /// <summary>The multiplications of one pass: the reference has to do them some two hundred times.</summary>
    private const long MostWork = 400_000;

    /// <summary>The values of a sample that a join may come to.</summary>
    private const int MostJoined = 200;

    private readonly Random _random;
    private readonly List<GraphInput> _inputs = [];
    private readonly List<GraphLayer> _layers = [];
    private readonly List<GraphOutput> _outputs = [];
    private readonly HashSet<int> _read = [];

    /// <summary>The inputs that are indices.</summary>
    private readonly HashSet<int> _indices = [];

    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly int[] _widths;

    /// <summary>The steps or pixels of most inputs; none where samples have one dimension.</summary>
    private readonly int[] _positions;

    /// <summary>The kinds that the graph is made of: some have no parameters, and few mix samples.</summary>
    private readonly LayerEntry[] _kinds;

    private GraphDraw(Random random)
    {
        _random = random;

        // Few widths, so that values often have the same size and can be added and multiplied.
        _positions = random.Chance(0.2) ? [random.Next(2, 8), random.Next(2, 8)]
            : random.Chance(0.3) ? [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(1, 5))]
            : [];
        _widths = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Width())];
        bool hasParameters = random.Chance(0.92);
        bool mixesSamples = random.Next(3) == 0;
        _kinds = [.. LayerEntries.All.Where(kind => (hasParameters || !kind.HasParameters) && (mixesSamples || !kind.MixesSamples))];
    }

    private int Last => _layers.Count == 0 ? ~(_inputs.Count - 1) : _layers.Count - 1;

    /// <summary>The graph of a seed.</summary>
    public static GraphCase Of(int seed)
    {
        GraphDraw draw = new(new Random(seed));

        return draw.Draw(seed) with { IsPlain = seed % 6 == 0 };
    }

    private GraphCase Draw(int seed)
    {
        int inputs = _random.Chance(0.5) ? 1 : _random.Next(2, 4);
        bool isDeclared = inputs > 1 || _random.Chance(0.7);

        for (int k = 0; k < inputs; k++)
        {
            int width = _random.Chance(0.7) ? _random.Pick<int>(_widths) : Width();
            _inputs.Add(new GraphInput(isDeclared ? $"given{k}" : null, _random.Chance(0.8) ? new([.. _positions, width]) : new(width)));
        }

        // Indices are read by a table and nothing else.
        for (int k = 0; k < inputs; k++)
        {
            if (_random.Chance(0.15))
            {
                _inputs[k] = _inputs[k] with { Shape = _positions.Length > 0 ? new(_positions) : new(_random.Next(1, 9)) };
                _indices.Add(~k);
                Add(EmbeddingLayer.Kind, ~k);
            }
        }

        int layers = _random.Next(2, 13);

        for (int i = 0; i < layers; i++)
        {
            AddAny();
        }

        int outputs = _random.Chance(0.45) ? 1 : _random.Next(2, 4);
        bool hasLoss = _random.Chance(0.88);
        JoinLeftovers(outputs);
        AddOutputs(outputs, hasLoss);

        int batch = _random.Chance(0.6) ? _random.Pick<int>(s_batches) : _random.Next(1, 21);
        Answers answers = _random.Chance(0.5) ? Answers.Labels : _random.Pick(Answers.OneHot, Answers.Soft);
        GraphCase graph = new([.. _inputs], [.. _layers], [.. _outputs.OrderBy(static output => output.Source)], batch, batch, answers, seed);

        while (graph.Work > MostWork && graph.Batch > 1)
        {
            graph = graph with { Batch = (graph.Batch + 1) / 2 };
        }

        return graph with { WorkspaceBatch = graph.Batch + (_random.Chance(0.5) ? 0 : _random.Next(1, 9)) };
    }

    /// <summary>Adds a layer of any kind; after a dense layer it is often an activation that is fused with it.</summary>
    private void AddAny()
    {
        bool isFused = _layers.Count > 0 && _layers[^1].Entry.TakesActivation && _random.Chance(0.6);
        int source = isFused || _random.Chance(0.6) ? Last : AnyValue();
        LayerEntry[] kinds = [.. _kinds.Where(kind => isFused ? kind.IsActivation : CanName(source) || !kind.IsJoin)];
        LayerEntry kind = _random.Pick(kinds, static kind => kind.Frequency);

        if (kind.IsJoin)
        {
            AddJoin(kind, source);
        }
        else if (kind.Accepts([ShapeOf(source)]))
        {
            Add(kind, source);
        }
        else
        {
            Add(DenseLayer.Kind, source);
        }
    }

    /// <summary>Joins two or three values that fit, the same one twice now and then.</summary>
    private void AddJoin(LayerEntry kind, int source)
    {
        List<int> sources = [source];

        for (int i = _random.Next(1, 3); i > 0; i--)
        {
            int[] fitting = [.. Values().Where(value => kind.Accepts([ShapeOf(source), ShapeOf(value)]))];
            sources.Insert(_random.Next(sources.Count + 1), _random.Pick<int>(fitting));
        }

        if (sources.Sum(value => ShapeOf(value).Size) > MostJoined)
        {
            Add(TanhLayer.Kind, source);
        }
        else
        {
            Add(kind, [.. sources]);
        }
    }

    /// <summary>Joins values that nothing reads, until as many are left as become outputs. Inputs become none, so they are read by a layer first.</summary>
    private void JoinLeftovers(int outputs)
    {
        while (true)
        {
            int[] unread = [.. Values().Where(value => !_read.Contains(value))];
            int[] inputs = [.. unread.Where(value => IsInput(value))];

            if (inputs.Length == 0 && unread.Length <= outputs)
            {
                return;
            }

            if (unread.Length == 1)
            {
                Add(TanhLayer.Kind, unread[0]);

                continue;
            }

            int[] joined = [unread[0], unread[^1]];
            SampleShape[] shapes = [.. joined.Select(ShapeOf)];

            if (AddLayer.Kind.Accepts(shapes) && _random.Chance(0.6))
            {
                Add(AddLayer.Kind, joined);
            }
            else if (ConcatLayer.Kind.Accepts(shapes))
            {
                Add(ConcatLayer.Kind, joined);
            }
            else
            {
                Add(FlattenLayer.Kind, joined[shapes[0].Rank > 1 ? 0 : 1]);
            }

            if (_layers[^1].Size > 100)
            {
                Add(DenseLayer.Kind, Last);
            }
        }
    }

    private void AddOutputs(int count, bool hasLoss)
    {
        List<int> sources = [.. Values().Where(value => !_read.Contains(value))];

        // Probabilities at an end, for the losses that compare them.
        if (_random.Chance(0.4))
        {
            sources.Remove(Last);
            Add(_random.Pick<LayerEntry>([.. LossEntries.All.Select(static loss => loss.Expects).OfType<LayerEntry>()]), Last);
            sources.Add(Last);
        }

        // Further outputs of layers that are read on, or that are outputs already.
        while (sources.Count < count)
        {
            sources.Add(_random.Pick<int>([.. Enumerable.Range(0, _layers.Count).Where(layer => !IsInput(layer))]));
        }

        bool isDeclared = sources.Count > 1 || _inputs.Count > 1 || _random.Chance(0.3);
        HashSet<int> closed = [];

        foreach (int source in sources)
        {
            // With several outputs some have no loss.
            bool isFree = !hasLoss || (sources.Count > 1 && _outputs.Count > 0 && _random.Chance(0.2));
            _outputs.Add(new GraphOutput(isDeclared ? $"made{_outputs.Count}" : null, source, isFree ? null : Loss(source, isFirst: closed.Add(source))));
        }
    }

    /// <summary>A loss that may follow a layer; mostly one that is made for it, where there is one.</summary>
    private ReferenceLoss Loss(int source, bool isFirst)
    {
        // The layer itself comes directly before the loss of its first output alone.
        LayerEntry kind = _layers[source].Entry;
        LossEntry[] fitting = [.. LossEntries.All.Where(loss => loss.Follows(kind) && (isFirst || loss.Expects is null))];
        LossEntry[] made = [.. fitting.Where(static loss => loss.Expects is not null)];
        ReferenceLoss loss = _random.Pick(made.Length > 0 && _random.Chance(0.7) ? made : fitting, static loss => loss.Frequency).Draw(_random);

        return _random.Chance(0.5) ? loss : loss with { Weight = _random.Pick(0.25f, 0.5f, 0.7f, 2f) };
    }

    private void Add(LayerEntry kind, params int[] sources)
    {
        SampleShape[] shapes = [.. sources.Select(ShapeOf)];
        int number = _counts.GetValueOrDefault(kind.Name) + 1;
        _counts[kind.Name] = number;
        bool statesName = _random.Chance(0.2);
        string name = string.Create(
            CultureInfo.InvariantCulture, $"{(statesName ? "Node" : kind.Name)}{(statesName ? _layers.Count : number)}");
        _read.UnionWith(sources);
        _layers.Add(new GraphLayer(kind.Draw(new LayerDraw(_random, shapes, () => _random.Pick<int>(_widths))), name, sources, shapes)
        {
            StatesName = statesName,
            StatesSource = _random.Chance(0.2) && CanName(sources[0]),
        });
    }

    /// <summary>The values that layers can name, and the one that arrives at the first.</summary>
    private IEnumerable<int> Values() =>
        Enumerable.Range(0, _inputs.Count)
            .Where(k => !_indices.Contains(~k) && (CanName(~k) || _layers.Count == 0))
            .Select(static k => ~k)
            .Concat(Enumerable.Range(0, _layers.Count));

    /// <summary>Whether a value is an input, as it is or in another shape: it becomes no output.</summary>
    private bool IsInput(int source) =>
        source < 0 || (_layers[source].Layer is FlattenLayer or ReshapeLayer && IsInput(_layers[source].Sources[0]));

    private bool CanName(int source) => source >= 0 || _inputs[~source].Name is not null;

    private int AnyValue() => _random.Pick<int>([.. Values()]);

    private SampleShape ShapeOf(int source) => source < 0 ? _inputs[~source].Shape : _layers[source].Output;

    private int Width() => _positions.Length > 0 ? _random.Next(1, 13)
        : _random.Next(40) == 0 ? _random.Next(100, 201)
        : _random.Chance(0.5) ? _random.Next(1, 13)
        : _random.Chance(0.5) ? _random.Next(13, 71)
        : _random.Pick<int>(s_edges);
}
