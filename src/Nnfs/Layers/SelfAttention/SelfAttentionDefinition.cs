using System.Collections.Immutable;
using Nnfs.Files.Mapping;
using Nnfs.Files.Onnx;

namespace Nnfs.Layers;

/// <summary>What the library knows about <see cref="SelfAttentionAttribute"/>.</summary>
internal sealed class SelfAttentionDefinition : LayerDefinition
{
    /// <summary>
    /// Its tensors: the weights [features, features] of queries, keys and values, side by side, and of the outputs, and then their biases [features].
    /// </summary>
    /// <param name="storedAs">What their names begin with.</param>
    /// <param name="features">The number of features.</param>
    /// <param name="projections">Where the weights of queries, keys and values start in the parameters.</param>
    /// <param name="biases">Where their biases start.</param>
    /// <param name="outputs">Where the weights of the outputs start.</param>
    /// <param name="outputBiases">Where their biases start.</param>
    public static ImmutableArray<TensorInfo> Tensors(string storedAs, int features, int projections, int biases, int outputs, int outputBiases)
    {
        int row = MatrixLayout.RowStride(3 * features);

        return
        [
            Weights("query", projections, row),
            Weights("key", projections + features, row),
            Weights("value", projections + (2 * features), row),
            Weights("output", outputs, MatrixLayout.RowStride(features)),
            Biases("query", biases),
            Biases("key", biases + features),
            Biases("value", biases + (2 * features)),
            Biases("output", outputBiases),
        ];

        TensorInfo Weights(string name, int offset, int stride) => new($"{storedAs}.{name}_weights", [features, features], offset, [stride, 1]);

        TensorInfo Biases(string name, int offset) => new($"{storedAs}.{name}_biases", [features], offset, [1]);
    }

    /// <inheritdoc/>
    /// <remarks>A module has the weights of queries, keys and values one after the other.</remarks>
    public override ImmutableArray<ModuleTensor> OfModule(LayerInfo layer)
    {
        int features = layer.InputShape[1];

        return
        [
            .. Enumerable.Range(0, 3).Select(part => ModuleTensor.Turned("in_proj_weight", features, 3 * features) with { Start = part * features }),
            ModuleTensor.Turned("out_proj.weight", features, features),
            .. Enumerable.Range(0, 3).Select(part => ModuleTensor.Same("in_proj_bias", [3 * features]) with { Start = part * features }),
            ModuleTensor.Same("out_proj.bias", [features]),
        ];
    }

    /// <inheritdoc/>
    /// <remarks>Heads become a dimension before the steps, so that one product of matrices serves all of them.</remarks>
    public override void AddNodes(OnnxNodes nodes, LayerInfo layer, string[] sources, string y)
    {
        int steps = layer.InputShape[0];
        int features = layer.InputShape[1];
        int heads = (int)layer.Setting;

        // 0 stands for as many samples as there are.
        string byHead = nodes.AddConstant(layer, "byHead", [0, steps, heads, features / heads]);
        string sideBySide = nodes.AddConstant(layer, "sideBySide", [0, steps, features]);

        string queries = Heads("queries", 0, 0, 2, 1, 3);
        string keys = Heads("keys", 1, 0, 2, 3, 1);
        string values = Heads("values", 2, 0, 2, 1, 3);

        string products = nodes.Add("MatMul", Value("products"), queries, keys);
        string scores = nodes.Add("Mul", Value("scores"), products, nodes.AddConstant(layer, "scale", 1 / Math.Sqrt((double)features / heads)));
        string shares = nodes.Add("Softmax", Value("shares"), layer.IsCausal ? WithoutLater(scores) : scores);
        string taken = nodes.Add("MatMul", Value("taken"), shares, values);
        string back = nodes.Add("Transpose", OnnxAttribute.Integers("perm", 0, 2, 1, 3), Value("takenBySteps"), taken);
        string mixed = nodes.Add("Reshape", Value("mixed"), back, sideBySide);

        nodes.Add("Add", y, nodes.Add("MatMul", Value("outputProduct"), mixed, layer.Tensors[3].Name), layer.Tensors[7].Name);

        string Value(string name) => OnnxNodes.Value(layer, name);

        string Heads(string name, int tensor, params ReadOnlySpan<int> order)
        {
            string product = nodes.Add("MatMul", Value($"{name}Product"), sources[0], layer.Tensors[tensor].Name);
            string sum = nodes.Add("Add", Value($"{name}Sum"), product, layer.Tensors[4 + tensor].Name);
            string divided = nodes.Add("Reshape", Value($"{name}ByStep"), sum, byHead);

            return nodes.Add("Transpose", OnnxAttribute.Integers("perm", order), Value(name), divided);
        }

        string WithoutLater(string scores)
        {
            string column = nodes.AddConstant(layer, "steps", [.. Enumerable.Range(0, steps).Select(static step => (float)step)]);
            string row = nodes.Add("Reshape", Value("stepsAsRows"), column, nodes.AddConstant(layer, "oneColumn", [steps, 1]));
            string isLater = nodes.Add("Greater", Value("isLater"), column, row);

            return nodes.Add("Where", Value("scoresSoFar"), isLater, nodes.AddConstant(layer, "none", double.NegativeInfinity), scores);
        }
    }
}
