using System.Diagnostics.CodeAnalysis;
using Nnfs.Import.Onnx;

namespace Nnfs.Import.Evaluation;

/// <summary>The operators by name.</summary>
internal static class OperatorTable
{
    private static readonly Dictionary<string, Func<OperatorCall, TensorValue[]>> s_operators = new(StringComparer.Ordinal)
    {
        // Element by element, of one input.
        ["Abs"] = One(Functions.Abs),
        ["Ceil"] = Real(Math.Ceiling),
        ["Clip"] = One(Functions.Clip),
        ["Elu"] = One(Functions.Elu),
        ["Erf"] = Real(ErrorFunction.Of),
        ["Exp"] = Real(Math.Exp),
        ["Floor"] = Real(Math.Floor),
        ["Gelu"] = One(Functions.Gelu),
        ["HardSigmoid"] = One(Functions.HardSigmoid),
        ["HardSwish"] = Real(Functions.HardSwish),
        ["LeakyRelu"] = One(Functions.LeakyRelu),
        ["Log"] = Real(Math.Log),
        ["Neg"] = One(Functions.Neg),
        ["Not"] = One(Functions.Not),
        ["Reciprocal"] = Real(static x => 1 / x),
        ["Relu"] = One(Functions.Relu),
        ["Selu"] = One(Functions.Selu),
        ["Sigmoid"] = Real(Functions.Sigmoid),
        ["Softplus"] = Real(Functions.Softplus),
        ["Softsign"] = Real(static x => x / (1 + Math.Abs(x))),
        ["Sqrt"] = Real(Math.Sqrt),
        ["Tanh"] = Real(Math.Tanh),

        // Element by element, of several inputs.
        ["Add"] = One(static call => Arithmetic.Of(call, static (x, y) => x + y, static (x, y) => x + y)),
        ["Sub"] = One(static call => Arithmetic.Of(call, static (x, y) => x - y, static (x, y) => x - y)),
        ["Mul"] = One(static call => Arithmetic.Of(call, static (x, y) => x * y, static (x, y) => x * y)),
        ["Div"] = One(Arithmetic.Div),
        ["Mod"] = One(Arithmetic.Mod),
        ["Pow"] = One(Arithmetic.Pow),
        ["PRelu"] = One(static call => Arithmetic.Of(call, static (x, slope) => x < 0 ? slope * x : x, static (x, slope) => x < 0 ? slope * x : x)),
        ["Max"] = One(static call => Arithmetic.OfAll(call, Math.Max, Math.Max)),
        ["Min"] = One(static call => Arithmetic.OfAll(call, Math.Min, Math.Min)),
        ["Sum"] = One(static call => Arithmetic.OfAll(call, static (x, y) => x + y, static (x, y) => x + y)),
        ["Mean"] = One(Arithmetic.Mean),
        ["And"] = One(static call => Arithmetic.OfTruth(call, static (x, y) => x & y)),
        ["Or"] = One(static call => Arithmetic.OfTruth(call, static (x, y) => x | y)),
        ["Equal"] = One(static call => Arithmetic.Compare(call, static (x, y) => x == y, static (x, y) => x == y)),
        ["Greater"] = One(static call => Arithmetic.Compare(call, static (x, y) => x > y, static (x, y) => x > y)),
        ["GreaterOrEqual"] = One(static call => Arithmetic.Compare(call, static (x, y) => x >= y, static (x, y) => x >= y)),
        ["Less"] = One(static call => Arithmetic.Compare(call, static (x, y) => x < y, static (x, y) => x < y)),
        ["LessOrEqual"] = One(static call => Arithmetic.Compare(call, static (x, y) => x <= y, static (x, y) => x <= y)),
        ["Where"] = One(Arithmetic.Where),

        // Products, convolutions and pools.
        ["Gemm"] = One(Products.Gemm),
        ["MatMul"] = One(Products.MatMul),
        ["Conv"] = One(Convolutions.Conv),
        ["ConvTranspose"] = One(Convolutions.ConvTranspose),
        ["AveragePool"] = One(Pools.Average),
        ["MaxPool"] = One(Pools.Max),
        ["GlobalAveragePool"] = One(Pools.GlobalAverage),
        ["GlobalMaxPool"] = One(Pools.GlobalMax),

        // Sums and normalizations.
        ["ReduceMax"] = One(static call => Reductions.Of(call, double.NegativeInfinity, Math.Max)),
        ["ReduceMean"] = One(Reductions.Mean),
        ["ReduceMin"] = One(static call => Reductions.Of(call, double.PositiveInfinity, Math.Min)),
        ["ReduceProd"] = One(static call => Reductions.Of(call, 1, static (x, y) => x * y)),
        ["ReduceSum"] = One(static call => Reductions.Of(call, 0, static (x, y) => x + y)),
        ["BatchNormalization"] = One(Normalizations.BatchNormalization),
        ["LayerNormalization"] = Normalizations.LayerNormalization,
        ["LogSoftmax"] = One(Normalizations.LogSoftmax),
        ["Softmax"] = One(Normalizations.Softmax),

        // The same elements in another shape or order.
        ["Concat"] = One(Selections.Concat),
        ["Dropout"] = Shapes.Dropout,
        ["Expand"] = One(Selections.Expand),
        ["Flatten"] = One(Shapes.Flatten),
        ["Gather"] = One(Selections.Gather),
        ["Identity"] = One(static call => call.Input(0)),
        ["Pad"] = One(Selections.Pad),
        ["Reshape"] = One(Shapes.Reshape),
        ["Resize"] = One(Resizing.Resize),
        ["Slice"] = One(Selections.Slice),
        ["Split"] = Selections.Split,
        ["Squeeze"] = One(Shapes.Squeeze),
        ["Tile"] = One(Selections.Tile),
        ["Transpose"] = One(Selections.Transpose),
        ["Trilu"] = One(Selections.Trilu),
        ["Unsqueeze"] = One(Shapes.Unsqueeze),
        ["Upsample"] = One(Resizing.Upsample),

        // Constants and shapes.
        ["Cast"] = One(Constants.Cast),
        ["Constant"] = One(Constants.Constant),
        ["ConstantOfShape"] = One(Constants.ConstantOfShape),
        ["Range"] = One(Constants.Range),
        ["Shape"] = One(Shapes.Shape),
        ["Size"] = One(Shapes.Size),

        // Step by step.
        ["GRU"] = Recurrences.GRU,
        ["LSTM"] = Recurrences.LSTM,
        ["RNN"] = Recurrences.RNN,
    };

    /// <summary>Finds the function that computes a node.</summary>
    public static bool TryFind(OnnxNode node, [NotNullWhen(true)] out Func<OperatorCall, TensorValue[]>? compute)
    {
        compute = null;

        return (node.Domain.Length == 0 || (node.Domain == "com.microsoft" && node.Operator == "Gelu"))
            && s_operators.TryGetValue(node.Operator, out compute);
    }

    private static Func<OperatorCall, TensorValue[]> One(Func<OperatorCall, TensorValue> compute) => call => [compute(call)];

    private static Func<OperatorCall, TensorValue[]> Real(Func<double, double> function) => call => [Functions.Of(call, function)];
}
