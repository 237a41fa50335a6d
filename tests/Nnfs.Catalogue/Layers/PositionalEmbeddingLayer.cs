namespace Nnfs.Catalogue.Layers;

/// <summary><c>y = x + W</c> of sequences of steps × features.</summary>
internal sealed record PositionalEmbeddingLayer : ReferenceLayer
{
    public static readonly LayerEntry Kind = new("PositionalEmbedding", static _ => new PositionalEmbeddingLayer())
    {
        Examples = [new PositionalEmbeddingLayer()],
        ExampleShape = new(5, 3),
        HasParameters = true,
        Accepts = static shapes => shapes[0].Rank == 2,
        Faults =
        [
            new(
                "{|other:Dense(4)|}, {|NNFS025:PositionalEmbedding|}, Dense(3)",
                "'PositionalEmbedding1' takes sequences of steps × features, but 'Dense1' gives 4; add [Reshape(steps, features)] before it"),
        ],
    };

    public override LayerEntry Entry => Kind;

    public override IReadOnlyList<ReferenceTensor> TensorsOf(IReadOnlyList<SampleShape> inputs) =>
        [new("Weights", [.. inputs[0].Extents]) { Draw = ReferenceTensor.About(0, 1) }];

    public override double[] Forward(LayerPass pass) =>
        pass.Rounding.Of([.. pass.Inputs[0].Select((value, i) => value + pass.Tensors[0][i % pass.Tensors[0].Length])]);

    public override LayerGradients Backward(LayerPass pass, double[] dy) => new(
        dy, pass.Rounding.Of(Sums(dy, pass.Tensors[0].Length), () => Sums(Array.ConvertAll(dy, Math.Abs), pass.Tensors[0].Length)));

    private static double[] Sums(double[] dy, int size)
    {
        double[] sums = new double[size];

        for (int i = 0; i < dy.Length; i++)
        {
            sums[i % size] += dy[i];
        }

        return sums;
    }
}
