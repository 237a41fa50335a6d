using Nnfs.Generators.Models;
using Nnfs.Generators.Planning;

namespace Nnfs.Generators.Emission;

/// <summary>The text of the stages of a backward pass, in the order of the plan.</summary>
internal sealed class BackwardSteps
{
    private readonly NetworkSpec _network;
    private readonly GradientFlow _flow;

    public BackwardSteps(NetworkSpec network)
    {
        _network = network;
        _flow = network.Plans.Gradients;
    }

    /// <summary>The texts of the gradients that training needs.</summary>
    public IEnumerable<string> ForTraining => _flow.StagesFromLast
        .Where(stage => _flow.LeadsToParameters[stage])
        .SelectMany(stage => Within(stage).Concat(Contributions(stage, isForTraining: true)));

    /// <summary>The texts of the gradients that only lead to the inputs.</summary>
    public IEnumerable<string> ForInputs => _flow.StagesFromLast.SelectMany(stage => Contributions(stage, isForTraining: false));

    /// <summary>The texts for the gradients of parameters, stage by stage.</summary>
    public IEnumerable<string> Parameters => _flow.StagesFromLast
        .Select(stage => StepText.Of(_network.Stages[stage].BackwardParameters(Context(stage)), new BackwardOperands(_network, stage, isOfBatch: true)))
        .Where(static text => text.Length > 0);

    /// <summary>The texts of what comes before a pass back, for those of the stages that need it.</summary>
    /// <param name="isForTraining">Whether the gradients that training needs are meant, or the others.</param>
    public IEnumerable<string> Preparations(bool isForTraining) => Stages(isForTraining)
        .Select(stage => StepText.Of(_network.Stages[stage].PrepareBackward(Context(stage)), new BackwardOperands(_network, stage, isOfBatch: true)))
        .Where(static text => text.Length > 0);

    /// <summary>The stages that contribute to such gradients, in their order.</summary>
    /// <param name="isForTraining">Whether the gradients that training needs are meant, or the others.</param>
    public IEnumerable<int> Stages(bool isForTraining) =>
        Contributions(isForTraining).Select(static contribution => contribution.Stage).Distinct().Reverse();

    /// <summary>Whether such gradients are computed of the network's inputs, which a network with one input does not keep.</summary>
    /// <param name="isForTraining">Whether the gradients that training needs are meant, or the others.</param>
    public bool TakesInputs(bool isForTraining)
    {
        bool contributionsDo = Contributions(isForTraining).Any(contribution =>
            Steps(contribution).SelectMany(static step => step.Operands).Any(Operands(contribution).IsOfInputs));

        return contributionsDo || (isForTraining && _flow.StagesFromLast.Where(TakesStepWithin).Any(stage =>
            StepsWithin(stage).SelectMany(static step => step.Operands).Any(new BackwardOperands(_network, stage, isOfBatch: false).IsOfInputs)));
    }

    private IEnumerable<Contribution> Contributions(bool isForTraining) =>
        _flow.Contributions.Where(contribution => contribution.IsForTraining == isForTraining);

    /// <summary>Whether a stage has steps of its own before its contributions; in lanes they go with the loss or the reader.</summary>
    private bool TakesStepWithin(int stage) => _network.Plan == NetworkPlan.Rows && _flow.LeadsToParameters[stage] && !_flow.IsMasked[stage];

    private IEnumerable<Step> StepsWithin(int stage) => _network.Stages[stage].BackwardWithin(Context(stage));

    /// <summary>The text within a stage; nothing where there is none, or the reader takes the gradient through it.</summary>
    private IEnumerable<string> Within(int stage)
    {
        string text = TakesStepWithin(stage) ? StepText.Of(StepsWithin(stage), new BackwardOperands(_network, stage, isOfBatch: false)) : "";

        return text.Length == 0 ? [] : [text];
    }

    private IEnumerable<string> Contributions(int stage, bool isForTraining) =>
        _flow.Of(stage).Where(contribution => contribution.IsForTraining == isForTraining).Select(Contribution);

    private string Contribution(Contribution contribution)
    {
        string text = StepText.Of(Steps(contribution), Operands(contribution));

        if (!contribution.IsApart)
        {
            return text;
        }

        Operand gradients = Operand.Text(Names.Gradients(_network, Source(contribution)));
        Operand apart = Operand.Text(Apart(contribution));

        return $"{text}\n{StepText.Of(ElementsStep.Sum(gradients, apart, gradients), Operands(contribution))}";
    }

    private IEnumerable<Step> Steps(Contribution contribution) =>
        _network.Stages[contribution.Stage].Backward(Context(contribution.Stage), contribution.Slot, contribution.IsFirst);

    private BackwardOperands Operands(Contribution contribution) =>
        new(_network, contribution.Stage, isOfBatch: false, contribution.IsApart ? Apart(contribution) : null);

    /// <summary>Memory for a contribution; each thread has a part of its own, whatever the size of what it computes there.</summary>
    private string Apart(Contribution contribution) =>
        $"workspace.{Names.ContributionField}.Span.Slice(start * {_flow.ContributionSize}, samples * {_network.SizeOf(Source(contribution))})";

    private int Source(Contribution contribution) => _network.Stages[contribution.Stage].Sources[contribution.Slot];

    private StageContext Context(int stage) => new(_network, stage, PassKind.Training);
}
