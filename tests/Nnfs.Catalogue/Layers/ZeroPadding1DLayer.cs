namespace Nnfs.Catalogue.Layers;

/// <summary>Zeros before and after a sequence.</summary>
/// <param name="Left">The steps before it.</param>
/// <param name="Right">The steps after it.</param>
internal sealed record ZeroPadding1DLayer(int Left, int Right) : ZeroPaddingLayer([Left], [Right])
{
    public static readonly LayerEntry Kind = new("ZeroPadding1D", static draw => Draw(draw.Random))
    {
        Examples = [new ZeroPadding1DLayer(2, 2), new ZeroPadding1DLayer(3, 0), new ZeroPadding1DLayer(0, 1)],
        ExampleShape = new SampleShape(4, 3),
        Accepts = static inputs => inputs[0].Rank == 2,
        Frequency = 4,
        Faults =
        [
            new("Reshape(2, 1), ZeroPadding1D({|NNFS019:-1|}), Dense(3)", "The padding of 'ZeroPadding1D1' must be at least 0, but is -1"),
            new("Reshape(2, 1), ZeroPadding1D(1, {|NNFS019:-2|}), Dense(3)", "The right of 'ZeroPadding1D1' must be at least 0, but is -2"),
            new(
                "{|other:Dense(4)|}, {|NNFS025:ZeroPadding1D(2)|}, Dense(3)",
                "'ZeroPadding1D1' takes sequences of steps × channels, but 'Dense1' gives 4; add [Reshape(steps, channels)] before it"),
        ],
    };

    public override LayerEntry Entry => Kind;

    /// <summary>As few numbers as say it.</summary>
    public override IEnumerable<Argument> Arguments => (Left == Right ? (int[])[Left] : [Left, Right]).Select(Argument.Of);

    private static ZeroPadding1DLayer Draw(Random random)
    {
        int left = random.Next(4);

        return new ZeroPadding1DLayer(left, random.Next(2) == 0 ? left : random.Next(4));
    }
}
