using Nnfs.Import.Onnx;
using Nnfs.Import.Simplifying;

namespace Nnfs.Import.Translating;

/// <summary>The operators that become layers, by name.</summary>
internal static class OperatorTable
{
    private static readonly Dictionary<string, Action<NodeTranslation>> s_operators = new(StringComparer.Ordinal)
    {
        // The same values, looked at in another way.
        ["Cast"] = Views.Cast,
        ["Expand"] = Views.Expand,
        ["Flatten"] = Views.Flatten,
        ["Identity"] = Views.Identity,
        ["Reshape"] = Views.Reshape,
        ["Squeeze"] = Views.Squeeze,
        ["Transpose"] = Views.Transpose,
        ["Unsqueeze"] = Views.Unsqueeze,

        // Parts of values.
        ["Gather"] = Parts.Gather,
        ["Slice"] = Parts.Slice,
        ["Split"] = Parts.Split,

        // Products and sums with constants or with each other.
        ["Gemm"] = Products.Gemm,
        ["MatMul"] = Products.MatMul,
        ["Add"] = Sums.Add,
        ["Sub"] = Sums.Sub,
        ["Mul"] = Sums.Mul,
        ["Div"] = Sums.Div,
        ["Neg"] = Sums.Neg,
        ["Pow"] = Sums.Pow,
        ["Sum"] = Sums.Sum,
        ["Concat"] = Joins.Concat,

        // Images and sequences.
        ["Conv"] = Convolutions.Conv,
        ["ConvTranspose"] = Convolutions.ConvTranspose,
        ["AveragePool"] = Pools.AveragePool,
        ["MaxPool"] = Pools.MaxPool,
        ["GlobalAveragePool"] = Pools.GlobalAveragePool,
        ["GlobalMaxPool"] = Pools.GlobalMaxPool,
        ["ReduceMax"] = Pools.ReduceMax,
        ["ReduceMean"] = Pools.ReduceMean,
        ["ReduceSum"] = Pools.ReduceSum,
        ["Pad"] = Windows.Pad,
        ["Resize"] = Windows.Resize,
        ["Upsample"] = Windows.Resize,
        ["LSTM"] = Recurrences.LSTM,
        ["GRU"] = Recurrences.GRU,
        ["RNN"] = Recurrences.RNN,

        // Norms.
        ["BatchNormalization"] = Norms.BatchNormalization,
        ["LayerNormalization"] = Norms.LayerNormalization,
        ["RMSNormalization"] = Norms.RMSNormalization,
        ["SimplifiedLayerNormalization"] = Norms.RMSNormalization,

        // Each value by itself.
        ["Clip"] = Activations.Clip,
        ["Dropout"] = Activations.Dropout,
        ["Elu"] = Activations.Elu,
        ["Gelu"] = Activations.Gelu,
        ["HardSigmoid"] = Activations.HardSigmoid,
        ["HardSwish"] = static node => Activations.Of(node, "HardSwish"),
        ["LeakyRelu"] = Activations.LeakyRelu,
        ["LogSoftmax"] = Activations.LogSoftmax,
        ["Max"] = Activations.Max,
        ["PRelu"] = Activations.PRelu,
        ["Relu"] = static node => Activations.Of(node, "ReLU"),
        ["Selu"] = Activations.Selu,
        ["Sigmoid"] = static node => Activations.Of(node, "Sigmoid"),
        ["Softmax"] = Activations.Softmax,
        ["Softplus"] = static node => Activations.Of(node, "Softplus"),
        ["Swish"] = Activations.Swish,
        ["Where"] = Attention.Where,
        ["Tanh"] = static node => Activations.Of(node, "Tanh"),
        [Pattern.SiLU] = static node => Activations.Of(node, "SiLU"),
    };

    /// <summary>Operators of ONNX Runtime's own that compute what one of ONNX's does.</summary>
    private static readonly string[] s_ofRuntime = ["Gelu", "SimplifiedLayerNormalization"];

    /// <summary>Operators that may have no layer, and whose values have the shape of what they read.</summary>
    private static readonly string[] s_keepShape =
    [
        "Abs", "Atan", "Celu", "Clip", "Cos", "Div", "Erf", "Exp", "GroupNormalization", "InstanceNormalization", "LRN", "Log", "LogSoftmax", "Min", "Mish",
        "Mul", "PRelu", "Pow", "Reciprocal", "Sign", "Sin", "Sinh", "Softsign", "Sqrt", "Tan", "ThresholdedRelu",
    ];

    /// <summary>Operators that models compute sizes and masks with, which no layer is needed for.</summary>
    private static readonly string[] s_ofSizes =
    [
        "And", "Ceil", "ConstantOfShape", "Equal", "Floor", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Mod", "Not", "Or", "Range", "ReduceProd",
        "Shape", "Size", "Tile", "Trilu",
    ];

    /// <summary>What makes layers of a node; null for a node that no layer expresses.</summary>
    public static Action<NodeTranslation>? Find(OnnxNode node) =>
        node.Domain is "" or Pattern.Domain || (node.Domain == "com.microsoft" && s_ofRuntime.Contains(node.Operator))
            ? s_operators.GetValueOrDefault(node.Operator)
            : null;

    /// <summary>Whether an operator that may have no layer gives values of the shape that it reads.</summary>
    public static bool KeepsShape(OnnxNode node) => node.Domain.Length == 0 && s_keepShape.Contains(node.Operator);

    /// <summary>Whether an operator is there to compute sizes and masks, which are constants unless something before it can't be expressed.</summary>
    public static bool IsOfSizes(OnnxNode node) => node.Domain.Length == 0 && s_ofSizes.Contains(node.Operator);

    /// <summary>Why there is nothing that makes layers of a node.</summary>
    public static string WhyUnknown(OnnxNode node, IReadOnlyList<string> functions) =>
        functions.Contains(node.Operator) ? "it calls a function of the model; export the model with its functions inlined"
        : node.Operator is "If" or "Loop" or "Scan" ? "branches and loops can't be expressed"
        : node.Operator is "ArgMax" ? "no layer gives indices; take the operator out, and let Classify find the greatest value"
        : node.Domain.Length > 0 ? $"no layer computes it, and it is an operator of the domain '{node.Domain}'"
        : "no layer computes it";
}
