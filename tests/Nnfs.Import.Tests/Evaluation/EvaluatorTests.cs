using Microsoft.ML.OnnxRuntime;
using Nnfs.Import.Evaluation;
using Nnfs.Import.Onnx;
using Nnfs.Import.Tests.Models;

namespace Nnfs.Import.Tests.Evaluation;

/// <summary>The evaluator beside ONNX Runtime, which knows nothing of it, and beside the models of other tools.</summary>
public sealed class EvaluatorTests
{
    /// <summary>ONNX Runtime computes in float32, and adds in another order.</summary>
    private const double Tolerance = 1e-5;

    private const int Draws = 3;
    private const int Mutations = 20_000;

    [Fact]
    public void Every_operator_agrees_with_OnnxRuntime()
    {
        List<string> differences = [];
        using SessionOptions quiet = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, IntraOpNumThreads = 1 };

        for (int seed = 0; seed < Draws; seed++)
        {
            foreach (OperatorCase drawn in OperatorCases.All(new Random(seed)))
            {
                try
                {
                    if (Difference(drawn, quiet) is { } difference)
                    {
                        differences.Add($"{drawn}: {difference}");
                    }
                }
                catch (Exception exception) when (exception is OnnxException or OnnxRuntimeException)
                {
                    differences.Add($"{drawn}: {exception.Message}");
                }
            }
        }

        Assert.True(differences.Count == 0, string.Join("\n", differences));
    }

    [Theory]
    [MemberData(nameof(ReferenceModel.Files), MemberType = typeof(ReferenceModel))]
    public void Model_of_another_tool_gives_its_outputs(string file)
    {
        ReferenceModel reference = ReferenceModel.Of(file);
        OnnxModel model = OnnxReader.Read(reference.Bytes);
        OnnxValue input = Assert.Single(model.Graph.Inputs);
        TensorValue x = input.Type == OnnxElementType.Int64
            ? TensorValue.OfIntegers(Array.ConvertAll(reference.Inputs, static value => (long)value), reference.InputShape)
            : TensorValue.OfReals(reference.Inputs, reference.InputShape);

        TensorValue y = Assert.Single(Evaluator.Run(model, new Dictionary<string, TensorValue> { [input.Name] = x })).Value;

        Assert.Equal(reference.OutputShape, y.Shape.ToArray());
        double scale = reference.Outputs.Max(Math.Abs);

        for (int i = 0; i < y.Count; i++)
        {
            Assert.Equal(reference.Outputs[i], y.Reals[i], Tolerance * scale);
        }
    }

    [Fact]
    public void Unknown_operator_is_named_with_its_node()
    {
        OnnxModel model = new ModelBuilder().Input("x", 2).Output("y").Node("Atan", ["x"], "y").Read();

        OnnxException exception = Assert.Throws<OnnxException>(() => Evaluator.Run(model, Inputs(2)));

        Assert.Equal("The node 'y' (Atan) can't be computed: the operator is not known.", exception.Message);
    }

    [Fact]
    public void Missing_input_is_named()
    {
        OnnxModel model = new ModelBuilder().Input("x", 2).Output("y").Node("Relu", ["x"], "y").Read();

        OnnxException exception = Assert.Throws<OnnxException>(() => Evaluator.Run(model, new Dictionary<string, TensorValue>()));

        Assert.Equal("The input 'x' has no value.", exception.Message);
    }

    /// <summary>A file of a few bytes can ask for any amount of memory.</summary>
    [Theory]
    [InlineData("Expand", new long[] { 1 << 20, 1 << 20 })]
    [InlineData("ConstantOfShape", new long[] { long.MaxValue, 4 })]
    [InlineData("ConstantOfShape", new long[] { 1 << 30, 0, 1 << 30, 1 << 30 })]
    [InlineData("Tile", new long[] { long.MaxValue, 2 })]
    [InlineData("Pad", new long[] { 0, 0, 0, 1L << 40 })]
    public void Output_that_is_too_large_is_refused(string operation, long[] numbers)
    {
        ModelBuilder model = new ModelBuilder(13).Input("x", 2, 1).Integers("n", [numbers.Length], numbers).Output("y");
        model.Node(operation, operation == "ConstantOfShape" ? ["n"] : ["x", "n"], "y");

        OnnxException exception = Assert.Throws<OnnxException>(() => Evaluator.Run(model.Read(), Inputs(2, 1)));

        Assert.StartsWith($"The node 'y' ({operation}) can't be computed: ", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MatMul", 2, 3, "the first input has 3 columns, but the second has 2 rows")]
    [InlineData("Add", 3, 2, "shapes [2, 3] and [3, 2] don't fit each other")]
    [InlineData("Concat", 3, 2, "it has no axis")]
    [InlineData("Softmax", 3, 2, "axis 5 is not one of the 2 dimensions")]
    [InlineData("Conv", 3, 2, "weights Real [3, 2] don't fit images Real [2, 3]")]
    public void Inputs_that_do_not_fit_are_refused(string operation, int rows, int columns, string message)
    {
        ModelBuilder model = new ModelBuilder().Input("x", 2, 3).Tensor("w", [rows, columns], new float[rows * columns]).Output("y");
        string[] inputs = operation == "Softmax" ? ["x"] : ["x", "w"];
        model.Node(operation, inputs, "y", operation == "Softmax" ? [("axis", 5)] : []);

        OnnxException exception = Assert.Throws<OnnxException>(() => Evaluator.Run(model.Read(), Inputs(2, 3)));

        Assert.Equal($"The node 'y' ({operation}) can't be computed: {message}.", exception.Message);
    }

    /// <summary>A model may give any node anything to read: each is computed or refused, and nothing takes much time or memory.</summary>
    [Fact]
    public void Any_inputs_give_values_or_a_clear_error()
    {
        Random random = new(0);
        OperatorCase[] cases = [.. OperatorCases.All(random)];
        OnnxNode[] nodes = [.. cases.Select(static drawn => OnnxReader.Read(drawn.ToModel()).Graph.Nodes[0])];
        int computed = 0;

        for (int i = 0; i < Mutations; i++)
        {
            int which = random.Next(cases.Length);
            OperatorCase drawn = cases[which];
            OnnxNode node = random.Next(4) == 0 ? nodes[which] with { Attributes = nodes[random.Next(nodes.Length)].Attributes } : nodes[which];
            TensorValue?[] inputs =
            [
                .. drawn.Inputs.Select(input => random.Next(2) == 0 ? input?.ToValue() : DrawAnything(random)),
                .. random.Next(4) == 0 ? (TensorValue?[])[DrawAnything(random)] : [],
            ];

            try
            {
                Evaluator.Run(node, random.Next(7, 23), inputs, mostElements: 10_000);
                computed++;
            }
            catch (OnnxException exception)
            {
                Assert.Contains($"({node.Operator})", exception.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(computed, Mutations / 10, Mutations * 9 / 10);
    }

    private static TensorValue? DrawAnything(Random random)
    {
        int[] shape = [.. Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(4))];
        int count = shape.Aggregate(1, static (product, length) => product * length);

        return random.Next(4) switch
        {
            0 => null,
            1 => TensorValue.OfIntegers([.. Enumerable.Range(0, count).Select(_ => random.NextInt64(-3, 6))], shape),
            2 => TensorValue.OfIntegers([.. Enumerable.Range(0, count).Select(_ => random.NextInt64(long.MinValue, long.MaxValue))], shape),
            _ => TensorValue.OfReals([.. Enumerable.Range(0, count).Select(_ => random.NextDouble() * 4)], shape),
        };
    }

    private static Dictionary<string, TensorValue> Inputs(params int[] shape) =>
        new() { ["x"] = TensorValue.OfReals(new double[shape.Aggregate(1, static (product, length) => product * length)], shape) };

    /// <summary>What differs between the evaluator and ONNX Runtime, if anything does.</summary>
    private static string? Difference(OperatorCase drawn, SessionOptions options)
    {
        IReadOnlyDictionary<string, TensorValue> values = drawn.Evaluate();
        using InferenceSession session = new(drawn.ToModel(), options);
        using RunOptions run = new();
        OrtValue[] inputs =
        [
            .. drawn.Given().Select(static given =>
                OrtValue.CreateTensorValueFromMemory(given.Input.Reals!, Array.ConvertAll(given.Input.Shape, static length => (long)length))),
        ];
        string[] names = [.. drawn.Given().Select(static given => given.Name)];
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, names, inputs, session.OutputNames);
        Array.ForEach(inputs, static input => input.Dispose());

        foreach ((string name, OrtValue output) in session.OutputNames.Zip(outputs))
        {
            TensorValue value = values[name];
            long[] shape = output.GetTensorTypeAndShape().Shape;

            if (!shape.SequenceEqual(value.Shape.ToArray().Select(static length => (long)length)))
            {
                return $"{name} has the shape [{string.Join(", ", value.Shape.ToArray())}], not [{string.Join(", ", shape)}]";
            }

            double[] expected = drawn.OutputType switch
            {
                OnnxElementType.Int64 => Array.ConvertAll(output.GetTensorDataAsSpan<long>().ToArray(), static number => (double)number),
                OnnxElementType.Boolean => Array.ConvertAll(output.GetTensorDataAsSpan<bool>().ToArray(), static truth => truth ? 1.0 : 0),
                _ => Array.ConvertAll(output.GetTensorDataAsSpan<float>().ToArray(), static number => (double)number),
            };
            double[] given = value.ToReals();
            double scale = expected.Select(Math.Abs).Append(1).Max();

            for (int i = 0; i < expected.Length; i++)
            {
                if (!(Math.Abs(expected[i] - given[i]) <= Tolerance * scale))
                {
                    return $"{name}[{i}] is {given[i]}, not {expected[i]}";
                }
            }
        }

        return null;
    }
}
