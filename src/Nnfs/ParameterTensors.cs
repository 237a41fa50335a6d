using System.Collections.Immutable;

namespace Nnfs;

/// <summary>The tensors of a network, layer by layer: see <see cref="NetworkParameters"/>. <c>foreach</c> enumerates them without allocating.</summary>
public readonly ref struct ParameterTensors
{
    private readonly Span<float> _block;
    private readonly ImmutableArray<TensorInfo> _tensors;

    internal ParameterTensors(Span<float> block, ImmutableArray<TensorInfo> tensors)
    {
        _block = block;
        _tensors = tensors;
    }

    /// <summary>The number of tensors.</summary>
    public int Count => _tensors.IsDefault ? 0 : _tensors.Length;

    /// <summary>A tensor by its place, from 0.</summary>
    /// <param name="index">The number of tensors before it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is negative, or not less than <see cref="Count"/>.</exception>
    public ParameterTensor this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);

            return new ParameterTensor(_tensors[index], _block);
        }
    }

    /// <summary>A tensor by its name, as files have it: <c>dense1.weights</c>.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">No tensor has that name. The message lists those that there are.</exception>
    public ParameterTensor this[string name]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(name);

            for (int i = 0; i < Count; i++)
            {
                if (_tensors[i].Name == name)
                {
                    return this[i];
                }
            }

            throw new ArgumentException(
                $"Expected one of the names [{string.Join(", ", _tensors.Select(static tensor => tensor.Name))}], but it is '{name}'.", nameof(name));
        }
    }

    /// <summary>Enumerates the tensors in their order.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Goes through the tensors of a network.</summary>
    public ref struct Enumerator
    {
        private readonly ParameterTensors _tensors;
        private int _index = -1;

        internal Enumerator(ParameterTensors tensors)
        {
            _tensors = tensors;
        }

        /// <summary>The tensor that the enumeration has come to.</summary>
        public readonly ParameterTensor Current => _tensors[_index];

        /// <summary>Goes to the next tensor; returns whether there is one.</summary>
        public bool MoveNext() => ++_index < _tensors.Count;
    }
}
