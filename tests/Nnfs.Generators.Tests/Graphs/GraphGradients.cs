namespace Nnfs.Generators.Tests.Graphs;

/// <summary>The gradients that the reference computes.</summary>
/// <param name="Parameters">Those of the tensors of each layer.</param>
/// <param name="Inputs">Those of the inputs.</param>
internal sealed record GraphGradients(double[][][] Parameters, double[][] Inputs);
