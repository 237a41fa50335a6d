using Nnfs.Catalogue.Drawing;

namespace Nnfs.Catalogue.Layers;

/// <summary>A pooling whose window moves over an image or a sequence.</summary>
/// <param name="Size">The rows and columns of the window, or its steps.</param>
/// <param name="Stride">How far it moves; its size where that is not stated.</param>
/// <param name="IsSame">Whether there is a place at every so many pixels.</param>
internal abstract record WindowPoolLayer(int Size, int? Stride, bool IsSame) : PoolLayer
{
    public override IEnumerable<Argument> Arguments => [Argument.Of(Size), .. Window.Arguments(Size)];

    /// <summary>Whether it takes sequences.</summary>
    protected virtual bool IsOfSequences => false;

    private ImageWindow Window => new(IsOfSequences ? 1 : Size, Size) { Stride = Stride ?? Size, IsSame = IsSame };

    public override bool Fits(SampleShape input) => Window.Fits(input);

    public override SampleShape OutputOf(IReadOnlyList<SampleShape> inputs) => Window.OutputOf(inputs[0], inputs[0].Channels);

    protected override IReadOnlyList<int[]> Places(SampleShape input) => Window.Places(input);

    /// <summary>A kind of such layers over images.</summary>
    protected static LayerEntry EntryOf(string name, Func<int, int?, bool, WindowPoolLayer> create) => new(name, draw => Draw(draw, create))
    {
        Examples =
        [
            create(2, null, false), create(2, 1, false), create(2, 3, false), create(3, 2, false), create(1, 2, false), create(3, null, true),
            create(3, 1, true), create(2, 2, true), create(6, 4, true),
        ],
        ExampleShape = new SampleShape(5, 4, 3),
        Accepts = static inputs => inputs[0].Rank == 3,
        Frequency = 6,
        Faults =
        [
            new($"Reshape(2, 1, 1), {name}({{|NNFS019:0|}}), Dense(3)", $"The size of '{name}1' must be at least 1, but is 0"),
            new($"Reshape(2, 1, 1), {name}(1, Stride = {{|NNFS019:-2|}}), Dense(3)", $"The stride of '{name}1' must be at least 1, but is -2"),
            new(
                $"Reshape(2, 1, 1), {name}(1, Padding = {{|NNFS019:(Padding)3|}}), Dense(3)",
                $"The Padding of '{name}1' must be a value of Padding (Valid, Same, Causal), but is 3"),
            NotCausal(name, "2, 1, 1"),
            new(
                $"{{|other:Dense(4)|}}, {{|NNFS025:{name}(2)|}}, Dense(3)",
                $"'{name}1' takes images of height × width × channels, but 'Dense1' gives 4; add [Reshape(height, width, channels)] before it"),
            new(
                $"{{|other:Reshape(2, 1)|}}, {{|NNFS025:{name}(2)|}}, Dense(3)",
                $"'{name}1' takes images of height × width × channels, but 'Reshape1' gives 2 × 1 = 2; add [Reshape(height, width, channels)] before it"),
            new(
                $"{{|other:Reshape(2, 1, 1)|}}, {name}({{|NNFS026:2|}}), Dense(3)",
                $"The 2 × 2 window of '{name}1' does not fit into the 2 × 1 pixels of 'Reshape1'; use a smaller one, or Padding = Padding.Same"),
        ],
    };

    /// <summary>A kind of such layers over sequences.</summary>
    protected static LayerEntry SequenceEntryOf(string name, Func<int, int?, bool, WindowPoolLayer> create) => new(name, draw => Draw(draw, create))
    {
        Examples = [create(2, null, false), create(2, 3, false), create(3, 2, true)],
        ExampleShape = new SampleShape(7, 3),
        Accepts = static inputs => inputs[0].Rank == 2,
        Frequency = 4,
        Faults =
        [
            new($"Reshape(2, 1), {name}({{|NNFS019:0|}}), Dense(3)", $"The size of '{name}1' must be at least 1, but is 0"),
            new($"Reshape(2, 1), {name}(1, Stride = {{|NNFS019:-2|}}), Dense(3)", $"The stride of '{name}1' must be at least 1, but is -2"),
            NotCausal(name, "2, 1"),
            new(
                $"{{|other:Dense(4)|}}, {{|NNFS025:{name}(2)|}}, Dense(3)",
                $"'{name}1' takes sequences of steps × channels, but 'Dense1' gives 4; add [Reshape(steps, channels)] before it"),
            new(
                $"{{|other:Reshape(1, 2)|}}, {name}({{|NNFS026:2|}}), Dense(3)",
                $"The 2-step window of '{name}1' does not fit into the 1 step of 'Reshape1'; use a smaller one, or Padding = Padding.Same"),
        ],
    };

    private static Fault NotCausal(string name, string shape) => new(
        $"Reshape({shape}), {name}(1, Padding = {{|NNFS028:Padding.Causal|}}), Dense(3)",
        $"'{name}1' has no causal padding, which is for convolutions of sequences; use Padding.Same or Padding.Valid");

    private static WindowPoolLayer Draw(LayerDraw draw, Func<int, int?, bool, WindowPoolLayer> create)
    {
        SampleShape input = draw.Inputs[0];
        bool isSame = draw.Random.Chance(0.5);
        int most = isSame ? 4 : input.Rank is 2 or 3 ? input.Extents.Take(input.Rank - 1).Min() : 1;

        return create(draw.Random.Next(1, most + 1), draw.Random.Chance(0.5) ? null : draw.Random.Next(1, 4), isSame);
    }
}
