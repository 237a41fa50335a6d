using Nnfs.Generators.Models;

namespace Nnfs.Generators.Planning;

/// <summary>The most scratch memory that a prediction could take, by which networks are told to be too large: no value gives its place to another.</summary>
internal static class ScratchBound
{
    /// <summary>The first stage with which one array could not hold the activations; <see langword="null"/> where it can.</summary>
    /// <param name="stages">The stages, with rows for activations.</param>
    /// <param name="outputs">The outputs of the network.</param>
    /// <param name="predictRows">The samples of a tile.</param>
    /// <param name="parameterLength">The length of the block of parameters.</param>
    public static SizeFault? Fault(IReadOnlyList<StageSpec> stages, IReadOnlyList<OutputSpec> outputs, int predictRows, int parameterLength) =>
        Lengths(stages, outputs, predictRows, parameterLength)
            .Select(static (length, stage) => new SizeFault(stage, length, "activations"))
            .FirstOrDefault(static fault => fault.Length > KernelLimits.MostFloats);

    /// <summary>The bound with each stage and those before it.</summary>
    /// <param name="stages">The stages, with rows for activations.</param>
    /// <param name="outputs">The outputs of the network.</param>
    /// <param name="predictRows">The samples of a tile.</param>
    /// <param name="parameterLength">The length of the block of parameters.</param>
    public static IEnumerable<long> Lengths(
        IReadOnlyList<StageSpec> stages,
        IReadOnlyList<OutputSpec> outputs,
        int predictRows,
        int parameterLength)
    {
        HashSet<int> read = [.. stages.SelectMany(static stage => stage.Sources)];
        ILookup<int, OutputSpec> outputsOf = outputs.ToLookup(static output => output.Source);

        // Predictions keep scaled weights beside the activations where a stage is folded into them.
        long length = stages.Any(static stage => stage.ScalesInPredictions) ? parameterLength : 0;

        for (int i = 0; i < stages.Count; i++)
        {
            int size = stages[i].Outputs;

            // A tile of what is an output and nothing else goes straight there.
            bool isOnlyOutput = !read.Contains(i) && outputsOf[i].Count() == 1;
            long tile = isOnlyOutput ? 0 : (long)predictRows * size;
            long sample = size > KernelLimits.MostFloats ? size : MatrixLayout.RowStride(size);

            // After a single sample's activations Classify keeps its probabilities.
            bool mayBeClassified = outputs.Count == 1
                && outputsOf[i].Any(output => output.Loss is { GivesProbabilities: true } || stages[i].GivesProbabilities);
            length += stages[i].Rooms(isInLanes: false).Sum(block => KernelLimits.Align(block.LengthFor(predictRows)));
            length += KernelLimits.Align(Math.Max(tile, sample)) + (mayBeClassified ? size : 0);

            yield return length;
        }
    }
}
