using Nnfs.Generators.Models;

namespace Nnfs.Generators.Planning;

/// <summary>Where parameters lie in one block: each tensor from the start of a line of the cache, after those of the layers before.</summary>
/// <param name="Stages">The stages, whose tensors have their places.</param>
/// <param name="Count">The number of parameters that are trained.</param>
/// <param name="Length">The length of the block, padding included.</param>
/// <param name="Faults">The stages whose tensors have no place, because no array could hold them.</param>
internal sealed record ParameterPlan(EquatableArray<StageSpec> Stages, int Count, int Length, EquatableArray<SizeFault> Faults)
{
    /// <summary>Lays out the parameters of stages.</summary>
    /// <param name="plan">How kernels take samples; in lanes some weights lie by neuron.</param>
    /// <param name="stages">The stages.</param>
    public static ParameterPlan Of(NetworkPlan plan, IReadOnlyList<StageSpec> stages)
    {
        StageSpec[] placed = [.. stages.Select(stage => plan == NetworkPlan.Lanes ? stage.InLanes(readsInput: ReadsInput(stages, stage.Sources[0])) : stage)];
        List<SizeFault> faults = [];
        int count = 0;
        int length = 0;

        for (int i = 0; i < placed.Length; i++)
        {
            IReadOnlyList<long> blocks = placed[i].TensorBlocks;
            long end = length + blocks.Sum(KernelLimits.Align);

            if (placed[i].SizeFault(count, end, KernelLimits.MostFloats) is var (tooLong, of))
            {
                faults.Add(new SizeFault(i, tooLong, of));
            }
            else
            {
                placed[i] = placed[i] with { Offsets = Offsets(blocks, length) };
                count += (int)placed[i].ParameterCount;
                length = (int)end;
            }
        }

        return new ParameterPlan(new([.. placed]), count, length, new([.. faults]));
    }

    /// <summary>Whether a prediction of one sample finds a source where the caller's inputs are.</summary>
    private static bool ReadsInput(IReadOnlyList<StageSpec> stages, int source) =>
        source < 0 || ((stages[source].IsAlias || stages[source].PassesOn) && ReadsInput(stages, stages[source].Sources[0]));

    private static EquatableArray<int> Offsets(IReadOnlyList<long> blocks, int start)
    {
        int[] offsets = new int[blocks.Count];

        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] = start;
            start += (int)KernelLimits.Align(blocks[i]);
        }

        return new([.. offsets]);
    }
}
