namespace Nnfs.Catalogue.Layers;

/// <summary>Zeros around an image.</summary>
/// <param name="Top">The rows above it.</param>
/// <param name="Bottom">The rows below it.</param>
/// <param name="Left">The pixels to its left.</param>
/// <param name="Right">The pixels to its right.</param>
internal sealed record ZeroPadding2DLayer(int Top, int Bottom, int Left, int Right) : ZeroPaddingLayer([Top, Left], [Bottom, Right])
{
    public static readonly LayerEntry Kind = new("ZeroPadding2D", static draw => Draw(draw.Random, most: draw.Inputs[0].Size <= 50 ? 3 : 2))
    {
        Examples = [new ZeroPadding2DLayer(1, 1, 1, 1), new ZeroPadding2DLayer(2, 2, 0, 0), new ZeroPadding2DLayer(0, 1, 3, 2)],
        ExampleShape = new SampleShape(2, 3, 5),
        Accepts = static inputs => inputs[0].Rank == 3,
        Frequency = 4,
        Faults =
        [
            new("Reshape(2, 1, 1), ZeroPadding2D({|NNFS019:-1|}), Dense(3)", "The padding of 'ZeroPadding2D1' must be at least 0, but is -1"),
            new("Reshape(2, 1, 1), ZeroPadding2D(1, {|NNFS019:-2|}), Dense(3)", "The horizontal of 'ZeroPadding2D1' must be at least 0, but is -2"),
            new("Reshape(2, 1, 1), ZeroPadding2D(1, 0, {|NNFS019:-3|}, 2), Dense(3)", "The left of 'ZeroPadding2D1' must be at least 0, but is -3"),
            new(
                "Reshape(2, 1, 1), {|NNFS013:ZeroPadding2D(0, 0, 2000000000, 2000000000)|}, Dense(3)",
                "'ZeroPadding2D1' brings the network to 8000000002 values per sample, but one array holds at most 2147483559; use smaller sizes"),
            new(
                "{|other:Dense(4)|}, {|NNFS025:ZeroPadding2D(2)|}, Dense(3)",
                "'ZeroPadding2D1' takes images of height × width × channels, but 'Dense1' gives 4; add [Reshape(height, width, channels)] before it"),
        ],
    };

    public override LayerEntry Entry => Kind;

    /// <summary>As few numbers as say it.</summary>
    public override IEnumerable<Argument> Arguments =>
        (Top != Bottom || Left != Right ? (int[])[Top, Bottom, Left, Right] : Top == Left ? [Top] : [Top, Left]).Select(Argument.Of);

    private static ZeroPadding2DLayer Draw(Random random, int most)
    {
        int top = random.Next(most);
        int left = random.Next(2) == 0 ? top : random.Next(most);

        return random.Next(2) == 0
            ? new ZeroPadding2DLayer(top, top, left, left)
            : new ZeroPadding2DLayer(top, random.Next(most), left, random.Next(most));
    }
}
