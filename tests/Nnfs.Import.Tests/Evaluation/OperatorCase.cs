using Nnfs.Import.Evaluation;
using Nnfs.Import.Onnx;
using Nnfs.Import.Tests.Models;

namespace Nnfs.Import.Tests.Evaluation;

/// <summary>A node with what it reads.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="OperatorSet">The version of the operator set.</param>
/// <param name="Inputs">What it reads; <see langword="null"/> for an input that is left out.</param>
/// <param name="Attributes">Its settings.</param>
internal sealed record OperatorCase(
    string Operator, int OperatorSet, OperatorInput?[] Inputs, params (string Name, object Value)[] Attributes)
{
    /// <summary>The number of its outputs.</summary>
    public int Outputs { get; init; } = 1;

    /// <summary>The type of its outputs.</summary>
    public OnnxElementType OutputType { get; init; } = OnnxElementType.Float32;

    /// <summary>The inputs that a model of the node is given, by name.</summary>
    public IEnumerable<(string Name, OperatorInput Input)> Given() =>
        Inputs.Select(static (input, i) => ($"x{i}", input!)).Where(static input => input.Item2?.Reals is not null);

    /// <summary>A model of this node alone.</summary>
    public byte[] ToModel()
    {
        ModelBuilder model = new(OperatorSet);
        string[] outputs = [.. Enumerable.Range(0, Outputs).Select(static i => $"y{i}")];

        foreach ((string name, OperatorInput input) in Given())
        {
            model.Input(name, [.. input.Shape.Select(static length => (object)length)]);
        }

        for (int i = 0; i < Inputs.Length; i++)
        {
            if (Inputs[i]?.Integers is { } integers)
            {
                model.Integers($"x{i}", Inputs[i]!.Shape, integers);
            }
        }

        model.Node(Operator, [.. Inputs.Select(static (input, i) => input is null ? "" : $"x{i}")], outputs, Attributes);
        Array.ForEach(outputs, output => model.Output(output, OutputType));

        return model.Build();
    }

    /// <summary>What the evaluator computes.</summary>
    public IReadOnlyDictionary<string, TensorValue> Evaluate() => Evaluator.Run(
        OnnxReader.Read(ToModel()), Given().ToDictionary(static input => input.Name, static input => input.Input.ToValue()));

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Operator}-{OperatorSet} of {string.Join(", ", Inputs.Select(static input => input is null ? "none" : $"[{string.Join(", ", input.Shape)}]"))}"
        + $" with {string.Join(", ", Attributes.Select(static attribute => $"{attribute.Name} = {Text(attribute.Value)}"))}";

    private static string Text(object value) => value is int[] numbers ? $"[{string.Join(", ", numbers)}]" : $"{value}";
}
