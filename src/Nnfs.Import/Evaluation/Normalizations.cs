namespace Nnfs.Import.Evaluation;

/// <summary>Operators that bring values to a common scale.</summary>
internal static class Normalizations
{
    /// <summary>exp(xᵢ) / Σ exp(xⱼ).</summary>
    public static TensorValue Softmax(OperatorCall call) => OfLines(call, static line =>
    {
        double most = line.Max();
        double[] powers = Array.ConvertAll(line, value => Math.Exp(value - most));
        double sum = powers.Sum();

        return Array.ConvertAll(powers, value => value / sum);
    });

    /// <summary>xᵢ − log Σ exp(xⱼ).</summary>
    public static TensorValue LogSoftmax(OperatorCall call) => OfLines(call, static line =>
    {
        double most = line.Max();
        double logarithm = most + Math.Log(line.Sum(value => Math.Exp(value - most)));

        return Array.ConvertAll(line, value => value - logarithm);
    });

    /// <summary>γ·(x − mean) / √(variance + ε) + β over the dimensions from an axis on; then the means and 1 / √(variance + ε).</summary>
    public static TensorValue[] LayerNormalization(OperatorCall call)
    {
        TensorValue x = call.RealInput(0);
        int axis = call.Axis(call.Integer("axis", -1), x.Rank);
        double epsilon = call.Real("epsilon", 1e-5f);
        int size = Places.Count(x.Shape[axis..]);
        int[] scales = Places.Broadcast(Fitting(call, x, axis, 1).Shape, x.Shape[axis..]);
        int[] biases = call.Optional(2) is null ? [] : Places.Broadcast(Fitting(call, x, axis, 2).Shape, x.Shape[axis..]);
        double[] values = new double[x.Count];
        List<double> means = [];
        List<double> inverses = [];

        for (int start = 0; start < x.Count; start += size)
        {
            double[] row = x.Reals.Slice(start, size).ToArray();
            double mean = row.Average();
            double inverse = 1 / Math.Sqrt(row.Average(value => (value - mean) * (value - mean)) + epsilon);
            means.Add(mean);
            inverses.Add(inverse);

            for (int i = 0; i < size; i++)
            {
                double bias = biases.Length == 0 ? 0 : call.RealInput(2).Reals[biases[i]];
                values[start + i] = ((row[i] - mean) * inverse * call.RealInput(1).Reals[scales[i]]) + bias;
            }
        }

        int[] statistics = [.. x.Shape[..axis], .. Enumerable.Repeat(1, x.Rank - axis)];

        return
        [
            TensorValue.OfReals(values, call.Shape(x.Shape)),
            TensorValue.OfReals([.. means], statistics),
            TensorValue.OfReals([.. inverses], statistics),
        ];
    }

    /// <summary>γ·(x − mean) / √(variance + ε) + β with a mean and a variance for each channel, as in predictions.</summary>
    public static TensorValue BatchNormalization(OperatorCall call)
    {
        TensorValue x = call.RealInput(0);

        if (call.Integer("training_mode", 0) != 0)
        {
            throw call.Fault("training_mode is on, where means and variances are those of the batch");
        }

        if (x.Rank < 2)
        {
            throw call.Fault($"{x} has no channels");
        }

        int channels = x.Shape[1];
        double[][] parameters = [.. Enumerable.Range(1, 4).Select(input => OfChannels(call, input, channels))];
        double epsilon = call.Real("epsilon", 1e-5f);
        int size = Places.Count(x.Shape[2..]);
        double[] values = new double[x.Count];

        for (int i = 0; i < values.Length; i++)
        {
            int channel = i / size % channels;
            double normal = (x.Reals[i] - parameters[2][channel]) / Math.Sqrt(parameters[3][channel] + epsilon);
            values[i] = (parameters[0][channel] * normal) + parameters[1][channel];
        }

        return TensorValue.OfReals(values, call.Shape(x.Shape));
    }

    /// <summary>The numbers of an input that has one for each channel.</summary>
    private static double[] OfChannels(OperatorCall call, int input, int channels) =>
        call.RealInput(input) is { Rank: 1 } values && values.Count == channels
            ? values.ToReals()
            : throw call.Fault($"input {input} must have one number for each of the {channels} channels, but is {call.Input(input)}");

    /// <summary>A scale or a bias, which must fit the dimensions from an axis on.</summary>
    private static TensorValue Fitting(OperatorCall call, TensorValue x, int axis, int input)
    {
        TensorValue values = call.RealInput(input);
        int[] shape = [.. x.Shape[axis..]];
        TensorValue row = TensorValue.OfIntegers(new long[Places.Count(shape)], shape);

        return values.Rank <= shape.Length && call.BroadcastShape(row, values).AsSpan().SequenceEqual(shape)
            ? values
            : throw call.Fault($"input {input} is {values}, which does not fit rows of shape {OperatorCall.List(shape)}");
    }

    /// <summary>
    /// A function of each line along an axis, which is the last unless given. Before operator set 13 a line was all that follows from the axis on, and the
    /// axis was 1 unless given.
    /// </summary>
    private static TensorValue OfLines(OperatorCall call, Func<double[], double[]> function)
    {
        TensorValue x = call.RealInput(0);
        bool isOld = call.Opset < 13;
        int axis = call.Axis(call.Integer("axis", isOld ? 1 : -1), x.Rank);
        int inner = isOld ? 1 : Places.Count(x.Shape[(axis + 1)..]);
        int length = isOld ? Places.Count(x.Shape[axis..]) : x.Shape[axis];
        double[] values = new double[x.Count];

        for (int line = 0; line < (length == 0 ? 0 : x.Count / length); line++)
        {
            int start = (line / inner * length * inner) + (line % inner);
            double[] numbers = new double[length];

            for (int i = 0; i < length; i++)
            {
                numbers[i] = x.Reals[start + (i * inner)];
            }

            double[] results = function(numbers);

            for (int i = 0; i < length; i++)
            {
                values[start + (i * inner)] = results[i];
            }
        }

        return TensorValue.OfReals(values, call.Shape(x.Shape));
    }
}
