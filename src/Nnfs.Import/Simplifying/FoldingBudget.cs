using Nnfs.Import.Evaluation;
using Nnfs.Import.Onnx;

namespace Nnfs.Import.Simplifying;

/// <summary>
/// Computes nodes that read constants alone, up to an amount of memory and work that goes with the size of the model: a file of a few bytes can ask for any.
/// </summary>
/// <param name="parameters">The number of values that the tensors of the model have.</param>
internal sealed class FoldingBudget(long parameters)
{
    private const long LeastElements = 1 << 25;
    private const int ElementsForEachParameter = 8;
    private const double MostProducts = 1L << 36;

    private static readonly string[] s_products = ["Conv", "ConvTranspose", "GRU", "Gemm", "LSTM", "MatMul", "RNN"];

    private long _elements = LeastElements + (ElementsForEachParameter * parameters);
    private double _products = MostProducts;

    /// <summary>Computes the outputs of a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="operatorSet">The version of the operators.</param>
    /// <param name="inputs">What it reads; null for an input that is left out.</param>
    /// <param name="mostElements">The most elements that an output may have.</param>
    /// <exception cref="OnnxException">It can't be computed, or the model has used up what it may.</exception>
    public IReadOnlyList<TensorValue> Run(OnnxNode node, long operatorSet, IReadOnlyList<TensorValue?> inputs, int mostElements)
    {
        if (s_products.Contains(node.Operator))
        {
            // Each element of the one with each of the other is the most.
            _products -= inputs.OfType<TensorValue>().Take(2).Aggregate(1.0, static (product, input) => product * input.Count);
        }

        if (_products < 0 || _elements <= 0)
        {
            throw new OnnxException($"The node '{node.Title}' ({node.Operator}) is not computed: the model computes too much from constants.");
        }

        IReadOnlyList<TensorValue> results = Evaluator.Run(node, operatorSet, inputs, (int)Math.Min(mostElements, _elements));
        _elements -= results.Sum(static result => (long)result.Count);

        return results;
    }
}
