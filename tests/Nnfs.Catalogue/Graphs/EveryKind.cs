using System.Globalization;
using Nnfs.Catalogue.Layers;
using Nnfs.Catalogue.Losses;

namespace Nnfs.Catalogue.Graphs;

/// <summary>
/// A graph of all examples of the catalogue: the layers side by side, of a sample with one axis and of one with two, or of the shape that they take, their
/// values joined, and an output for each loss.
/// </summary>
internal static class EveryKind
{
    private const int Features = 6;

    /// <summary>What is left of each layer's values: were what is joined much, little of a loss's gradient would be more than roundings.</summary>
    private const int Ends = 3;

    public static GraphCase Graph(int batch, int seed) => Part(batch, seed, part: 0, parts: 1);

    /// <summary>The same of some of the layers: all have to be far enough from their kinks at once, which numbers for all kinds seldom are.</summary>
    /// <param name="batch">The number of samples.</param>
    /// <param name="seed">The seed of the graph.</param>
    /// <param name="part">Which part of the layers.</param>
    /// <param name="parts">Into how many parts they are divided.</param>
    public static GraphCase Part(int batch, int seed, int part, int parts)
    {
        GraphBuilder graph = new GraphBuilder().Input(Features, "x");
        List<string> ends = [];

        foreach (ReferenceLayer layer in LayerEntries.All.SelectMany(static entry => entry.Examples).Where((_, i) => i % parts == part))
        {
            IEnumerable<SampleShape> shapes = [new(Features), new(Features / 3, 3), layer.Entry.ExampleShape ?? new(Features)];

            foreach (SampleShape shape in shapes.Distinct().Where(shape => layer.Entry.Accepts([shape]) && layer.Fits(shape)))
            {
                string before = Name("Before", ends.Count);
                string end = Name("End", ends.Count);
                graph.Layer(new DenseLayer(shape.Size), ["x"]).Layer(new ReshapeLayer(shape), name: before)
                    .Layer(layer, layer.Entry.IsJoin ? [before, before] : [before]).Layer(new FlattenLayer()).Layer(new DenseLayer(Ends), name: end);
                ends.Add(end);
            }
        }

        foreach ((int i, ReferenceLayer table) in LayerEntries.All.Where(static entry => entry.ReadsIndices).SelectMany(static entry => entry.Examples).Index())
        {
            string end = Name("End", ends.Count);
            graph.Input(table.Entry.ExampleShape!, Name("indices", i)).Layer(table).Layer(new FlattenLayer()).Layer(new DenseLayer(Ends), name: end);
            ends.Add(end);
        }

        graph.Layer(new ConcatLayer(), [.. ends], "All");

        foreach ((int i, ReferenceLoss loss) in LossEntries.All.SelectMany(static entry => entry.Examples).Index())
        {
            graph.Layer(new DenseLayer(3), ["All"]);
            (loss.Entry.Expects is { } expected ? graph.Layer(expected.Examples[0]) : graph).Output(Name("loss", i), loss);
        }

        return graph.Build(batch, seed, Answers.Labels);
    }

    private static string Name(string start, int number) => string.Create(CultureInfo.InvariantCulture, $"{start}{number}");
}
