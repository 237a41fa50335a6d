namespace Nnfs.Files.Npy;

/// <summary>The numbers of a NumPy array.</summary>
internal static class NpyData
{
    /// <summary>Reads all numbers, row by row, as 32-bit floats.</summary>
    /// <param name="stream">The array after its header.</param>
    /// <param name="header">The header.</param>
    /// <exception cref="NumpyException">The stream ends before the data does, goes on after it, or there are more numbers than one array holds.</exception>
    public static float[] Read(Stream stream, NpyHeader header)
    {
        if (header.Count > Array.MaxLength)
        {
            throw new NumpyException($"The array has {header.Count} numbers, but one array holds at most {Array.MaxLength}.");
        }

        ByteChunks data = ByteChunks.Read(stream, header.DataLength)
            ?? throw new NumpyException($"The numbers of the array have {header.DataLength} bytes, but the file ends earlier.");

        if (stream.ReadByte() >= 0)
        {
            throw new NumpyException($"The numbers of the array have {header.DataLength} bytes, but the file has more.");
        }

        float[] values = new float[header.Count];
        FileNumbers.Read(header.Number, header.IsBigEndian, data, 0, values);

        return header.IsFortranOrder && values.Length > 0 ? ByRows(values, header) : values;
    }

    /// <summary>Numbers that lie column by column, in the order of rows.</summary>
    private static float[] ByRows(float[] columns, NpyHeader header)
    {
        int rank = header.Shape.Length;
        float[] rows = new float[columns.Length];
        int[] strides = new int[rank];
        int[] index = new int[rank];
        int stride = 1;

        for (int i = 0; i < rank; i++)
        {
            strides[i] = stride;
            stride *= (int)header.Shape[i];
        }

        int from = 0;

        foreach (ref float value in rows.AsSpan())
        {
            value = columns[from];

            for (int i = rank - 1; i >= 0; i--)
            {
                from += strides[i];

                if (++index[i] < header.Shape[i])
                {
                    break;
                }

                from -= strides[i] * index[i];
                index[i] = 0;
            }
        }

        return rows;
    }
}
