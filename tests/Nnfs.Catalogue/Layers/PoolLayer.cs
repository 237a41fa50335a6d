namespace Nnfs.Catalogue.Layers;

/// <summary>One value for those of a channel in a window: <c>y = Σ share(x) · x</c>. The gradient goes back by the same shares.</summary>
internal abstract record PoolLayer : ReferenceLayer
{
    public override double[] Forward(LayerPass pass)
    {
        IReadOnlyList<int[]> windows = Windows(pass);
        double[][] values = [.. windows.Select(window => Array.ConvertAll(window, i => pass.Inputs[0][i]))];

        return pass.Rounding.Of(
            [.. values.Select(window => Shares(window).Zip(window, static (share, x) => share * x).Sum())],
            () => [.. values.Select(window => RoundingOf(window))]);
    }

    public override LayerGradients Backward(LayerPass pass, double[] dy)
    {
        double[] dx = new double[pass.Inputs[0].Length];
        double[] magnitudes = new double[dx.Length];

        foreach ((int place, int[] window) in Windows(pass).Index())
        {
            double[] shares = Shares(Array.ConvertAll(window, i => pass.Inputs[0][i]));

            foreach ((int k, int i) in window.Index())
            {
                dx[i] += shares[k] * dy[place];
                magnitudes[i] += Math.Abs(shares[k] * dy[place]);
            }
        }

        return new(pass.Rounding.Of(dx, () => magnitudes));
    }

    /// <summary>How much of each of the values is in the result.</summary>
    protected abstract double[] Shares(double[] values);

    /// <summary>The magnitude of what is rounded on the way to the result.</summary>
    protected abstract double RoundingOf(double[] values);

    /// <summary>The pixels of each window over a sample, by their numbers.</summary>
    protected abstract IReadOnlyList<int[]> Places(SampleShape input);

    /// <summary>The shares of the greatest value, which takes all; the first of several.</summary>
    protected static double[] OfGreatest(double[] values)
    {
        double[] shares = new double[values.Length];
        shares[Array.IndexOf(values, values.Max())] = 1;

        return shares;
    }

    /// <summary>The shares of a mean.</summary>
    protected static double[] OfMean(double[] values) => Array.ConvertAll(values, _ => 1.0 / values.Length);

    /// <summary>How much greater each value is than the greatest of the others in its window: the gradient jumps from one to another.</summary>
    protected IEnumerable<double[]> Leads(LayerPass pass)
    {
        double[][] windows = [.. Windows(pass).Select(window => Array.ConvertAll(window, i => pass.Inputs[0][i]))];

        yield return [.. windows.SelectMany(static window => window.Select((x, k) => x - window.Where((_, other) => other != k).DefaultIfEmpty(x - 1).Max()))];
    }

    /// <summary>The values of each window, by their numbers in the inputs: window by window, and of each the channels one by one.</summary>
    private IReadOnlyList<int[]> Windows(LayerPass pass)
    {
        SampleShape shape = pass.Shapes[0];

        return
        [
            .. from sample in Enumerable.Range(0, pass.Samples)
               from pixels in Places(shape)
               from channel in Enumerable.Range(0, shape.Channels)
               select Array.ConvertAll(pixels, pixel => (sample * shape.Size) + (pixel * shape.Channels) + channel),
        ];
    }
}
