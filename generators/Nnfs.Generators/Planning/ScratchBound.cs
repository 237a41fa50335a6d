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
        Readers readers = new(stages, outputs);

        // Predictions keep scaled weights beside the activations where a stage is folded into them.
        long length = stages.Any(static stage => stage.ScalesInPredictions) ? parameterLength : 0;

        for (int i = 0; i < stages.Count; i++)
        {
            if (stages[i].IsAlias)
            {
                yield return length;

                continue;
            }

            // A tile of what is an output and nothing else goes straight there.
            long tile = readers.IsOnlyOutput(i) ? 0 : ScratchLength.OfTile(stages[i], predictRows);

            // After a single sample's activations Classify keeps its outputs.
            bool mayBeClassified = outputs.Count == 1
                && NetworkSpec.RootOf(stages, outputs[0].Source) == i
                && (outputs[0].Loss is null or { GivesProbabilities: true } || stages[i].GivesProbabilities);
            length += ScratchLength.OfRoom(stages[i], isInLanes: false, predictRows);
            length += Math.Max(KernelLimits.Align(tile), ScratchLength.OfSample(stages[i])) + (mayBeClassified ? stages[i].Outputs : 0);

            yield return length;
        }
    }
}
