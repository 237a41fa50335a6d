using System.Collections.Immutable;
using System.Numerics.Tensors;

namespace Nnfs;

/// <summary>One tensor of a network's parameters: its name, its shape, and a view of its values.</summary>
public readonly ref struct ParameterTensor
{
    private readonly TensorInfo _info;

    internal ParameterTensor(TensorInfo info, Span<float> block)
    {
        _info = info;
        Values = info.In(block);
    }

    /// <summary>The tensor's name in files: <c>dense1.weights</c>.</summary>
    public string Name => _info.Name;

    /// <summary>The length of each dimension: [inputs, neurons] for the weights of a dense layer.</summary>
    public ImmutableArray<int> Shape => _info.Shape;

    /// <summary>Whether training learns it, and the packed form of the parameters has it: not so for the running averages of a batch normalisation.</summary>
    public bool IsTrained => _info.IsTrained;

    /// <summary>The values, indexed as the shape says. What is written to them is written to the network.</summary>
    public TensorSpan<float> Values { get; }
}
