using System.Globalization;
using System.Text;

namespace Nnfs.Generators.Tests.Graphs;

/// <summary>One graph with one batch: all its numbers are drawn from <see cref="Seed"/>.</summary>
/// <param name="Inputs">What it takes.</param>
/// <param name="Layers">Its layers in their order.</param>
/// <param name="Outputs">What it gives, in the order of their layers.</param>
/// <param name="Batch">Samples of the batch.</param>
/// <param name="WorkspaceBatch">Samples that the workspace holds, at least <paramref name="Batch"/>.</param>
/// <param name="TakesLabels">Whether it is told labels where a loss takes some.</param>
/// <param name="Seed">Of parameters, inputs, answers, masks, and the coordinates that finite differences look at.</param>
internal sealed record GraphCase(GraphInput[] Inputs, GraphLayer[] Layers, GraphOutput[] Outputs, int Batch, int WorkspaceBatch, bool TakesLabels, int Seed)
{
    /// <summary>Whether members are called after inputs and outputs.</summary>
    public bool IsTyped => Inputs.Length > 1 || Outputs.Length > 1;

    public bool HasLoss => Outputs.Any(static output => output.Loss != GraphLossKind.None);

    public bool HasDropout => Layers.Any(static layer => layer.Kind == GraphLayerKind.Dropout);

    public bool HasBatchNorm => Layers.Any(static layer => layer.Kind == GraphLayerKind.BatchNorm);

    /// <summary>Whether parameters add to the loss.</summary>
    public bool HasPenalties => HasLoss && Layers.Any(static layer => layer.Penalties.Any(static penalty => penalty != (0, 0)));

    /// <summary>The outputs that a pass is told something of.</summary>
    public IEnumerable<int> AnsweredOutputs => Enumerable.Range(0, Outputs.Length).Where(i => !HasLoss || Outputs[i].Loss != GraphLossKind.None);

    public int ParameterCount => Layers.Sum(layer => layer.Size * layer.Kind switch
    {
        GraphLayerKind.Dense => SizeOf(layer.Sources[0]) + 1,
        GraphLayerKind.LayerNorm or GraphLayerKind.BatchNorm => 2,
        GraphLayerKind.RMSNorm => 1,
        _ => 0,
    });

    /// <summary>The multiplications of a forward pass.</summary>
    public long Work => Batch * Layers.Where(static layer => layer.Kind == GraphLayerKind.Dense).Sum(layer => (long)SizeOf(layer.Sources[0]) * layer.Size);

    public int SizeOf(int source) => source < 0 ? Inputs[~source].Size : Layers[source].Size;

    public int OutputSize(int output) => SizeOf(Outputs[output].Source);

    /// <summary>
    /// Whether a layer is normalised later in a way that takes most of its gradient away: by the mean and the deviation of a batch, or of next to no
    /// values.
    /// </summary>
    /// <param name="source">The layer, or <c>~k</c> for input k.</param>
    public bool IsCancelled(int source)
    {
        HashSet<int> reached = [source];
        bool isCancelled = false;

        for (int i = 0; i < Layers.Length; i++)
        {
            if (Layers[i].Sources.Any(reached.Contains))
            {
                reached.Add(i);
                isCancelled |= Layers[i] is { Kind: GraphLayerKind.BatchNorm } or { Kind: GraphLayerKind.LayerNorm, Size: <= 2 }
                    or { Kind: GraphLayerKind.RMSNorm, Size: 1 };
            }
        }

        return isCancelled;
    }

    /// <summary>The attributes, as a user writes them.</summary>
    public string Declaration()
    {
        StringBuilder text = new();
        int arriving = ~0;
        text.Append(CultureInfo.InvariantCulture, $"[Network{(Inputs[0].Name is null ? $"({Inputs[0].Size})" : "")}]\n");

        for (int i = 0; i <= Layers.Length; i++)
        {
            for (int k = 0; k < Inputs.Length; k++)
            {
                if (Inputs[k].Name is { } name && Inputs[k].Before == i)
                {
                    text.Append(CultureInfo.InvariantCulture, $"[Input(\"{name}\", {Inputs[k].Size})]\n");
                    arriving = ~k;
                }
            }

            if (i == Layers.Length)
            {
                break;
            }

            text.Append(CultureInfo.InvariantCulture, $"{Attribute(Layers[i], arriving)}\n");
            arriving = i;

            foreach (GraphOutput output in Outputs.Where(output => output.Source == i))
            {
                if (output.Loss != GraphLossKind.None)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{Attribute(output)}\n");
                }

                if (output.Name is { } name)
                {
                    text.Append(CultureInfo.InvariantCulture, $"[Output(\"{name}\")]\n");
                }
            }
        }

        return text.ToString();
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Declaration().Replace("\n", " ", StringComparison.Ordinal)}, batch {Batch} in {WorkspaceBatch}{(TakesLabels ? ", labels" : "")}, seed {Seed}");

    private string NameOf(int source) => source < 0 ? Inputs[~source].Name! : Layers[source].Name;

    private string Attribute(GraphLayer layer, int arriving)
    {
        List<string> arguments = [];
        string kind = layer.Kind == GraphLayerKind.GELUTanh ? "GELU" : layer.Kind.ToString();

        switch (layer.Kind)
        {
            case GraphLayerKind.Dense:
                arguments.Add(Number(layer.Size));
                Add("WeightL1", layer.Penalties[0].L1);
                Add("WeightL2", layer.Penalties[0].L2);
                Add("BiasL1", layer.Penalties[1].L1);
                Add("BiasL2", layer.Penalties[1].L2);
                break;

            case GraphLayerKind.LeakyReLU or GraphLayerKind.ELU or GraphLayerKind.Dropout:
                arguments.Add($"{Number(layer.Setting)}f");
                break;

            case GraphLayerKind.GELUTanh:
                arguments.Add("Form = GELUForm.Tanh");
                break;

            case GraphLayerKind.LayerNorm or GraphLayerKind.RMSNorm or GraphLayerKind.BatchNorm:
                Add("Epsilon", layer.Setting);
                Add("Momentum", layer.Momentum);
                break;

            case GraphLayerKind.Add or GraphLayerKind.Multiply or GraphLayerKind.Concat:
                arguments.AddRange(layer.Sources.Select(source => $"\"{NameOf(source)}\""));
                break;
        }

        if (!layer.IsJoin && (layer.StatesSource || layer.Sources[0] != arriving))
        {
            arguments.Add($"From = \"{NameOf(layer.Sources[0])}\"");
        }

        if (layer.StatesName)
        {
            arguments.Add($"Name = \"{layer.Name}\"");
        }

        return $"[{kind}{(arguments.Count == 0 ? "" : $"({string.Join(", ", arguments)})")}]";

        void Add(string setting, float value)
        {
            if (value != 0)
            {
                arguments.Add($"{setting} = {Number(value)}f");
            }
        }
    }

    private static string Attribute(GraphOutput output)
    {
        List<string> arguments = [];

        if (output.Loss == GraphLossKind.Huber)
        {
            arguments.Add($"{Number(output.Setting)}f");
        }
        else if (output.Setting != 0)
        {
            arguments.Add($"LabelSmoothing = {Number(output.Setting)}f");
        }

        if (output.Weight != 1)
        {
            arguments.Add($"Weight = {Number(output.Weight)}f");
        }

        return $"[{output.Loss}{(arguments.Count == 0 ? "" : $"({string.Join(", ", arguments)})")}]";
    }

    private static string Number(float value) => value.ToString("R", CultureInfo.InvariantCulture);
}
