namespace Nnfs.Catalogue.Layers;

/// <summary>A pooling over all steps or pixels.</summary>
internal abstract record GlobalPoolLayer : PoolLayer
{
    public override SampleShape OutputOf(IReadOnlyList<SampleShape> inputs) => new(inputs[0].Channels);

    protected override IReadOnlyList<int[]> Places(SampleShape input) => [[.. Enumerable.Range(0, input.Positions)]];

    /// <summary>A kind of such layers.</summary>
    protected static LayerEntry EntryOf(string name, Func<GlobalPoolLayer> create) => new(name, _ => create())
    {
        Examples = [create()],
        ExampleShape = new SampleShape(3, 2, 5),
        Accepts = static inputs => inputs[0].Rank > 1,
        Frequency = 3,
        Faults =
        [
            new(
                $"{{|other:Dense(7)|}}, {{|NNFS025:{name}|}}, Dense(3)",
                $"'{name}1' takes steps or pixels with channels, but 'Dense1' gives 7; add [Reshape(steps, channels)] before it"),
        ],
    };
}
