using Nnfs.Generators.Models;

namespace Nnfs.Generators.Planning;

/// <summary>The last stages of a network that one kernel computes.</summary>
/// <param name="First">The number of the first of them.</param>
/// <param name="Kernel">The kernel.</param>
internal sealed record TailPlan(int First, KernelTail Kernel)
{
    /// <summary>The longest tail of a network for which there is a kernel; only samples in lanes have such.</summary>
    /// <param name="network">The network.</param>
    /// <param name="find">Asks a stage for the kernel that computes it and all after it.</param>
    public static TailPlan? Of(NetworkSpec network, Func<StageSpec, IReadOnlyList<StageSpec>, KernelTail?> find)
    {
        for (int i = 0; i < network.Stages.Count && network.Plan == NetworkPlan.Lanes && network.IsChain; i++)
        {
            if (find(network.Stages[i], [.. network.Stages.Skip(i)]) is { } kernel)
            {
                return new TailPlan(i, kernel);
            }
        }

        return null;
    }

    /// <summary>Its stages.</summary>
    public IReadOnlyList<StageSpec> Stages(NetworkSpec network) => [.. network.Stages.Skip(First)];
}
