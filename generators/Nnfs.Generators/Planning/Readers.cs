using Nnfs.Generators.Models;

namespace Nnfs.Generators.Planning;

/// <summary>
/// What reads each stage, for all plans that ask whether nothing else does. A stage that only changes the shape reads nothing and is not read: its
/// readers read the value that it is made of.
/// </summary>
internal sealed class Readers
{
    private readonly List<int>[] _stages;
    private readonly int[] _outputs;

    /// <summary>Finds the readers.</summary>
    /// <param name="stages">The stages.</param>
    /// <param name="outputs">The outputs of the network.</param>
    public Readers(IReadOnlyList<StageSpec> stages, IReadOnlyList<OutputSpec> outputs)
    {
        _stages = [.. stages.Select(static _ => new List<int>())];
        _outputs = new int[stages.Count];

        for (int i = 0; i < stages.Count; i++)
        {
            foreach (int source in stages[i].Sources.Select(RootOf).Distinct().Where(source => source >= 0 && !stages[i].IsAlias))
            {
                _stages[source].Add(i);
            }
        }

        foreach (int source in outputs.Select(output => RootOf(output.Source)).Where(static source => source >= 0))
        {
            _outputs[source]++;
        }

        int RootOf(int source) => NetworkSpec.RootOf(stages, source);
    }

    /// <summary>The only stage that reads a stage; <see langword="null"/> if there are others or none, or if it is an output of the network.</summary>
    public int? OnlyReader(int stage) => _stages[stage] is [int reader] && _outputs[stage] == 0 ? reader : null;

    /// <summary>Whether a stage is one output of the network, and nothing else reads it.</summary>
    public bool IsOnlyOutput(int stage) => _outputs[stage] == 1 && _stages[stage].Count == 0;
}
