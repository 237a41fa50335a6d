using System.Globalization;
using System.Text;

namespace Nnfs.Catalogue.Graphs;

/// <summary>One graph with one batch: all its numbers are drawn from <see cref="Seed"/>.</summary>
/// <param name="Inputs">What it takes.</param>
/// <param name="Layers">Its layers in their order.</param>
/// <param name="Outputs">What it gives, in the order of their layers.</param>
/// <param name="Batch">Samples of the batch.</param>
/// <param name="WorkspaceBatch">Samples that the workspace holds, at least <paramref name="Batch"/>.</param>
/// <param name="Answers">What losses of classes and bits are told.</param>
/// <param name="Seed">Of parameters, inputs, answers, masks, and the coordinates that finite differences look at.</param>
internal sealed record GraphCase(
    GraphInput[] Inputs, GraphLayer[] Layers, GraphOutput[] Outputs, int Batch, int WorkspaceBatch, Answers Answers, int Seed)
{
    public Tolerances Tolerances { get; init; } = Tolerances.OfGraph;

    /// <summary>Whether it is written plainly, each layer by itself.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Whether members are named after inputs and outputs.</summary>
    public bool IsTyped => Inputs.Length > 1 || Outputs.Length > 1;

    public bool HasLoss => Outputs.Any(static output => output.Loss is not null);

    /// <summary>Whether a training pass draws random numbers.</summary>
    public bool IsRandom => Layers.Any(static layer => layer.Layer.IsRandom);

    /// <summary>Whether a training pass makes of a sample what depends on the others.</summary>
    public bool MixesSamples => Layers.Any(static layer => layer.Entry.MixesSamples);

    /// <summary>Whether sequences can go through it step by step: each output has a row for each step of the inputs, of that and earlier ones alone.</summary>
    public bool IsCausal => Steps is not null
        && Layers.All(layer => layer.Layer.IsCausal && HasSteps(layer.Output))
        && Enumerable.Range(0, Outputs.Length).All(i => HasSteps(OutputShape(i)));

    /// <summary>The steps of its inputs, where these are sequences of the same length: of rows, or of indices.</summary>
    public int? Steps
    {
        get
        {
            int steps = Inputs[0].Shape.Extents[0];

            return Inputs.Index().All(input => input.Item.Shape.Rank == (VocabularyOf(input.Index) is null ? 2 : 1) && input.Item.Shape.Extents[0] == steps)
                ? steps
                : null;
        }
    }

    /// <summary>Whether parameters add to its loss.</summary>
    public bool HasPenalties => Layers.Any(static layer => layer.Tensors.Any(static tensor => tensor.Penalty != (0, 0)));

    /// <summary>Whether it has a method that gives the likeliest class.</summary>
    public bool IsClassifier => !IsTyped
        && OutputShape(0).Positions == 1
        && (Outputs[0].Loss is { GivesProbabilities: true } || (Outputs[0].Source >= 0 && Layers[Outputs[0].Source].Layer.GivesProbabilities));

    /// <summary>The outputs that a pass is told something of.</summary>
    public IEnumerable<int> AnsweredOutputs => Enumerable.Range(0, Outputs.Length).Where(i => !HasLoss || Outputs[i].Loss is not null);

    /// <summary>The number of values in tensors that are trained.</summary>
    public int ParameterCount => Layers.Sum(static layer => layer.Tensors.Where(static tensor => tensor.IsTrained).Sum(static tensor => tensor.Count));

    /// <summary>The multiplications of a forward pass.</summary>
    public long Work => Batch * Layers.Sum(static layer => layer.Layer.WorkOf(layer.Inputs));

    /// <summary>What the values of an input are less than, where they are indices; <see langword="null"/> where they are numbers of any kind.</summary>
    public int? VocabularyOf(int input) => Layers.Where(layer => layer.Sources.Contains(~input)).Min(static layer => layer.Layer.Vocabulary);

    public SampleShape ShapeOf(int source) => source < 0 ? Inputs[~source].Shape : Layers[source].Output;

    public SampleShape OutputShape(int output) => ShapeOf(Outputs[output].Source);

    public int OutputSize(int output) => OutputShape(output).Size;

    /// <summary>Room for the outputs of samples.</summary>
    public float[][] NewOutputs(int samples) => [.. Outputs.Select((_, i) => new float[samples * OutputSize(i)])];

    /// <summary>Whether a layer that depends on a value takes most of its gradient away.</summary>
    /// <param name="source">The number of the value's layer, or <c>~k</c> for input k.</param>
    public bool IsCancelled(int source)
    {
        HashSet<int> reached = [source];
        bool isCancelled = false;

        for (int i = 0; i < Layers.Length; i++)
        {
            if (Layers[i].Sources.Any(reached.Contains))
            {
                reached.Add(i);
                isCancelled |= Layers[i].Layer.Cancels(Layers[i].Inputs[0]);
            }
        }

        return isCancelled;
    }

    /// <summary>The attributes, as a user writes them.</summary>
    public string Declaration()
    {
        StringBuilder text = new();
        int arriving = ~0;
        string[] arguments = [.. Inputs[0].Name is null ? [$"{Inputs[0].Shape}"] : (string[])[], .. IsPlain ? ["Plain = true"] : (string[])[]];
        text.Append(CultureInfo.InvariantCulture, $"[Network{(arguments.Length == 0 ? "" : $"({string.Join(", ", arguments)})")}]\n");

        for (int i = 0; i <= Layers.Length; i++)
        {
            for (int k = 0; k < Inputs.Length; k++)
            {
                if (Inputs[k].Name is { } name && Inputs[k].Before == i)
                {
                    text.Append(CultureInfo.InvariantCulture, $"[Input(\"{name}\", {Inputs[k].Shape})]\n");
                    arriving = ~k;
                }
            }

            if (i < Layers.Length)
            {
                text.Append(CultureInfo.InvariantCulture, $"[{Attribute(Layers[i], arriving)}]\n");
                arriving = i;
            }

            // Those of a network that is only a loss come after its input.
            foreach (GraphOutput output in Outputs.Where(output => output.Source == i || (output.Source < 0 && i == Layers.Length)))
            {
                text.Append(output.Loss is { } loss ? $"[{loss.Attribute}]\n" : "");
                text.Append(output.Name is { } name ? $"[Output(\"{name}\")]\n" : "");
            }
        }

        return text.ToString();
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Declaration().Replace("\n", " ", StringComparison.Ordinal)}, batch {Batch} in {WorkspaceBatch}, {Answers}, seed {Seed}");

    private bool HasSteps(SampleShape shape) => shape.Rank == 2 && shape.Positions == Steps;

    private string NameOf(int source) => source < 0 ? Inputs[~source].Name! : Layers[source].Name;

    private string Attribute(GraphLayer layer, int arriving)
    {
        List<Argument> arguments = [.. layer.Layer.Arguments];

        if (layer.Entry.IsJoin)
        {
            arguments.InsertRange(0, layer.Sources.Select(source => new Argument(null, $"\"{NameOf(source)}\"")));
        }
        else if (layer.StatesSource || layer.Sources[0] != arriving)
        {
            arguments.Add(new Argument("From", $"\"{NameOf(layer.Sources[0])}\""));
        }

        if (layer.StatesName)
        {
            arguments.Add(new Argument("Name", $"\"{layer.Name}\""));
        }

        return Argument.Attribute(layer.Entry.Name, arguments);
    }
}
