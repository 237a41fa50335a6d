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
    /// <param name="locals">The locals of the method.</param>
    public IEnumerable<string> ForTraining(Locals locals) => _flow.StagesFromLast
        .Where(stage => _flow.LeadsToParameters[stage])
        .SelectMany(stage => Within(stage, locals).Concat(Contributions(stage, isForTraining: true, locals)))
        .Select(locals.Declare);

    /// <summary>The texts of the gradients that only lead to the inputs.</summary>
    /// <param name="locals">The locals of the method.</param>
    public IEnumerable<string> ForInputs(Locals locals) =>
        _flow.StagesFromLast.SelectMany(stage => Contributions(stage, isForTraining: false, locals)).Select(locals.Declare);

    /// <summary>The texts of a plain pass up to the parameters of the first stage: stage by stage, all that each gives.</summary>
    /// <param name="locals">The locals of the method.</param>
    public IEnumerable<string> Plain(Locals locals) => _flow.StagesFromLast.SelectMany(stage => Plain(stage, locals)).Select(locals.Declare);

    /// <summary>The texts for the gradients of parameters, stage by stage.</summary>
    public IEnumerable<string> Parameters => _flow.StagesFromLast
        .Select(stage => StepText.Of(_network.Stages[stage].BackwardParameters(Context(stage)), new BackwardOperands(_network, stage, locals: null)))
        .Where(static text => text.Length > 0);

    /// <summary>The texts of what comes before a pass back, for those of the stages that need it.</summary>
    /// <param name="isForTraining">Whether the gradients that training needs are meant, or the others.</param>
    public IEnumerable<string> Preparations(bool isForTraining) => Stages(isForTraining)
        .Select(stage => StepText.Of(_network.Stages[stage].PrepareBackward(Context(stage)), new BackwardOperands(_network, stage, locals: null)))
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
            Steps(contribution).SelectMany(static step => step.Operands).Any(new BackwardOperands(_network, contribution.Stage, locals: null).IsOfInputs));

        return contributionsDo || (isForTraining && _flow.StagesFromLast.Where(TakesStepWithin).Any(stage =>
            StepsWithin(stage).SelectMany(static step => step.Operands).Any(new BackwardOperands(_network, stage, locals: null).IsOfInputs)));
    }

    private IEnumerable<Contribution> Contributions(bool isForTraining) =>
        _flow.Contributions.Where(contribution => contribution.IsForTraining == isForTraining);

    /// <summary>Whether a stage has steps of its own before its contributions, rather than the reader.</summary>
    private bool TakesStepWithin(int stage) => _flow.LeadsToParameters[stage] && !_flow.IsMasked[stage];

    private IEnumerable<Step> StepsWithin(int stage) => _network.Stages[stage].BackwardWithin(Context(stage));

    /// <summary>The text within a stage; nothing where there is none, or the reader takes the gradient through it.</summary>
    private IEnumerable<string> Within(int stage, Locals locals)
    {
        string text = TakesStepWithin(stage) ? StepText.Of(StepsWithin(stage), new BackwardOperands(_network, stage, locals)) : "";

        return text.Length == 0 ? [] : [text];
    }

    private IEnumerable<string> Plain(int stage, Locals locals)
    {
        Contribution[] contributions = [.. _flow.Of(stage).Where(static contribution => contribution.IsForTraining)];

        if (contributions.Length == 1 && _network.Stages[stage].BackwardAtOnce(Context(stage)).Any())
        {
            return [Contribution(contributions[0], _network.Stages[stage].BackwardAtOnce(Context(stage)), locals)];
        }

        string parameters = StepText.Of(_network.Stages[stage].BackwardParameters(Context(stage)), new BackwardOperands(_network, stage, locals));
        IEnumerable<string> inputs = Within(stage, locals)
            .Concat(contributions.Select(contribution => Contribution(contribution, Steps(contribution), locals)));

        return parameters.Length == 0 ? inputs : new[] { parameters }.Concat(inputs);
    }

    private IEnumerable<string> Contributions(int stage, bool isForTraining, Locals locals) =>
        _flow.Of(stage)
            .Where(contribution => contribution.IsForTraining == isForTraining)
            .Select(contribution => Contribution(contribution, Steps(contribution), locals));

    private string Contribution(Contribution contribution, IEnumerable<Step> steps, Locals locals)
    {
        string? apart = contribution.IsApart ? locals.Contribution(Source(contribution)) : null;
        BackwardOperands operands = new(_network, contribution.Stage, locals, apart);
        string text = StepText.Of(steps, operands);

        if (apart is null)
        {
            return text;
        }

        Operand gradients = Operand.Text(locals.Gradients(Source(contribution)));

        return $"{text}\n{StepText.Of(ElementsStep.Sum(_network.SizeOf(Source(contribution)), gradients, Operand.Text(apart), gradients), operands)}";
    }

    private IEnumerable<Step> Steps(Contribution contribution) =>
        _network.Stages[contribution.Stage].Backward(Context(contribution.Stage), contribution.Slot, contribution.IsFirst);

    private int Source(Contribution contribution) => _network.Stages[contribution.Stage].Sources[contribution.Slot];

    private StageContext Context(int stage) => new(_network, stage, PassKind.Training);
}
