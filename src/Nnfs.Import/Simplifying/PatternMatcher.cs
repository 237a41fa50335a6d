using Nnfs.Import.Onnx;

namespace Nnfs.Import.Simplifying;

/// <summary>
/// Finds nodes that together compute what one layer does, as exporters write what their format had no operator for. The last of them is replaced; the others
/// go if nothing else needs them.
/// </summary>
internal sealed class PatternMatcher
{
    private const double Cubic = 0.044715;
    private const int DeepestProduct = 6;

    private readonly List<OnnxNode> _nodes;
    private readonly ConstantTensors _constants;
    private readonly Dictionary<string, OnnxNode> _producers = new(StringComparer.Ordinal);

    /// <summary>A graph.</summary>
    public PatternMatcher(List<OnnxNode> nodes, ConstantTensors constants)
    {
        _nodes = nodes;
        _constants = constants;
    }

    /// <summary>The nodes with such groups joined.</summary>
    public List<OnnxNode> Joined()
    {
        List<OnnxNode> joined = [];

        foreach (OnnxNode node in _nodes)
        {
            OnnxNode result = node.Domain.Length > 0 || !IsComplete(node) ? node : node.Operator switch
            {
                "Mul" or "Div" => Function(node) ?? Norm(node) ?? node,
                "Log" => LogSoftmax(node) ?? node,
                "Gather" => LastOfStates(node) ?? node,
                "Slice" => Cut(node) ?? node,
                _ => node,
            };

            joined.Add(result);

            foreach (string output in result.Outputs)
            {
                if (output.Length > 0 && IsComplete(result))
                {
                    _producers[output] = result;
                }
            }
        }

        return joined;
    }

    /// <summary>Whether a node has the inputs that are read here; what lacks some is named when it is translated.</summary>
    private static bool IsComplete(OnnxNode node)
    {
        int needed = node.Operator is "Add" or "Sub" or "Mul" or "Div" or "Pow" or "Gather" ? 2 : 1;

        return node.Outputs.Count > 0 && Enumerable.Range(0, needed).All(node.HasInput);
    }

    /// <summary>SiLU, both forms of GELU, and hard functions, all of which end in a product.</summary>
    private OnnxNode? Function(OnnxNode node)
    {
        (double constant, List<string> factors) = Product(node.Outputs[0], node);

        if (factors.Count == 1 && AreClose(constant, 1.0 / 6) && HardGate(factors[0]) is { } gated)
        {
            return Replaced(node, "HardSigmoid", "", gated, OnnxAttribute.Of("alpha", 1f / 6));
        }

        // x · f(x) in any order.
        foreach ((int first, int second) in factors.Count == 2 ? (ReadOnlySpan<(int, int)>)[(0, 1), (1, 0)] : [])
        {
            string x = factors[first];

            if (Producer(factors[second]) is not { } gate)
            {
                continue;
            }

            if (AreClose(constant, 1) && gate.Operator == "Sigmoid" && gate.Inputs[0] == x)
            {
                return Replaced(node, Pattern.SiLU, Pattern.Domain, x);
            }

            if (AreClose(constant, 1) && gate.Operator == "HardSigmoid" && gate.Inputs[0] == x && AreClose(gate.Float("alpha", 0.2f), 1.0 / 6)
                && gate.Float("beta", 0.5f) == 0.5f)
            {
                return Replaced(node, "HardSwish", "", x);
            }

            if (AreClose(constant, 1.0 / 6) && HardGate(factors[second]) == x)
            {
                return Replaced(node, "HardSwish", "", x);
            }

            if (AreClose(constant, 0.5) && OnePlus(factors[second]) is { } inner && IsGelu(x, inner, out string form))
            {
                return Replaced(node, "Gelu", "", x, OnnxAttribute.Of("approximate", form));
            }
        }

        return null;
    }

    /// <summary>x of a value min(6, max(0, x + 3)), or null.</summary>
    private string? HardGate(string value)
    {
        if (Producer(value) is not { Operator: "Clip" } clip
            || Setting(clip, "min", 1, double.NegativeInfinity) != 0
            || Setting(clip, "max", 2, double.PositiveInfinity) != 6)
        {
            return null;
        }

        return Added(clip.Inputs[0], 3);
    }

    /// <summary>x of a value 1 + x, or null.</summary>
    private string? OnePlus(string value) => Added(value, 1);

    private string? Added(string value, double term)
    {
        if (Producer(value) is not { Operator: "Add" } sum)
        {
            return null;
        }

        return _constants.Number(sum.Inputs[1]) is { } second && AreClose(second, term) ? sum.Inputs[0]
            : _constants.Number(sum.Inputs[0]) is { } first && AreClose(first, term) ? sum.Inputs[1]
            : null;
    }

    /// <summary>Whether a value is erf(x / √2), or the tanh that comes close to it.</summary>
    private bool IsGelu(string x, string value, out string form)
    {
        OnnxNode? function = Producer(value);
        form = function?.Operator == "Tanh" ? "tanh" : "none";

        if (function is not { Operator: "Erf" or "Tanh" })
        {
            return false;
        }

        (double constant, List<string> factors) = Product(function.Inputs[0], root: null);

        if (form == "none")
        {
            return factors is [var only] && only == x && AreClose(constant, Math.Sqrt(0.5));
        }

        if (!AreClose(constant, Math.Sqrt(2 / Math.PI)))
        {
            return false;
        }

        // x + 0.044715 · x³, or x · (1 + 0.044715 · x²).
        return factors switch
        {
            [var sum] => IsSum(sum, x, 3),
            [var first, var second] => (first == x && IsOnePlusSquare(second)) || (second == x && IsOnePlusSquare(first)),
            _ => false,
        };

        bool IsSum(string sum, string first, int power) => Producer(sum) is { Operator: "Add" } add
            && ((add.Inputs[0] == first && IsPower(add.Inputs[1], power)) || (add.Inputs[1] == first && IsPower(add.Inputs[0], power)));

        bool IsOnePlusSquare(string sum) => OnePlus(sum) is { } square && IsPower(square, 2);

        bool IsPower(string product, int power)
        {
            (double share, List<string> all) = Product(product, root: null);

            return AreClose(share, Cubic) && all.Count == power && all.TrueForAll(factor => factor == x);
        }
    }

    /// <summary>Values less their mean, or as they are, divided by the root of the mean of their squares.</summary>
    private OnnxNode? Norm(OnnxNode node)
    {
        foreach ((string dividend, string? squares) in Quotients(node))
        {
            if (squares is null || Producer(squares) is not { Operator: "Add" } sum)
            {
                continue;
            }

            (string mean, double? epsilon) = _constants.Number(sum.Inputs[1]) is { } second
                ? (sum.Inputs[0], second)
                : (sum.Inputs[1], _constants.Number(sum.Inputs[0]));

            if (epsilon is not { } shift || Mean(mean) is not var (square, axis) || SquareOf(square) is not { } squared)
            {
                continue;
            }

            OnnxAttribute[] attributes = [OnnxAttribute.Of("epsilon", (float)shift), OnnxAttribute.Of("axis", axis)];

            if (Centred(dividend) is var (x, ofDividend) && Centred(squared) is var (same, ofSquares) && x == same && ofDividend == axis && ofSquares == axis)
            {
                return Replaced(node, "LayerNormalization", Pattern.Domain, x, attributes);
            }

            if (dividend == squared)
            {
                return Replaced(node, "RMSNormalization", Pattern.Domain, dividend, attributes);
            }
        }

        return null;
    }

    /// <summary>What the node may divide, and that by whose root.</summary>
    private IEnumerable<(string Dividend, string? Squares)> Quotients(OnnxNode node)
    {
        if (node.Operator == "Div")
        {
            yield return (node.Inputs[0], RootOf(node.Inputs[1]));

            yield break;
        }

        yield return (node.Inputs[0], InverseRootOf(node.Inputs[1]));
        yield return (node.Inputs[1], InverseRootOf(node.Inputs[0]));
    }

    private string? RootOf(string value) => Producer(value) switch
    {
        { Operator: "Sqrt" } root => root.Inputs[0],
        { Operator: "Pow" } power when _constants.Number(power.Inputs[1]) == 0.5 => power.Inputs[0],
        _ => null,
    };

    private string? InverseRootOf(string value) => Producer(value) switch
    {
        { Operator: "Reciprocal" } inverse => RootOf(inverse.Inputs[0]),
        { Operator: "Div" } quotient when _constants.Number(quotient.Inputs[0]) == 1 => RootOf(quotient.Inputs[1]),
        { Operator: "Pow" } power when _constants.Number(power.Inputs[1]) == -0.5 => power.Inputs[0],
        _ => null,
    };

    private string? SquareOf(string value) => Producer(value) switch
    {
        { Operator: "Mul" } product when product.Inputs[0] == product.Inputs[1] => product.Inputs[0],
        { Operator: "Pow" } power when _constants.Number(power.Inputs[1]) == 2 => power.Inputs[0],
        _ => null,
    };

    /// <summary>What a value is the mean of, along one dimension that is kept.</summary>
    private (string Value, long Axis)? Mean(string value)
    {
        if (Producer(value) is not { Operator: "ReduceMean" } mean || mean.Integer("keepdims", 1) == 0)
        {
            return null;
        }

        long[]? axes = WholeNumbers(mean, "axes", 1);

        return axes is [var axis] ? (mean.Inputs[0], axis) : null;
    }

    private long[]? WholeNumbers(OnnxNode node, string attribute, int input) =>
        node.Integers(attribute) ?? (node.HasInput(input) ? WholeNumbers(node.Inputs[input]) : null);

    private long[]? WholeNumbers(string value) =>
        _constants.Find(value) is { Kind: not Evaluation.TensorKind.Real } constant ? constant.Integers.ToArray() : null;

    /// <summary>x of a value x − mean(x), and the dimension of the mean.</summary>
    private (string Value, long Axis)? Centred(string value) =>
        Producer(value) is { Operator: "Sub" } difference && Mean(difference.Inputs[1]) is var (x, axis) && x == difference.Inputs[0] ? (x, axis) : null;

    private OnnxNode? LogSoftmax(OnnxNode node) =>
        Producer(node.Inputs[0]) is { Operator: "Softmax" } softmax
            ? node with { Operator = "LogSoftmax", Inputs = softmax.Inputs, Attributes = softmax.Attributes }
            : null;

    /// <summary>One of the last states of several recurrent layers, which the exporter has put one after the other.</summary>
    private OnnxNode? LastOfStates(OnnxNode node)
    {
        if (node.Integer("axis", 0) != 0 || Producer(node.Inputs[0]) is not { Operator: "Concat" } concat || concat.Integer("axis", 1) != 0
            || _constants.Find(node.Inputs[1]) is not { Count: 1, Rank: 0 } index)
        {
            return null;
        }

        bool areOfBoth = concat.Inputs.All(input => IsLastState(input, "bidirectional"));
        int directions = areOfBoth ? 2 : 1;
        long place = (long)index.ToReals()[0];
        place += place < 0 ? (long)directions * concat.Inputs.Count : 0;

        if ((!areOfBoth && !concat.Inputs.All(input => IsLastState(input, "forward"))) || place < 0 || place >= (long)directions * concat.Inputs.Count)
        {
            return null;
        }

        string states = concat.Inputs[(int)place / directions];

        if (!areOfBoth)
        {
            return node with { Operator = "Squeeze", Inputs = [states], Attributes = Named(OnnxAttribute.OfIntegers("axes", (long[])[0])) };
        }

        string direction = $"{node.Outputs[0]}, direction";

        if (_constants.Contains(direction))
        {
            return null;
        }

        _constants.Add(direction, Evaluation.TensorValue.OfIntegers([place % directions]));

        return node with { Inputs = [states, direction] };
    }

    /// <summary>Whether a value is what a recurrent layer gives after its last step.</summary>
    private bool IsLastState(string value, string direction) => Producer(value) is { Operator: "LSTM" or "GRU" or "RNN" } layer
        && layer.Outputs.Count > 1
        && layer.Outputs[0] != value
        && layer.Text("direction", "forward") == direction
        && layer.Integer("layout", 0) == 0;

    /// <summary>A convolution of a sequence whose last steps are cut off, as causal ones are written: one with fewer zeros after the sequence.</summary>
    private OnnxNode? Cut(OnnxNode node)
    {
        if (Producer(node.Inputs[0]) is not { Operator: "Conv", Domain: "" } convolution
            || convolution.Text("auto_pad", "NOTSET") != "NOTSET"
            || convolution.Integers("strides") is not (null or [1])
            || convolution.Integers("pads") is not [>= 0 and var before, >= 0 and <= short.MaxValue and var after]
            || WholeNumbers(node, "starts", 1) is not [0]
            || WholeNumbers(node, "ends", 2) is not [< 0 and >= -short.MaxValue and var end]
            || WholeNumbers(node, "axes", 3) is not ([2] or [-1])
            || (node.HasInput(4) && WholeNumbers(node.Inputs[4]) is not [1])
            || after + end < 0)
        {
            return null;
        }

        Dictionary<string, OnnxAttribute> attributes = new(convolution.Attributes, StringComparer.Ordinal)
        {
            ["pads"] = OnnxAttribute.OfIntegers("pads", (long[])[before, after + end]),
        };

        return node with { Name = convolution.Name, Operator = "Conv", Inputs = convolution.Inputs, Attributes = attributes };
    }

    /// <summary>A value as a product: of a number and of values that are no products themselves.</summary>
    /// <param name="value">The value.</param>
    /// <param name="root">The node that gives it, where that is not known yet.</param>
    private (double Constant, List<string> Factors) Product(string value, OnnxNode? root)
    {
        double constant = 1;
        List<string> factors = [];
        Expand(value, root, 0);

        return (constant, factors);

        void Expand(string name, OnnxNode? given, int depth)
        {
            OnnxNode? node = given ?? Producer(name);

            if (_constants.Number(name) is { } number)
            {
                constant *= number;
            }
            else if (node is { Operator: "Mul" } && depth < DeepestProduct)
            {
                Expand(node.Inputs[0], null, depth + 1);
                Expand(node.Inputs[1], null, depth + 1);
            }
            else if (node is { Operator: "Div" } && _constants.Number(node.Inputs[1]) is { } divisor && depth < DeepestProduct)
            {
                constant /= divisor;
                Expand(node.Inputs[0], null, depth + 1);
            }
            else if (node is { Operator: "Pow" } && _constants.Number(node.Inputs[1]) is 2 or 3)
            {
                factors.AddRange(Enumerable.Repeat(node.Inputs[0], (int)_constants.Number(node.Inputs[1])!.Value));
            }
            else
            {
                factors.Add(name);
            }
        }
    }

    private OnnxNode? Producer(string value) => _producers.GetValueOrDefault(value);

    /// <summary>A number that is an attribute in older versions and an input in newer ones.</summary>
    private double Setting(OnnxNode node, string attribute, int input, double otherwise) => node.Has(attribute)
        ? node.Float(attribute, 0)
        : node.HasInput(input) ? _constants.Number(node.Inputs[input]) ?? double.NaN : otherwise;

    private static OnnxNode Replaced(OnnxNode node, string operation, string domain, string input, params OnnxAttribute[] attributes) => node with
    {
        Operator = operation,
        Domain = domain,
        Inputs = [input],
        Attributes = Named(attributes),
    };

    private static Dictionary<string, OnnxAttribute> Named(params OnnxAttribute[] attributes) =>
        attributes.ToDictionary(static attribute => attribute.Name, StringComparer.Ordinal);

    private static bool AreClose(double x, double y) => Math.Abs(x - y) <= 1e-5 * Math.Abs(y);
}
