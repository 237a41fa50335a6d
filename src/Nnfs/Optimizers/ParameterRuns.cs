using System.Collections.Immutable;

namespace Nnfs.Optimizers;

/// <summary>The parameters of a network, part by part in the order in which they lie: weights, biases and running averages.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
internal static class ParameterRuns<TNetwork>
    where TNetwork : INetworkModel<TNetwork>
{
    /// <summary>The runs. They follow each other without a gap; the last goes on to the end of the parameters.</summary>
    public static ImmutableArray<ParameterRun> All { get; } = Of(TNetwork.Layers.SelectMany(static layer => layer.Tensors));

    private static ImmutableArray<ParameterRun> Of(IEnumerable<TensorInfo> tensors)
    {
        List<(int Start, ParameterKind Kind)> starts = [];

        foreach (TensorInfo tensor in tensors.OrderBy(static tensor => tensor.Offset))
        {
            ParameterKind kind = !tensor.IsTrained ? ParameterKind.Averages : tensor.Shape.Length > 1 ? ParameterKind.Weights : ParameterKind.Biases;

            if (starts.Count == 0 || starts[^1].Kind != kind)
            {
                starts.Add((starts.Count == 0 ? 0 : tensor.Offset, kind));
            }
        }

        return [.. starts.Select((run, i) => new ParameterRun(run.Start, (i + 1 < starts.Count ? starts[i + 1].Start : int.MaxValue) - run.Start, run.Kind))];
    }
}
