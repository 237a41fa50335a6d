namespace Nnfs.Catalogue.Layers;

/// <summary>What a layer is drawn from.</summary>
/// <param name="Random">The dice.</param>
/// <param name="Inputs">The shapes of what it reads.</param>
/// <param name="Width">Draws a number of neurons or features.</param>
internal sealed record LayerDraw(Random Random, IReadOnlyList<SampleShape> Inputs, Func<int> Width);
