namespace Nnfs.Import.Translating;

/// <summary>Takes constants into the weights of layers.</summary>
internal static class Weights
{
    private static readonly string[] s_kinds =
        ["Dense", "Conv1D", "Conv2D", "DepthwiseConv1D", "DepthwiseConv2D", "ConvTranspose2D", "Embedding", "BatchNorm", "LayerNorm", "RMSNorm"];

    /// <summary>Takes constants that come after a layer into its weights and biases.</summary>
    /// <returns>Whether it has some that can take them.</returns>
    public static bool TryTake(ImportedLayer layer, Affine affine)
    {
        if (layer.Kind == "SelfAttention")
        {
            return affine.OfColumns(layer.Shape[^1]) is { } ofOutputs && TryTake(layer.Tensor("output_weights")!, layer.Tensor("output_biases")!, ofOutputs);
        }

        bool isNorm = layer.Kind is "BatchNorm" or "LayerNorm";

        if (!s_kinds.Contains(layer.Kind))
        {
            return false;
        }

        int columns = layer.Shape[^1];

        if (affine.OfColumns(columns) is not { } ofColumns || (layer.Kind == "RMSNorm" && !affine.IsScaleOnly))
        {
            return false;
        }

        LayerTensor weights = layer.Tensors[0];
        Scale(weights, ofColumns.Scale);

        if (layer.Kind == "Embedding")
        {
            Add(weights, ofColumns.Shift);

            return true;
        }

        if (layer.Kind == "RMSNorm")
        {
            return true;
        }

        LayerTensor? biases = layer.Tensor(isNorm ? "beta" : "biases");

        if (biases is null)
        {
            if (affine.IsScaleOnly)
            {
                return true;
            }

            biases = new("biases", [columns], new double[columns]);
            layer.Tensors.Add(biases);
            layer.Settings.RemoveAll(static setting => setting.Name == "UseBias");
        }

        Scale(biases, ofColumns.Scale);
        Add(biases, ofColumns.Shift);

        return true;
    }

    private static bool TryTake(LayerTensor weights, LayerTensor biases, Affine affine)
    {
        Scale(weights, affine.Scale);
        Scale(biases, affine.Scale);
        Add(biases, affine.Shift);

        return true;
    }

    private static void Scale(LayerTensor tensor, double[] factors)
    {
        for (int i = 0; i < tensor.Values.Length; i++)
        {
            tensor.Values[i] *= factors[i % factors.Length];
        }
    }

    private static void Add(LayerTensor tensor, double[] terms)
    {
        for (int i = 0; i < tensor.Values.Length; i++)
        {
            tensor.Values[i] += terms[i % terms.Length];
        }
    }
}
