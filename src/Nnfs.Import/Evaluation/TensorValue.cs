using Nnfs.Import.Onnx;

namespace Nnfs.Import.Evaluation;

/// <summary>A tensor while a graph is evaluated, row-major.</summary>
internal sealed class TensorValue
{
    private readonly int[] _shape;
    private readonly double[]? _reals;
    private readonly long[]? _integers;

    private TensorValue(TensorKind kind, int[] shape, double[]? reals, long[]? integers)
    {
        Kind = kind;
        _shape = shape;
        _reals = reals;
        _integers = integers;
        Count = reals?.Length ?? integers!.Length;

        if (Places.Count(shape) != Count)
        {
            throw new ArgumentException($"A tensor of shape [{string.Join(", ", shape)}] has {Places.Count(shape)} elements, not {Count}.", nameof(shape));
        }
    }

    /// <summary>What the elements are.</summary>
    public TensorKind Kind { get; }

    /// <summary>The lengths of the dimensions; none for a single number.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>The number of dimensions.</summary>
    public int Rank => _shape.Length;

    /// <summary>The number of elements.</summary>
    public int Count { get; }

    /// <summary>The elements of a tensor of real numbers.</summary>
    /// <exception cref="InvalidOperationException">The elements are no real numbers.</exception>
    public ReadOnlySpan<double> Reals => _reals ?? throw new InvalidOperationException($"The tensor holds elements of kind {Kind}, not real numbers.");

    /// <summary>The elements of a tensor of whole numbers or truth values.</summary>
    /// <exception cref="InvalidOperationException">The elements are real numbers.</exception>
    public ReadOnlySpan<long> Integers => _integers ?? throw new InvalidOperationException("The tensor holds real numbers, not whole ones.");

    /// <summary>A tensor of real numbers.</summary>
    /// <param name="values">The elements; they are not copied.</param>
    /// <param name="shape">The lengths of the dimensions.</param>
    public static TensorValue OfReals(double[] values, params int[] shape) => new(TensorKind.Real, shape, values, integers: null);

    /// <summary>A tensor of real numbers.</summary>
    /// <param name="values">The elements.</param>
    /// <param name="shape">The lengths of the dimensions.</param>
    public static TensorValue OfReals(ReadOnlySpan<float> values, params int[] shape)
    {
        double[] reals = new double[values.Length];

        for (int i = 0; i < reals.Length; i++)
        {
            reals[i] = values[i];
        }

        return OfReals(reals, shape);
    }

    /// <summary>A tensor of a model.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <exception cref="OnnxException">It holds neither numbers nor truth values.</exception>
    public static TensorValue Of(OnnxTensor tensor)
    {
        int[] shape = [.. tensor.Dimensions];

        return OnnxElementTypes.IsFloat(tensor.Type) ? OfReals(tensor.ToDoubles(), shape)
            : tensor.Type == OnnxElementType.Boolean ? OfBooleans(tensor.ToIntegers(), shape)
            : OfIntegers(tensor.ToIntegers(), shape);
    }

    /// <summary>A tensor of whole numbers.</summary>
    /// <param name="values">The elements; they are not copied.</param>
    /// <param name="shape">The lengths of the dimensions.</param>
    public static TensorValue OfIntegers(long[] values, params int[] shape) => new(TensorKind.Integer, shape, reals: null, values);

    /// <summary>A tensor of truth values.</summary>
    /// <param name="values">The elements, each 0 or 1; they are not copied.</param>
    /// <param name="shape">The lengths of the dimensions.</param>
    public static TensorValue OfBooleans(long[] values, params int[] shape) => new(TensorKind.Boolean, shape, reals: null, values);

    /// <summary>The elements as 32-bit floats.</summary>
    public float[] ToFloats() => _reals is null
        ? Array.ConvertAll(_integers!, static value => (float)value)
        : Array.ConvertAll(_reals, static value => (float)value);

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} [{string.Join(", ", _shape)}]";

    /// <summary>The elements as real numbers, whatever they are.</summary>
    internal double[] ToReals() => _reals ?? Array.ConvertAll(_integers!, static value => (double)value);

    /// <summary>The same elements in another shape.</summary>
    internal TensorValue WithShape(int[] shape) => new(Kind, shape, _reals, _integers);

    /// <summary>A tensor of the same kind that has the elements at these places, or <paramref name="fill"/> where a place is negative.</summary>
    internal TensorValue Select(int[] shape, int[] places, TensorValue? fill = null) => new(
        Kind,
        shape,
        _reals is null ? null : Array.ConvertAll(places, place => place < 0 ? fill?._reals![0] ?? 0 : _reals[place]),
        _integers is null ? null : Array.ConvertAll(places, place => place < 0 ? fill?._integers![0] ?? 0 : _integers[place]));

    /// <summary>A tensor of a kind with these whole numbers or truth values.</summary>
    internal static TensorValue OfWhole(TensorKind kind, long[] values, int[] shape) => new(kind, shape, reals: null, values);
}
