namespace Nnfs.Import.Translating;

/// <summary>A layer of the network that is made: an attribute, and the tensors that belong to it.</summary>
/// <param name="kind">The name of the attribute.</param>
/// <param name="shape">The shape of what it gives, channels last.</param>
/// <param name="sources">The layers that it reads.</param>
internal sealed class ImportedLayer(string kind, int[] shape, params IEnumerable<ImportedLayer> sources)
{
    /// <summary>The kind of inputs, which have no attribute among the layers.</summary>
    public const string Input = "Input";

    /// <summary>The kind of what takes the last step of a recurrent layer. It becomes that layer itself, which then gives the last step only.</summary>
    public const string LastStep = "LastStep";

    /// <summary>The kind of what one direction of a recurrent layer gives last. Those of both, one after the other, are what the layer gives.</summary>
    public const string LastOfDirection = "LastOfDirection";

    /// <summary>The kind of an end that gives logarithms of probabilities. It becomes a loss.</summary>
    public const string LogSoftmax = "LogSoftmax";

    /// <summary>The name of the attribute.</summary>
    public string Kind { get; } = kind;

    /// <summary>The shape of what it gives, channels last.</summary>
    public int[] Shape { get; set; } = shape;

    /// <summary>The layers that it reads.</summary>
    public List<ImportedLayer> Sources { get; } = [.. sources];

    /// <summary>The arguments of the attribute, as they are written. The names that a join reads are not among them.</summary>
    public List<string> Arguments { get; init; } = [];

    /// <summary>The settings of the attribute, as they are written.</summary>
    public List<(string Name, string Value)> Settings { get; init; } = [];

    /// <summary>The tensors, in the order of the layer.</summary>
    public List<LayerTensor> Tensors { get; init; } = [];

    /// <summary>The node that it was made from.</summary>
    public string Origin { get; init; } = "";

    /// <summary>The operator of that node.</summary>
    public string OriginOperator { get; init; } = "";

    /// <summary>Whether it takes its sources by name, as arguments.</summary>
    public bool IsJoin => Kind is "Add" or "Multiply" or "Concat";

    /// <summary>The number of values that it gives for a sample.</summary>
    public int Count => Shape.Aggregate(1, static (count, size) => count * size);

    /// <summary>A tensor by name, or null.</summary>
    public LayerTensor? Tensor(string name) => Tensors.Find(tensor => tensor.Name == name);
}
