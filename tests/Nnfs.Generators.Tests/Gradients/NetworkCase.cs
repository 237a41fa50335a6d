using System.Globalization;

namespace Nnfs.Generators.Tests.Gradients;

/// <summary>One network with one batch: everything that follows from it is drawn from <see cref="Seed"/>.</summary>
/// <param name="Inputs">Features per sample.</param>
/// <param name="Layers">All layers, with the softmax before a <see cref="Head.CategoricalCrossEntropy"/>.</param>
/// <param name="Head">What stands at the end.</param>
/// <param name="Batch">Samples of the batch.</param>
/// <param name="WorkspaceBatch">Samples that the workspace holds, at least <paramref name="Batch"/>.</param>
/// <param name="Answers">The form of the right answers; without meaning where there is no loss.</param>
/// <param name="Seed">Of weights, inputs, answers, and the coordinates that finite differences look at.</param>
internal sealed record NetworkCase(int Inputs, Layer[] Layers, Head Head, int Batch, int WorkspaceBatch, Answers Answers, int Seed)
{
    public int Outputs => Layers.Length == 0 ? Inputs : Layers[^1].Outputs;

    public bool HasLoss => Head is Head.SoftmaxCrossEntropy or Head.CategoricalCrossEntropy;

    /// <summary>Whether the generator has to write <c>Classify</c>.</summary>
    public bool Classifies => Head != Head.None || (Layers.Length > 0 && Layers[^1].Kind == LayerKind.Softmax);

    public int ParameterCount => Layers.Where(static layer => layer.Kind == LayerKind.Dense).Sum(static layer => (layer.Inputs + 1) * layer.Outputs);

    /// <summary>A network from the sizes of its dense layers, with a ReLU after each but the last.</summary>
    public static NetworkCase Classic(int[] sizes, Head head, int batch, int workspaceBatch, Answers answers, int seed)
    {
        List<Layer> layers = [];

        for (int i = 1; i < sizes.Length; i++)
        {
            layers.Add(new Layer(LayerKind.Dense, sizes[i - 1], sizes[i]));

            if (i < sizes.Length - 1)
            {
                layers.Add(new Layer(LayerKind.ReLU, sizes[i], sizes[i]));
            }
        }

        return new NetworkCase(sizes[0], [.. WithHead(layers, sizes[^1], head)], head, batch, workspaceBatch, answers, seed);
    }

    /// <summary>The layers, and the softmax that a head asks for.</summary>
    public static IEnumerable<Layer> WithHead(IEnumerable<Layer> layers, int outputs, Head head) =>
        head is Head.Softmax or Head.CategoricalCrossEntropy ? layers.Append(new Layer(LayerKind.Softmax, outputs, outputs)) : layers;

    public override string ToString()
    {
        string layers = string.Concat(Layers.Select(static layer => $" {layer}"));
        string loss = HasLoss ? $" {Head}, {Answers}" : "";

        return string.Create(CultureInfo.InvariantCulture, $"{Inputs} →{layers}{loss}, batch {Batch} in {WorkspaceBatch}, seed {Seed}");
    }
}
