using System.Globalization;

namespace Nnfs.Files.Onnx;

/// <summary>The nodes that scale samples, and those that turn outputs back into the units of a label. They compute with 64-bit floats.</summary>
internal static class OnnxScaling
{
    private const string Prefix = "scaling.";

    /// <summary>Adds what comes before the first layer.</summary>
    /// <param name="nodes">Takes the nodes.</param>
    /// <param name="scaling">The scaling.</param>
    /// <param name="input">The values of the samples.</param>
    /// <returns>What the first layer reads, 32-bit floats.</returns>
    public static string AddBefore(OnnxNodes nodes, SampleScaling scaling, string input)
    {
        string isMissing = nodes.Add("IsNaN", Prefix + "is_missing", input);
        string zero = nodes.AddConstant(Prefix + "zero", [0d]);
        string value = nodes.Add("Where", Prefix + "present", isMissing, zero, input);

        if (scaling.Values.Any(static value => value.Kind == FeatureScaling.Log))
        {
            // What is no logarithm is taken as it is, so that what the logarithm of it would be does not matter.
            string isLogarithm = nodes.AddConstant(Prefix + "is_logarithm", [.. scaling.Values.Select(static value => value.Kind == FeatureScaling.Log)]);
            string plusOne = nodes.Add("Add", Prefix + "plus_one", value, nodes.AddConstant(Prefix + "one", [1d]));
            string logarithm = nodes.Add("Log", Prefix + "logarithm", plusOne);
            value = nodes.Add("Where", Prefix + "value", isLogarithm, logarithm, value);
        }

        string centers = nodes.AddConstant(Prefix + "centers", [.. scaling.Values.Select(static value => value.Center)]);
        string scales = nodes.AddConstant(Prefix + "scales", [.. scaling.Values.Select(static value => value.Scale)]);
        string missing = nodes.AddConstant(Prefix + "missing", [.. scaling.Values.Select(static value => value.Missing)]);

        string centered = nodes.Add("Sub", Prefix + "centered", value, centers);
        string scaled = nodes.Add("Div", Prefix + "scaled", centered, scales);
        string filled = nodes.Add("Where", Prefix + "filled", isMissing, missing, scaled);

        return nodes.Add("Cast", OnnxAttribute.Integer("to", OnnxModel.Float), Prefix + "features", filled);
    }

    /// <summary>Adds what comes after the last layer of a network that predicts numbers.</summary>
    /// <param name="nodes">Takes the nodes.</param>
    /// <param name="scaling">The scaling.</param>
    /// <param name="scaled">What the last layer gives.</param>
    /// <param name="output">What the result is called.</param>
    public static void AddAfter(OnnxNodes nodes, SampleScaling scaling, string scaled, string output)
    {
        string wide = nodes.Add("Cast", OnnxAttribute.Integer("to", OnnxModel.Double), Prefix + "predicted", scaled);
        string scales = nodes.AddConstant(Prefix + "target_scales", [.. scaling.Targets.Select(static target => target.Scale)]);
        string centers = nodes.AddConstant(Prefix + "target_centers", [.. scaling.Targets.Select(static target => target.Center)]);
        string restored = nodes.Add("Add", Prefix + "restored", nodes.Add("Mul", Prefix + "stretched", wide, scales), centers);

        nodes.Add("Cast", OnnxAttribute.Integer("to", OnnxModel.Float), output, restored);
    }

    /// <summary>What a reader of the model needs to know: the name of each value, and of each class or number.</summary>
    public static IEnumerable<(string Name, string Value)> Metadata(SampleScaling scaling)
    {
        foreach ((FeatureValue value, int i) in scaling.Schema.Values.Select(static (value, i) => (value, i)))
        {
            yield return (string.Create(CultureInfo.InvariantCulture, $"value {i}"), value.Name);
        }

        IEnumerable<string> outputs = scaling.Schema.Label is not { } label ? []
            : label.Classes.IsEmpty ? label.Targets.Select(static target => target.Name)
            : label.Classes;

        foreach ((string output, int i) in outputs.Select(static (output, i) => (output, i)))
        {
            yield return (string.Create(CultureInfo.InvariantCulture, $"{(scaling.Targets.IsEmpty ? "class" : "output")} {i}"), output);
        }
    }
}
