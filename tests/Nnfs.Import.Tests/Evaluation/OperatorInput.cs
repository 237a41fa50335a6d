using Nnfs.Import.Evaluation;

namespace Nnfs.Import.Tests.Evaluation;

/// <summary>An input of a node under test. Whole numbers are tensors of the model, since many operators take them only so; real ones are given to it.</summary>
/// <param name="Shape">Its shape.</param>
/// <param name="Reals">Its elements, if they are real.</param>
/// <param name="Integers">Its elements, if they are whole.</param>
internal sealed record OperatorInput(int[] Shape, float[]? Reals, long[]? Integers)
{
    /// <summary>Real numbers between −2 and 2.</summary>
    public static OperatorInput Draw(Random random, params int[] shape) => DrawBetween(random, -2, 2, shape);

    /// <summary>Real numbers between two limits.</summary>
    public static OperatorInput DrawBetween(Random random, double least, double most, params int[] shape)
    {
        float[] values = new float[shape.Aggregate(1, static (product, length) => product * length)];

        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(least + (random.NextDouble() * (most - least)));
        }

        return new(shape, values, Integers: null);
    }

    /// <summary>One real number.</summary>
    public static OperatorInput Number(float value) => new([], [value], Integers: null);

    /// <summary>A list of whole numbers.</summary>
    public static OperatorInput List(params long[] values) => new([values.Length], Reals: null, values);

    /// <summary>Whole numbers from a least to before a most.</summary>
    public static OperatorInput DrawIntegers(Random random, int least, int most, params int[] shape)
    {
        long[] values = new long[shape.Aggregate(1, static (product, length) => product * length)];

        for (int i = 0; i < values.Length; i++)
        {
            values[i] = random.Next(least, most);
        }

        return new(shape, Reals: null, values);
    }

    /// <summary>What the evaluator reads.</summary>
    public TensorValue ToValue() => Reals is null ? TensorValue.OfIntegers(Integers!, Shape) : TensorValue.OfReals(Reals, Shape);
}
