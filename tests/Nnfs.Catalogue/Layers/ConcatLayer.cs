namespace Nnfs.Catalogue.Layers;

/// <summary>The last axes of several values, one after the other.</summary>
internal sealed record ConcatLayer : ReferenceLayer
{
    public static readonly LayerEntry Kind = new("Concat", static _ => new ConcatLayer())
    {
        Examples = [new ConcatLayer()],
        Frequency = 6,
        IsJoin = true,
        Accepts = static inputs => inputs.All(inputs[0].HasPositionsOf),
    };

    public override LayerEntry Entry => Kind;

    public override bool IsCausal => true;

    public override SampleShape OutputOf(IReadOnlyList<SampleShape> inputs) => inputs[0].WithChannels(inputs.Sum(static input => input.Channels));

    public override double[] Forward(LayerPass pass)
    {
        double[] y = new double[pass.Inputs.Sum(static input => input.Length)];
        Copy(pass, pass.Inputs, y, static (part, whole) => part.CopyTo(whole));

        return y;
    }

    public override LayerGradients Backward(LayerPass pass, double[] dy)
    {
        double[][] gradients = [.. pass.Inputs.Select(static input => new double[input.Length])];
        Copy(pass, gradients, dy, static (part, whole) => whole.CopyTo(part));

        return new(gradients);
    }

    /// <summary>Copies between the parts and the whole, position by position.</summary>
    private static void Copy(LayerPass pass, double[][] parts, double[] whole, CopyChannels copy)
    {
        int start = 0;

        for (int row = 0; row < pass.Rows; row++)
        {
            for (int slot = 0; slot < parts.Length; slot++)
            {
                int channels = pass.Shapes[slot].Channels;
                copy(parts[slot].AsSpan(row * channels, channels), whole.AsSpan(start, channels));
                start += channels;
            }
        }
    }

    private delegate void CopyChannels(Span<double> part, Span<double> whole);
}
