using Nnfs.Import.Evaluation;
using Nnfs.Import.Onnx;

namespace Nnfs.Import.Simplifying;

/// <summary>The tensors of a model, and what nodes compute of them. A tensor is decoded when it is asked for.</summary>
/// <param name="tensors">The tensors of the model.</param>
internal sealed class ConstantTensors(IReadOnlyDictionary<string, OnnxTensor> tensors)
{
    private readonly Dictionary<string, TensorValue> _values = new(StringComparer.Ordinal);

    /// <summary>The constant of a name, or null.</summary>
    public TensorValue? Find(string name)
    {
        if (_values.TryGetValue(name, out TensorValue? value))
        {
            return value;
        }

        if (!tensors.TryGetValue(name, out OnnxTensor? tensor))
        {
            return null;
        }

        value = TensorValue.Of(tensor);
        _values.Add(name, value);

        return value;
    }

    /// <summary>Whether a name is that of a constant.</summary>
    public bool Contains(string name) => _values.ContainsKey(name) || tensors.ContainsKey(name);

    /// <summary>Adds what a node computes.</summary>
    public void Add(string name, TensorValue value) => _values.Add(name, value);

    /// <summary>The number of a constant that has one, or null.</summary>
    public double? Number(string name) => Find(name) is { Count: 1 } value ? value.ToReals()[0] : null;
}
