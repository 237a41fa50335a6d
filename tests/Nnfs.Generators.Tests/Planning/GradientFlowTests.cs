using Nnfs.Generators.Models;
using Nnfs.Generators.Planning;

namespace Nnfs.Generators.Tests.Planning;

/// <summary>
/// The order of the passes back. Each stage has a number as the derivative of each of its sources; a pass that follows the plan must come to the
/// sum over all paths, which is computed here the other way round, from the inputs on.
/// </summary>
public sealed class GradientFlowTests
{
    [Fact]
    public void Contributions_in_their_order_give_the_sum_over_all_paths()
    {
        PlannedNetworks.Check(network =>
        {
            Dictionary<int, double> gradients = Backward(network);

            // What only changes the shape of a value has the gradient of that value.
            IEnumerable<int> sources = Enumerable.Range(-network.Inputs.Count, network.Inputs.Count + network.Stages.Count);

            foreach (int source in sources.Where(source => network.RootOf(source) == source && !IsOfIndices(network, source)))
            {
                double expected = Expected(network, source);

                Assert.True(
                    Math.Abs(gradients.GetValueOrDefault(source) - expected) <= 1e-9 * Math.Abs(expected),
                    $"The gradient of {network.NameOf(source)} is {gradients.GetValueOrDefault(source)}, not {expected}.");
            }
        });
    }

    [Fact]
    public void Values_have_a_gradient_where_a_loss_depends_on_them()
    {
        PlannedNetworks.Check(network =>
        {
            GradientFlow flow = network.Plans.Gradients;

            Assert.All(Enumerable.Range(0, network.Stages.Count), stage => Assert.Equal(Expected(network, stage) != 0, flow.HasGradient[stage]));
            Assert.All(Enumerable.Range(0, network.Inputs.Count), input =>
                Assert.Equal(Expected(network, ~input) != 0 && !IsOfIndices(network, ~input), flow.HasInputGradient[input]));
        });
    }

    private static bool IsOfIndices(NetworkSpec network, int source) => source < 0 && network.Inputs[~source].Element == ElementType.Integer;

    /// <summary>All else stays as it is where inputs are numbers of rows or the like, which have no gradient.</summary>
    [Fact]
    public void Input_of_integers_has_no_gradient()
    {
        int inputs = 0;

        PlannedNetworks.Check(network =>
        {
            GradientFlow floats = network.Plans.Gradients;
            GradientFlow integers = GradientFlow.Of(network with
            {
                Inputs = new([.. network.Inputs.Select(static input => input with { Element = ElementType.Integer })]),
            });

            inputs += floats.HasInputGradient.Count(static has => has);
            Assert.DoesNotContain(true, integers.HasInputGradient);
            Assert.Equal(floats.HasGradient, integers.HasGradient);
            Assert.Equal(floats.Contributions.Where(contribution => Source(network, contribution) >= 0), integers.Contributions);
        });

        Assert.InRange(inputs, 100, int.MaxValue);
    }

    [Fact]
    public void Gradients_that_training_needs_come_first_and_are_those_of_what_depends_on_parameters()
    {
        PlannedNetworks.Check(network =>
        {
            GradientFlow flow = network.Plans.Gradients;
            Contribution[] contributions = [.. flow.Contributions];

            Assert.Equal(contributions.OrderByDescending(static contribution => contribution.IsForTraining), contributions);
            Assert.All(contributions, contribution => Assert.Equal(DependsOnParameters(network, Source(network, contribution)), contribution.IsForTraining));
        });
    }

    [Fact]
    public void Activation_is_taken_back_by_its_reader_where_nothing_else_reads_it()
    {
        int masked = 0;

        PlannedNetworks.Check(network =>
        {
            for (int i = 0; i < network.Stages.Count; i++)
            {
                if (network.Plans.Gradients.IsMasked[i])
                {
                    masked++;
                    StageSpec reader = Assert.Single(network.Stages, stage => !stage.IsAlias && stage.Sources.Select(network.RootOf).Contains(i));
                    Assert.True(reader.TakesMask);
                    Assert.NotNull(network.Stages[i].MaskName);
                    Assert.DoesNotContain(network.Outputs, output => network.RootOf(output.Source) == i);
                }
            }
        });

        Assert.InRange(masked, 20, int.MaxValue);
    }

    [Fact]
    public void Room_for_what_is_computed_apart_is_as_large_as_the_largest_such_value()
    {
        int without = 0;

        PlannedNetworks.Check(network =>
        {
            GradientFlow flow = network.Plans.Gradients;
            int[] sizes =
            [
                .. flow.Contributions.Where(static contribution => contribution.IsApart).Select(contribution => network.SizeOf(Source(network, contribution))),
                .. flow.ApartOutputs.Select(output => network.Outputs[output].Size),
            ];

            without += sizes.Length == 0 ? 1 : 0;
            Assert.Equal(sizes.Length == 0 ? 0 : sizes.Max(), flow.ContributionSize);
        });

        Assert.InRange(without, 100, PlannedNetworks.All.Count - 20);
    }

    /// <summary>Does what generated code does: the first contribution is written, others are added, some by way of a room of their own.</summary>
    private static Dictionary<int, double> Backward(NetworkSpec network)
    {
        GradientFlow flow = network.Plans.Gradients;
        Dictionary<int, double> gradients = [];

        for (int i = 0; i < network.Outputs.Count; i++)
        {
            OutputSpec output = network.Outputs[i];

            if (network.TrainedOutputs.Contains(output))
            {
                // A loss overwrites, unless its gradient is computed apart.
                bool isApart = flow.ApartOutputs.Contains(i);
                int source = network.RootOf(output.Source);
                Assert.Equal(gradients.ContainsKey(source), isApart);
                Assert.True(!isApart || flow.ContributionSize >= output.Size);
                gradients[source] = gradients.GetValueOrDefault(source) + Weight(output);
            }
        }

        foreach (Contribution contribution in flow.Contributions)
        {
            int source = Source(network, contribution);
            double given = gradients[contribution.Stage] * Derivative(network, contribution.Stage, contribution.Slot);

            // What a kernel can only overwrite must not meet what is there already.
            Assert.Equal(gradients.ContainsKey(source), !contribution.IsFirst);
            Assert.Equal(!contribution.IsFirst && network.Stages[contribution.Stage].OverwritesGradients, contribution.IsApart);
            Assert.True(!contribution.IsApart || flow.ContributionSize >= network.SizeOf(source));
            gradients[source] = gradients.GetValueOrDefault(source) + given;
        }

        return gradients;
    }

    /// <summary>The derivative of the weighted losses by a value: the sum over its readers of theirs.</summary>
    private static double Expected(NetworkSpec network, int source)
    {
        double[] derivatives = new double[network.Stages.Count];

        for (int i = 0; i < network.Stages.Count; i++)
        {
            derivatives[i] = i == source ? 1 : network.Stages[i].Sources
                .Select((other, slot) => (other == source ? 1 : other >= 0 ? derivatives[other] : 0) * Derivative(network, i, slot))
                .Sum();

            // Of the value itself nothing before it depends on it, and it depends on itself alone.
            derivatives[i] = i < source ? 0 : derivatives[i];
        }

        return network.TrainedOutputs.Sum(output => Weight(output) * (output.Source == source ? 1 : output.Source >= 0 ? derivatives[output.Source] : 0));
    }

    private static bool DependsOnParameters(NetworkSpec network, int source) =>
        source >= 0 && (network.Stages[source].HasParameters || network.Stages[source].Sources.Any(other => DependsOnParameters(network, other)));

    private static int Source(NetworkSpec network, Contribution contribution) => network.RootOf(network.Stages[contribution.Stage].Sources[contribution.Slot]);

    /// <summary>Some number for each edge of the graph; 1 for what only changes the shape.</summary>
    private static double Derivative(NetworkSpec network, int stage, int slot) =>
        network.Stages[stage].IsAlias ? 1 : 0.5 + (((stage * 7) + (slot * 3)) % 11 / 10.0);

    private static double Weight(OutputSpec output) => output.Weight + (output.Name.Length / 10.0);
}
