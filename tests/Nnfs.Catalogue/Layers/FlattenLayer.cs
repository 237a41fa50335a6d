namespace Nnfs.Catalogue.Layers;

/// <summary>All values of a sample in one dimension.</summary>
internal sealed record FlattenLayer : ReferenceLayer
{
    public static readonly LayerEntry Kind = new("Flatten", static _ => new FlattenLayer()) { Examples = [new FlattenLayer()], Frequency = 4 };

    public override LayerEntry Entry => Kind;

    public override SampleShape OutputOf(IReadOnlyList<SampleShape> inputs) => new(inputs[0].Size);

    public override double[] Forward(LayerPass pass) => [.. pass.Inputs[0]];

    public override LayerGradients Backward(LayerPass pass, double[] dy) => new([.. dy]);
}
