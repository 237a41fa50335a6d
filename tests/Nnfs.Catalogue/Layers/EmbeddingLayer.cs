namespace Nnfs.Catalogue.Layers;

/// <summary><c>y[p] = W[x[p]]</c> of the indices x of an input.</summary>
/// <param name="Rows">The rows of W.</param>
/// <param name="Dimensions">The values of a row.</param>
internal sealed record EmbeddingLayer(int Rows, int Dimensions) : ReferenceLayer
{
    public static readonly LayerEntry Kind = new("Embedding", static draw => new EmbeddingLayer(draw.Random.Next(1, 12), draw.Width()))
    {
        Examples = [new EmbeddingLayer(11, 4), new EmbeddingLayer(3, 17), new EmbeddingLayer(1, 5)],
        ExampleShape = new(6),
        HasParameters = true,
        ReadsIndices = true,

        // No layer gives indices.
        Accepts = static _ => false,
        Faults =
        [
            new("Embedding({|NNFS019:0|}, 4), Dense(3)", "The vocabulary of 'Embedding1' must be at least 1, but is 0"),
            new("Embedding(5, {|NNFS019:-4|}), Dense(3)", "The dimensions of 'Embedding1' must be at least 1, but is -4"),
            new(
                "{|other:Dense(4)|}, {|NNFS031:Embedding(5, 3)|}, Dense(3)",
                "'Embedding1' reads 'Dense1', but it takes indices, which only an input of the network can be; let it read an input directly"),
            new(
                "{|other:Reshape(2, 1)|}, {|NNFS031:Embedding(5, 3)|}, Dense(3)",
                "'Embedding1' reads 'Reshape1', but it takes indices, which only an input of the network can be; let it read an input directly"),
        ],
    };

    public override LayerEntry Entry => Kind;

    public override IEnumerable<Argument> Arguments => [Argument.Of(Rows), Argument.Of(Dimensions)];

    public override int? Vocabulary => Rows;

    public override bool IsCausal => true;

    public override SampleShape OutputOf(IReadOnlyList<SampleShape> inputs) => new([.. inputs[0].Extents, Dimensions]);

    public override IReadOnlyList<ReferenceTensor> TensorsOf(IReadOnlyList<SampleShape> inputs) =>
        [new("Weights", Rows, Dimensions) { Draw = ReferenceTensor.About(0, 1) }];

    public override double[] Forward(LayerPass pass) =>
        [.. pass.Inputs[0].SelectMany(index => pass.Tensors[0].Skip((int)index * Dimensions).Take(Dimensions))];

    public override LayerGradients Backward(LayerPass pass, double[] dy) => new(
        new double[pass.Inputs[0].Length],
        pass.Rounding.Of(RowSums(pass.Inputs[0], dy), () => RowSums(pass.Inputs[0], Array.ConvertAll(dy, Math.Abs))));

    private double[] RowSums(double[] indices, double[] dy)
    {
        double[] sums = new double[Rows * Dimensions];

        for (int i = 0; i < dy.Length; i++)
        {
            sums[((int)indices[i / Dimensions] * Dimensions) + (i % Dimensions)] += dy[i];
        }

        return sums;
    }
}
