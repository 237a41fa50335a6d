using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Where gradients go on their way back: which values have one, and which of them lead to parameters.</summary>
internal sealed class GradientFlow
{
    private readonly NetworkSpec _network;
    private readonly bool[] _hasGradient;
    private readonly bool[] _leadsToParameters;
    private readonly List<int>[] _readers;

    private GradientFlow(NetworkSpec network)
    {
        int count = network.Stages.Count;
        _network = network;
        _hasGradient = new bool[count];
        _leadsToParameters = new bool[count];
        _readers = [.. Enumerable.Range(0, count).Select(static _ => new List<int>())];

        for (int i = 0; i < count; i++)
        {
            StageSpec stage = network.Stages[i];
            _leadsToParameters[i] = stage.HasParameters || stage.Sources.Any(LeadsToParameters);

            foreach (int source in stage.Sources.Where(static source => source >= 0))
            {
                _readers[source].Add(i);
            }
        }

        for (int i = count - 1; i >= 0; i--)
        {
            _hasGradient[i] = network.AnsweredOutputs.Any(output => output.Source == i) || _readers[i].Any(reader => _hasGradient[reader]);
        }
    }

    public static GradientFlow Of(NetworkSpec network) => new(network);

    /// <summary>Whether the loss depends on what a stage gives.</summary>
    public bool HasGradient(int stage) => _hasGradient[stage];

    /// <summary>Whether the loss depends on an input.</summary>
    public bool HasInputGradient(int input) =>
        _network.AnsweredOutputs.Any(output => output.Source == ~input) || _network.Stages.Where((stage, i) => _hasGradient[i] && stage.Sources.Contains(~input)).Any();

    /// <summary>Whether a value depends on parameters, so that training needs its gradient; inputs do not.</summary>
    public bool LeadsToParameters(int source) => source >= 0 && _leadsToParameters[source];

    /// <summary>
    /// The dense layer that takes the gradient of a layer's ReLU into its product: the only reader of what that layer gives, which is no
    /// output either. <see langword="null"/> where the ReLU needs a step of its own.
    /// </summary>
    public bool IsMaskedByReader(int stage) =>
        _network.Stages[stage] is DenseSpec { ReLUName: not null }
        && _readers[stage] is [int reader]
        && _network.Stages[reader] is DenseSpec
        && _network.Outputs.All(output => output.Source != stage);

    /// <summary>Whether several contributions to a value's gradient are added up.</summary>
    public bool IsSummed(int source)
    {
        int contributions = _network.AnsweredOutputs.Count(output => output.Source == source)
            + _network.Stages.Where((_, i) => _hasGradient[i]).Sum(stage => stage.Sources.Count(other => other == source));

        return contributions > 1;
    }

    /// <summary>The length per sample of the room for a contribution that is computed apart and then added; 0 where none is.</summary>
    public int ContributionSize()
    {
        IEnumerable<int> sizes = _network.Stages
            .Where((stage, i) => _hasGradient[i] && BackwardStageEmitter.ComputesApart(stage))
            .SelectMany(static stage => stage.Sources)
            .Concat(_network.AnsweredOutputs.Select(static output => output.Source))
            .Where(IsSummed)
            .Select(_network.SizeOf);

        return sizes.DefaultIfEmpty(0).Max();
    }
}
