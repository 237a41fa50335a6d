using Nnfs.Generators.Models;

namespace Nnfs.Generators.Planning;

/// <summary>
/// How a network takes sequences step by step: as a network whose samples are single steps, with layers that keep what they need of the steps before in a
/// state.
/// </summary>
/// <param name="OfStep">The network of a step; <see langword="null"/> where some layer needs more than the steps so far.</param>
/// <param name="Obstacle">Why there is none, as a relative clause; <see langword="null"/> where there is one.</param>
internal sealed record StreamPlan(NetworkSpec? OfStep, string? Obstacle)
{
    /// <summary>The plan of a network that is not known.</summary>
    public static readonly StreamPlan None = new(OfStep: null, Obstacle: null);

    /// <summary>The plan of a network whose other facts are all known.</summary>
    public static StreamPlan Of(NetworkSpec network)
    {
        if (network.HasErrors || network.Inputs.Count == 0)
        {
            return None;
        }

        if (ObstacleOf(network) is { } obstacle)
        {
            return new StreamPlan(OfStep: null, obstacle);
        }

        List<StageSpec> stages = [];
        long state = 0;

        foreach (StageSpec stage in network.Stages)
        {
            StageSpec step = stage.OfStep! with { StateOffset = (int)Math.Min(int.MaxValue, state) };
            state += KernelLimits.Align(step.StateSize);
            stages.Add(step);
        }

        if (state > KernelLimits.MostFloats)
        {
            return new StreamPlan(OfStep: null, $"whose layers would keep {Wording.Number(state)} values of the steps before, more than an array holds");
        }

        NetworkSpec ofStep = network with
        {
            Inputs = new([.. network.Inputs.Select(static input => input with { Shape = StepOf(input) })]),
            Stages = new([.. stages]),
            Outputs = new([.. network.Outputs.Select(static output => output with { Shape = Shape.Of(output.Shape.Last) })]),
            Plan = NetworkPlan.Rows,
            PredictRows = PlanChoice.PredictRows(NetworkPlan.Rows, stages),
        };

        return new StreamPlan(ofStep with { Plans = Plans.OfStep(ofStep) }, Obstacle: null);
    }

    private static string? ObstacleOf(NetworkSpec network)
    {
        int? steps = StepsOf(network.Inputs[0]);

        if (network.Inputs.FirstOrDefault(input => steps is null || StepsOf(input) != steps) is { } other)
        {
            string wanted = steps is null ? "not of steps × features" : $"not of the {steps} steps of the others";

            return $"whose {(network.HasNamedPorts ? $"input '{other.Name}' is" : "inputs are")} {other.Shape}, {wanted}";
        }

        foreach (StageSpec stage in network.Stages)
        {
            if (stage.OfStep is null)
            {
                return $"whose layer '{stage.Name}' {stage.StreamObstacle}";
            }
        }

        return network.Outputs.FirstOrDefault(output => output.Shape.Rank != 2 || output.Shape.Sizes[0] != steps) is { } output
            ? $"whose {(network.HasNamedPorts ? $"output '{output.Name}' is" : "outputs are")} {output.Shape}, not a row for each of {steps} steps"
            : null;
    }

    /// <summary>The steps of an input: integers are one a step, and other values a row.</summary>
    private static int? StepsOf(InputSpec input) => input.Shape.Rank == (input.Element == ElementType.Integer ? 1 : 2) ? input.Shape.Sizes[0] : null;

    private static Shape StepOf(InputSpec input) => Shape.Of(input.Element == ElementType.Integer ? 1 : input.Shape.Last);
}
