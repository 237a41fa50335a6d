namespace Nnfs.Import.Translating;

/// <summary>A tensor of a layer.</summary>
/// <param name="Name">Its name after that of the layer, as files have it.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Values">Its values, row by row; they may be changed while constants are taken into the layer.</param>
internal sealed record LayerTensor(string Name, int[] Shape, double[] Values);
