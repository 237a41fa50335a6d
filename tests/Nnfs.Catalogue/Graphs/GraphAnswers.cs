namespace Nnfs.Catalogue.Graphs;

/// <summary>What a pass of a graph is told of each of its outputs.</summary>
/// <param name="AreLabels">Whether outputs whose losses take labels are told labels.</param>
/// <param name="Labels">The labels of each output; empty where its loss takes none.</param>
/// <param name="Targets">The targets of each output; where the graph has no loss, the gradients of the outputs.</param>
public sealed record GraphAnswers(bool AreLabels, int[][] Labels, float[][] Targets);
