using System.Collections.Immutable;
using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Nnfs.Files;

namespace Nnfs;

/// <summary>
/// What one parameter tensor of a network is called, which shape it has, and where it lies: in the network's parameters, and so
/// in every block with their layout, such as gradients and what an optimizer remembers of each parameter.
/// </summary>
public sealed class TensorInfo
{
    private readonly nint[] _lengths;
    private readonly nint[] _strides;
    private readonly int _extent;

    /// <summary>Describes a tensor.</summary>
    /// <param name="name">The tensor's name, which no other tensor of the network has.</param>
    /// <param name="shape">Its lengths, each at least 1.</param>
    /// <param name="offset">Where its first element lies in the block.</param>
    /// <param name="strides">For each dimension the distance of neighbours in the block.</param>
    /// <exception cref="ArgumentException">The shape and the strides are empty or differ in length.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public TensorInfo(string name, ImmutableArray<int> shape, int offset, ImmutableArray<int> strides)
    {
        if (shape.IsEmpty || shape.Length != strides.Length)
        {
            throw new ArgumentException($"A tensor needs one stride for each dimension, but there are {strides.Length} for {shape.Length}.", nameof(strides));
        }

        Name = name;
        Shape = shape;
        Offset = offset;
        _lengths = [.. shape];
        _strides = new nint[shape.Length];
        nint last = 0;

        for (int i = 0; i < shape.Length; i++)
        {
            // A tensor span takes no stride but 0 in a dimension of length 1.
            _strides[i] = shape[i] == 1 ? 0 : strides[i];
            last += (shape[i] - 1) * _strides[i];
        }

        _extent = (int)last + 1;
    }

    /// <summary>The tensor's name in files: <c>dense1.weights</c>.</summary>
    public string Name { get; }

    /// <summary>The length of each dimension: [inputs, neurons] for the weights of a dense layer.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>Whether training learns it, as it does unless stated: the running averages of a batch normalisation are not learned.</summary>
    public bool IsTrained { get; init; } = true;

    /// <summary>Where its first element lies in the block.</summary>
    internal int Offset { get; }

    /// <summary>The number of elements: the product of the lengths.</summary>
    public long Count
    {
        get
        {
            long count = 1;

            foreach (int length in Shape)
            {
                count *= length;
            }

            return count;
        }
    }

    /// <summary>The tensor in a block that has the layout of the network's parameters.</summary>
    /// <param name="block">The parameters, or a block of the same length.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tensor does not lie within the block.</exception>
    public TensorSpan<float> In(Span<float> block) => new(block.Slice(Offset, _extent), _lengths, _strides);

    /// <inheritdoc cref="In(Span{float})"/>
    public ReadOnlyTensorSpan<float> In(ReadOnlySpan<float> block) => new(block.Slice(Offset, _extent), _lengths, _strides);

    /// <summary>Copies the tensor out of a block, row-major in its shape, without padding.</summary>
    /// <param name="block">The parameters, or a block of the same length.</param>
    /// <param name="packed">Takes <see cref="Count"/> floats.</param>
    internal void Pack(ReadOnlySpan<float> block, Span<float> packed)
    {
        for (int start = 0, row = 0; start < packed.Length; start += (int)_lengths[^1], row++)
        {
            ReadOnlySpan<float> source = block[OffsetOfRow(row)..];
            Span<float> values = packed.Slice(start, (int)_lengths[^1]);

            if (_strides[^1] == 1)
            {
                source[..values.Length].CopyTo(values);

                continue;
            }

            for (int i = 0; i < values.Length; i++)
            {
                values[i] = source[i * (int)_strides[^1]];
            }
        }
    }

    /// <summary>Copies what <see cref="Pack"/> gives back into a block.</summary>
    /// <param name="packed"><see cref="Count"/> floats.</param>
    /// <param name="block">The parameters, or a block of the same length.</param>
    internal void Unpack(ReadOnlySpan<float> packed, Span<float> block)
    {
        for (int start = 0, row = 0; start < packed.Length; start += (int)_lengths[^1], row++)
        {
            ReadOnlySpan<float> values = packed.Slice(start, (int)_lengths[^1]);
            Span<float> destination = block[OffsetOfRow(row)..];

            if (_strides[^1] == 1)
            {
                values.CopyTo(destination);

                continue;
            }

            for (int i = 0; i < values.Length; i++)
            {
                destination[i * (int)_strides[^1]] = values[i];
            }
        }
    }

    /// <summary>Reads the tensor's elements, little-endian and row-major in its shape, from a stream into a block.</summary>
    /// <param name="stream">The elements, to be read from where it is.</param>
    /// <param name="block">The parameters, or a block of the same length.</param>
    /// <exception cref="EndOfStreamException">The stream ends before.</exception>
    internal void Read(Stream stream, Span<float> block)
    {
        int length = (int)_lengths[^1];
        int rows = (int)(Count / length);
        float[]? buffer = _strides[^1] == 1 || length == 1 ? null : new float[length];

        for (int row = 0; row < rows; row++)
        {
            Span<float> destination = block[OffsetOfRow(row)..];
            Span<float> values = buffer ?? destination[..length];

            stream.ReadExactly(MemoryMarshal.AsBytes(values));
            LittleEndian.Convert(values);

            for (int i = 0; i < buffer?.Length; i++)
            {
                destination[i * (int)_strides[^1]] = buffer[i];
            }
        }
    }

    /// <summary>Where a row starts in the block: the values along the last dimension, numbered in row-major order.</summary>
    private int OffsetOfRow(int row)
    {
        nint offset = Offset;

        for (int i = _lengths.Length - 2; i >= 0; i--)
        {
            (nint before, nint index) = Math.DivRem(row, _lengths[i]);
            offset += index * _strides[i];
            row = (int)before;
        }

        return (int)offset;
    }
}
