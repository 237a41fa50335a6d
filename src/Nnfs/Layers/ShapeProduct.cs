namespace Nnfs.Layers;

/// <summary>The number of values that a shape has.</summary>
internal static class ShapeProduct
{
    /// <summary>The product of sizes.</summary>
    public static int Of(ReadOnlySpan<int> sizes)
    {
        int product = 1;

        foreach (int size in sizes)
        {
            product *= size;
        }

        return product;
    }
}
