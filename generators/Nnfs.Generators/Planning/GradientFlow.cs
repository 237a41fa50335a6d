using Nnfs.Generators.Models;

namespace Nnfs.Generators.Planning;

/// <summary>
/// Where gradients go on their way back: which values have one, which of them lead to parameters, and who contributes to them in which order.
/// </summary>
/// <param name="HasGradient">For each stage whether the loss depends on what it gives.</param>
/// <param name="HasInputGradient">For each input whether the loss depends on it.</param>
/// <param name="LeadsToParameters">For each stage whether what it gives depends on parameters, so that training needs its gradient.</param>
/// <param name="IsMasked">For each stage whether its only reader takes the gradient through its activation, which needs no step of its own.</param>
/// <param name="Contributions">What stages contribute to the gradients of their sources, in order: those that training needs, then the others.</param>
/// <param name="ApartOutputs">The outputs whose gradients are computed apart and then added, because an output before them has the same source.</param>
/// <param name="ContributionSize">The length per sample of the room for a contribution that is computed apart and then added; 0 where none is.</param>
internal sealed record GradientFlow(
    EquatableArray<bool> HasGradient,
    EquatableArray<bool> HasInputGradient,
    EquatableArray<bool> LeadsToParameters,
    EquatableArray<bool> IsMasked,
    EquatableArray<Contribution> Contributions,
    EquatableArray<int> ApartOutputs,
    int ContributionSize)
{
    /// <summary>The flow in a network without stages.</summary>
    public static readonly GradientFlow None = new(default, default, default, default, default, default, 0);

    /// <summary>Whether a source depends on parameters; inputs do not.</summary>
    public bool Leads(int source) => source >= 0 && LeadsToParameters[source];

    /// <summary>The stages that the loss depends on, from the last to the first.</summary>
    public IEnumerable<int> StagesFromLast => Enumerable.Range(0, HasGradient.Count).Reverse().Where(stage => HasGradient[stage]);

    /// <summary>What a stage contributes.</summary>
    public IEnumerable<Contribution> Of(int stage) => Contributions.Where(contribution => contribution.Stage == stage);

    public static GradientFlow Of(NetworkSpec network)
    {
        int count = network.Stages.Count;
        bool[] leads = new bool[count];
        bool[] hasGradient = new bool[count];
        int[] trained = [.. network.TrainedOutputs.Select(output => network.RootOf(output.Source))];
        HashSet<int> reached = [.. network.TrainedOutputs.Select(static output => output.Source)];

        for (int i = 0; i < count; i++)
        {
            StageSpec stage = network.Stages[i];
            leads[i] = stage.HasParameters || stage.Sources.Any(source => source >= 0 && leads[source]);
        }

        for (int i = count - 1; i >= 0; i--)
        {
            hasGradient[i] = reached.Contains(i);

            if (hasGradient[i])
            {
                reached.UnionWith(network.Stages[i].Sources.Where(source => HasGradients(network, source)));
            }
        }

        Readers readers = new(network.Stages, network.Outputs);
        Contribution[] contributions = [.. ContributionsOf(network, hasGradient, leads, trained)];
        int[] apartOutputs = [.. Enumerable.Range(0, network.Outputs.Count).Where(i => IsApart(network, i))];

        return new GradientFlow(
            new([.. hasGradient]),
            new([.. Enumerable.Range(0, network.Inputs.Count).Select(input => reached.Contains(~input))]),
            new([.. leads]),
            new([.. Enumerable.Range(0, count).Select(i => IsMaskedByReader(network, readers, i))]),
            new([.. contributions]),
            new([.. apartOutputs]),
            SizeOfApart(network, contributions, apartOutputs));
    }

    /// <summary>Where several readers contribute to the gradient of one value, the first in order writes it and the others add to it.</summary>
    private static IEnumerable<Contribution> ContributionsOf(NetworkSpec network, bool[] hasGradient, bool[] leads, int[] trained)
    {
        HashSet<int> written = [.. trained];

        foreach (bool isForTraining in (bool[])[true, false])
        {
            for (int i = network.Stages.Count - 1; i >= 0; i--)
            {
                StageSpec stage = network.Stages[i];

                for (int slot = 0; slot < stage.Sources.Count && hasGradient[i] && !stage.IsAlias; slot++)
                {
                    int source = network.RootOf(stage.Sources[slot]);

                    if (HasGradients(network, source) && (source >= 0 && leads[source]) == isForTraining)
                    {
                        bool isFirst = written.Add(source);

                        yield return new Contribution(i, slot, isForTraining, isFirst, IsApart: !isFirst && stage.OverwritesGradients);
                    }
                }
            }
        }
    }

    /// <summary>Whether the loss can have a gradient with respect to a source: whole numbers have none.</summary>
    private static bool HasGradients(NetworkSpec network, int source) => source >= 0 || network.Inputs[~source].Element == ElementType.Float;

    private static bool IsApart(NetworkSpec network, int output)
    {
        List<OutputSpec> trained = [.. network.TrainedOutputs];
        int index = trained.FindIndex(other => ReferenceEquals(other, network.Outputs[output]));

        return index >= 0 && trained.Take(index).Any(other => network.RootOf(other.Source) == network.RootOf(network.Outputs[output].Source));
    }

    /// <summary>Whether a stage's activation is taken into the product of its only reader, on the way back; an output's needs a step of its own.</summary>
    private static bool IsMaskedByReader(NetworkSpec network, Readers readers, int stage) =>
        network.Stages[stage].MaskName is not null && readers.OnlyReader(stage) is { } reader && network.Stages[reader].TakesMask;

    /// <summary>The size of the largest value with a contribution that is computed apart.</summary>
    private static int SizeOfApart(NetworkSpec network, IEnumerable<Contribution> contributions, IEnumerable<int> apartOutputs) => contributions
        .Where(static contribution => contribution.IsApart)
        .Select(contribution => network.SizeOf(network.Stages[contribution.Stage].Sources[contribution.Slot]))
        .Concat(apartOutputs.Select(output => network.Outputs[output].Size))
        .DefaultIfEmpty(0)
        .Max();
}
