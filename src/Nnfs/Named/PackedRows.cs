using System.ComponentModel;
using Nnfs.Data;

namespace Nnfs;

/// <summary>
/// Rows that hold several things for each sample, one after another: all inputs of a network, or all that its outputs are compared with. It takes one of them
/// out of the rows, or puts it there. Memory is allocated when it is first needed.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PackedRows
{
    private readonly int[] _sizes;
    private readonly int[] _starts;
    private readonly AlignedBlock?[] _floats;
    private readonly int[]?[] _integers;
    private AlignedBlock? _rows;

    /// <summary>Rows of parts with the given sizes.</summary>
    /// <param name="sizes">The number of values of each part for a sample.</param>
    public PackedRows(params ReadOnlySpan<int> sizes)
    {
        _sizes = sizes.ToArray();
        _starts = new int[sizes.Length];
        _floats = new AlignedBlock?[sizes.Length];
        _integers = new int[]?[sizes.Length];

        for (int i = 0; i < sizes.Length; i++)
        {
            _starts[i] = RowSize;
            RowSize += sizes[i];
        }
    }

    /// <summary>The number of values of a row.</summary>
    public int RowSize { get; }

    /// <summary>The values of a part, until it is asked for again.</summary>
    /// <param name="part">The number of the part.</param>
    /// <param name="rows">[samples × <see cref="RowSize"/>], row-major.</param>
    /// <exception cref="ArgumentException">The length is not that of a whole number of rows.</exception>
    public ReadOnlySpan<float> Floats(int part, ReadOnlySpan<float> rows)
    {
        int samples = SamplesOf(rows);

        if (_sizes.Length == 1)
        {
            return rows;
        }

        Span<float> values = Room(part, samples);
        Read(part, rows, values);

        return values;
    }

    /// <summary>The values of a part that are whole numbers, such as labels and indices, until it is asked for again.</summary>
    /// <param name="part">The number of the part.</param>
    /// <param name="rows">[samples × <see cref="RowSize"/>], row-major.</param>
    /// <exception cref="ArgumentException">The length is not that of a whole number of rows, or a number is not whole.</exception>
    public ReadOnlySpan<int> Integers(int part, ReadOnlySpan<float> rows)
    {
        int samples = SamplesOf(rows);
        int length = samples * _sizes[part];

        if (_integers[part] is not { } integers || integers.Length < length)
        {
            _integers[part] = integers = new int[length];
        }

        int place = 0;

        for (int sample = 0; sample < samples; sample++)
        {
            foreach (float value in rows.Slice((sample * RowSize) + _starts[part], _sizes[part]))
            {
                if (!float.IsInteger(value) || Math.Abs(value) > IndexFeatures.Greatest)
                {
                    IndexFeatures.ThrowNoIndex(value, place, nameof(rows));
                }

                integers[place++] = (int)value;
            }
        }

        return integers.AsSpan(0, length);
    }

    /// <summary>Room for the values of a part, until it is asked for again.</summary>
    /// <param name="part">The number of the part.</param>
    /// <param name="samples">The number of samples.</param>
    public Span<float> Room(int part, int samples) => Room(ref _floats[part], samples * _sizes[part]);

    /// <summary>Room for rows, until it is asked for again.</summary>
    /// <param name="samples">The number of samples.</param>
    public Span<float> Rows(int samples) => Room(ref _rows, samples * RowSize);

    /// <summary>Puts the values of a part into rows.</summary>
    /// <param name="part">The number of the part.</param>
    /// <param name="values">Its values for all samples; where there are none, zeros are written.</param>
    /// <param name="rows">[samples × <see cref="RowSize"/>], row-major.</param>
    public void Write(int part, ReadOnlySpan<float> values, Span<float> rows)
    {
        int size = _sizes[part];

        for (int sample = 0; sample < rows.Length / RowSize; sample++)
        {
            Span<float> place = rows.Slice((sample * RowSize) + _starts[part], size);

            if (values.IsEmpty)
            {
                place.Clear();
            }
            else
            {
                values.Slice(sample * size, size).CopyTo(place);
            }
        }
    }

    /// <summary>Copies the values of a part out of rows.</summary>
    internal void Read(int part, ReadOnlySpan<float> rows, Span<float> values)
    {
        int size = _sizes[part];

        for (int sample = 0; sample < rows.Length / RowSize; sample++)
        {
            rows.Slice((sample * RowSize) + _starts[part], size).CopyTo(values[(sample * size)..]);
        }
    }

    /// <summary>Where a part begins in a row.</summary>
    internal int StartOf(int part) => _starts[part];

    private static Span<float> Room(ref AlignedBlock? block, int length)
    {
        if (block is null || block.Length < length)
        {
            block = new AlignedBlock(length);
        }

        return block.Slice(0, length);
    }

    private int SamplesOf(ReadOnlySpan<float> rows)
    {
        (int samples, int rest) = Math.DivRem(rows.Length, RowSize);

        return rest == 0
            ? samples
            : throw new ArgumentException($"Expected a whole number of rows of {RowSize} values each, but the length is {rows.Length}.", nameof(rows));
    }
}
