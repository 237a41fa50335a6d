namespace Nnfs.Import.Onnx;

/// <summary>One operation of a graph.</summary>
/// <param name="Name">Its name, which may be empty and need not be its alone.</param>
/// <param name="Operator">The operator, such as "Gemm".</param>
/// <param name="Domain">The domain of the operator, which is "" for ONNX's own.</param>
/// <param name="Inputs">The names of the values that it reads; empty where an optional one is left out.</param>
/// <param name="Outputs">The names of the values that it gives; empty where one is not wanted.</param>
/// <param name="Attributes">Its settings, by name.</param>
internal sealed record OnnxNode(
    string Name,
    string Operator,
    string Domain,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Outputs,
    IReadOnlyDictionary<string, OnnxAttribute> Attributes)
{
    /// <summary>The name, or where there is none that of its first output.</summary>
    public string Title => Name.Length > 0 ? Name : Outputs.FirstOrDefault(static output => output.Length > 0) ?? Operator;

    /// <summary>Whether the node reads an input of this number.</summary>
    public bool HasInput(int index) => index < Inputs.Count && Inputs[index].Length > 0;

    /// <summary>Whether the node has the setting.</summary>
    public bool Has(string attribute) => Attributes.ContainsKey(attribute);

    /// <summary>A setting that is a float.</summary>
    public float Float(string attribute, float otherwise) => Find(attribute, OnnxAttributeKind.Float) is { } found ? found.Float : otherwise;

    /// <summary>A setting that is a whole number.</summary>
    public long Integer(string attribute, long otherwise) => Find(attribute, OnnxAttributeKind.Integer) is { } found ? found.Integer : otherwise;

    /// <summary>A setting that is a text.</summary>
    public string Text(string attribute, string otherwise) => Find(attribute, OnnxAttributeKind.Text) is { } found ? found.Text : otherwise;

    /// <summary>A setting that is a list of whole numbers, or null.</summary>
    public long[]? Integers(string attribute) => Find(attribute, OnnxAttributeKind.Integers)?.Integers();

    /// <summary>A setting that is a list of floats, or null.</summary>
    public float[]? Floats(string attribute) => Find(attribute, OnnxAttributeKind.Floats)?.Floats();

    /// <summary>A setting that is a list of texts, or null.</summary>
    public IReadOnlyList<string>? Texts(string attribute) => Find(attribute, OnnxAttributeKind.Texts)?.Texts;

    /// <summary>A setting that is a tensor, or null.</summary>
    public OnnxTensor? Tensor(string attribute) => Find(attribute, OnnxAttributeKind.Tensor)?.Tensor;

    private OnnxAttribute? Find(string name, OnnxAttributeKind kind)
    {
        if (!Attributes.TryGetValue(name, out OnnxAttribute? attribute))
        {
            return null;
        }

        // A list without values does not say what it is a list of in every file.
        if (attribute.Kind != kind && !(attribute.IsEmpty && kind is OnnxAttributeKind.Integers or OnnxAttributeKind.Floats or OnnxAttributeKind.Texts))
        {
            throw new OnnxException($"The attribute '{name}' of the node '{Title}' ({Operator}) is of the kind {attribute.Kind} where {kind} is expected.");
        }

        return attribute;
    }
}
