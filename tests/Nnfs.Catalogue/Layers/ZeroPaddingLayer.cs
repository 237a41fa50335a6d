namespace Nnfs.Catalogue.Layers;

/// <summary>Zeros before and after dimensions of what arrives, the channels left out.</summary>
/// <param name="Before">The zeros before each of the dimensions.</param>
/// <param name="After">The zeros after each.</param>
internal abstract record ZeroPaddingLayer(IReadOnlyList<int> Before, IReadOnlyList<int> After) : ReferenceLayer
{
    public override SampleShape OutputOf(IReadOnlyList<SampleShape> inputs) =>
        new([.. inputs[0].Extents.Select((extent, i) => i < Before.Count ? Before[i] + extent + After[i] : extent)]);

    public override double[] Forward(LayerPass pass)
    {
        double[] y = new double[pass.Samples * OutputOf(pass.Shapes).Size];

        foreach ((int i, int place) in Places(pass).Index())
        {
            y[place] = pass.Inputs[0][i];
        }

        return y;
    }

    public override LayerGradients Backward(LayerPass pass, double[] dy) => new([.. Places(pass).Select(place => dy[place])]);

    /// <summary>Where each of the inputs is among the outputs.</summary>
    private IEnumerable<int> Places(LayerPass pass)
    {
        IReadOnlyList<int> inputs = pass.Shapes[0].Extents;
        IReadOnlyList<int> outputs = OutputOf(pass.Shapes).Extents;

        return Enumerable.Range(0, pass.Inputs[0].Length).Select(number =>
        {
            int place = 0;
            int size = 1;

            // From the last dimension to the first; what is left of the number in the end is the sample.
            for (int i = inputs.Count - 1; i >= 0; i--)
            {
                place += size * ((number % inputs[i]) + (i < Before.Count ? Before[i] : 0));
                number /= inputs[i];
                size *= outputs[i];
            }

            return place + (number * size);
        });
    }
}
