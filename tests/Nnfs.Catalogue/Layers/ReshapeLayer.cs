using Nnfs.Catalogue.Drawing;

namespace Nnfs.Catalogue.Layers;

/// <summary>The values of a sample in another shape.</summary>
/// <param name="Shape">The shape.</param>
internal sealed record ReshapeLayer(SampleShape Shape) : ReferenceLayer
{
    public static readonly LayerEntry Kind = new("Reshape", static draw => new ReshapeLayer(Draw(draw.Random, draw.Inputs[0].Size)))
    {
        Examples = [new ReshapeLayer(new SampleShape(3, 2)), new ReshapeLayer(new SampleShape(1, 2, 3, 1))],
        ExampleShape = new(6),
        Frequency = 4,
        Faults =
        [
            new("Reshape(1, {|NNFS003:0|}), Dense(3)", "The shape of 'Reshape1' must be one to four sizes of at least 1, but one is 0"),
            new("Dense(4), Reshape(1, 1, 2, 2, {|NNFS003:1|}), Tanh", "The shape of 'Reshape1' must be one to four sizes of at least 1, but there are 5"),
        ],
    };

    public override LayerEntry Entry => Kind;

    public override IEnumerable<Argument> Arguments => Shape.Extents.Select(Argument.Of);

    public override SampleShape OutputOf(IReadOnlyList<SampleShape> inputs) => Shape;

    public override double[] Forward(LayerPass pass) => [.. pass.Inputs[0]];

    public override LayerGradients Backward(LayerPass pass, double[] dy) => new([.. dy]);

    /// <summary>A shape of one to four extents with that many values.</summary>
    private static SampleShape Draw(Random random, int size)
    {
        List<int> extents = [];

        for (int left = random.Next(4); left > 0; left--)
        {
            int rest = size;
            int[] divisors = [.. Enumerable.Range(1, rest).Where(divisor => rest % divisor == 0)];
            extents.Add(random.Pick<int>(divisors));
            size /= extents[^1];
        }

        return new([.. extents, size]);
    }
}
