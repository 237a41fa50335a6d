namespace Nnfs.Catalogue.Graphs;

/// <summary>The gradients that the reference computes.</summary>
/// <param name="Tensors">Those of the tensors of each layer that are trained.</param>
/// <param name="Inputs">Those of the inputs.</param>
internal sealed record GraphGradients(double[][][] Tensors, double[][] Inputs);
