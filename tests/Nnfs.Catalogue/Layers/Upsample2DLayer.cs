namespace Nnfs.Catalogue.Layers;

/// <summary><c>y[i, j, c] = x[⌊i / factor⌋, ⌊j / factor⌋, c]</c>.</summary>
/// <param name="Factor">How many times each pixel is repeated in each direction.</param>
internal sealed record Upsample2DLayer(int Factor) : ReferenceLayer
{
    public static readonly LayerEntry Kind = new("Upsample2D", static draw =>
        new Upsample2DLayer(draw.Random.Next(1, draw.Inputs[0].Size switch { <= 20 => 4, <= 100 => 3, _ => 2 })))
    {
        Examples = [new Upsample2DLayer(2), new Upsample2DLayer(1), new Upsample2DLayer(3)],
        ExampleShape = new SampleShape(2, 3, 5),
        Accepts = static inputs => inputs[0].Rank == 3,
        Frequency = 4,
        Faults =
        [
            new("Reshape(2, 1, 1), Upsample2D({|NNFS019:0|}), Dense(3)", "The factor of 'Upsample2D1' must be at least 1, but is 0"),
            new(
                "Reshape(2, 1, 1), Upsample2D({|NNFS013:40000|}), Dense(3)",
                "'Upsample2D1' brings the network to 3200000000 values per sample, but one array holds at most 2147483559; use smaller sizes"),
            new(
                "{|other:Dense(4)|}, {|NNFS025:Upsample2D(2)|}, Dense(3)",
                "'Upsample2D1' takes images of height × width × channels, but 'Dense1' gives 4; add [Reshape(height, width, channels)] before it"),
        ],
    };

    public override LayerEntry Entry => Kind;

    public override IEnumerable<Argument> Arguments => [Argument.Of(Factor)];

    public override SampleShape OutputOf(IReadOnlyList<SampleShape> inputs) =>
        new(inputs[0].Extents[0] * Factor, inputs[0].Extents[1] * Factor, inputs[0].Channels);

    public override double[] Forward(LayerPass pass) => [.. Sources(pass).Select(source => pass.Inputs[0][source])];

    public override LayerGradients Backward(LayerPass pass, double[] dy)
    {
        double[] dx = new double[pass.Inputs[0].Length];
        double[] magnitudes = new double[dx.Length];

        foreach ((int i, int source) in Sources(pass).Index())
        {
            dx[source] += dy[i];
            magnitudes[source] += Math.Abs(dy[i]);
        }

        return new(pass.Rounding.Of(dx, () => magnitudes));
    }

    /// <summary>Which of the inputs each output is.</summary>
    private IEnumerable<int> Sources(LayerPass pass)
    {
        SampleShape input = pass.Shapes[0];

        return from sample in Enumerable.Range(0, pass.Samples)
               from y in Enumerable.Range(0, input.Extents[0] * Factor)
               from x in Enumerable.Range(0, input.Extents[1] * Factor)
               from channel in Enumerable.Range(0, input.Channels)
               select (((((sample * input.Extents[0]) + (y / Factor)) * input.Extents[1]) + (x / Factor)) * input.Channels) + channel;
    }
}
