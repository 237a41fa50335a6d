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
        .SelectMany(stage => OfThread(stage, isForTraining: true, locals));

    /// <summary>The texts of the gradients that only lead to the inputs.</summary>
    /// <param name="locals">The locals of the method.</param>
    public IEnumerable<string> ForInputs(Locals locals) => _flow.StagesFromLast.SelectMany(stage => OfThread(stage, isForTraining: false, locals));

    /// <summary>The texts of what a stage gives for the samples of a thread.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="isForTraining">Whether the gradients that training needs are meant, or the others.</param>
    /// <param name="locals">The locals of the method.</param>
    public IEnumerable<string> OfThread(int stage, bool isForTraining, Locals locals) =>
        (isForTraining ? Within(stage, locals) : []).Concat(Contributions(stage, isForTraining, locals)).Select(locals.Declare);

    /// <summary>The texts of what a stage gives for all samples of the pass.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="isForTraining">Whether the gradients that training needs are meant, or the others.</param>
    public IEnumerable<string> OfPass(int stage, bool isForTraining) => Contributions(stage, isForTraining, locals: null);

    /// <summary>The texts of a plain pass up to the parameters of the first stage: stage by stage, all that each gives.</summary>
    /// <param name="locals">The locals of the method.</param>
    public IEnumerable<string> Plain(Locals locals) => _flow.StagesFromLast.SelectMany(stage => Plain(stage, locals)).Select(locals.Declare);

    /// <summary>The texts for the gradients of parameters, stage by stage.</summary>
    public IEnumerable<string> Parameters => _flow.StagesFromLast
        .Select(stage => StepText.Of(_network.Stages[stage].BackwardParameters(Context(stage)), new WorkspaceOperands(_network, stage, locals: null)))
        .Where(static text => text.Length > 0);

    /// <summary>The texts of what comes before a pass back, for those of the stages that need it; once for a stage that works within itself.</summary>
    /// <param name="isForTraining">Whether the gradients that training needs are meant, or the others.</param>
    public IEnumerable<string> Preparations(bool isForTraining) => Stages(isForTraining)
        .Select(stage => StepText.Of(Preparations(stage, isForTraining), new WorkspaceOperands(_network, stage, locals: null)))
        .Where(static text => text.Length > 0);

    /// <summary>The stages that contribute to such gradients, or have work of their own before they do, in their order.</summary>
    /// <param name="isForTraining">Whether the gradients that training needs are meant, or the others.</param>
    public IEnumerable<int> Stages(bool isForTraining) => Enumerable.Range(0, _network.Stages.Count)
        .Where(stage => ContributionsOf(stage, isForTraining).Any() || (isForTraining && WorksWithin(stage)));

    /// <summary>Whether such gradients are computed of the network's inputs, which a network with one input does not keep.</summary>
    /// <param name="isForTraining">Whether the gradients that training needs are meant, or the others.</param>
    public bool TakesInputs(bool isForTraining) => _flow.StagesFromLast.Any(stage => TakesInputs(stage, isForTraining));

    /// <summary>The same for a stage.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="isForTraining">Whether the gradients that training needs are meant, or the others.</param>
    public bool TakesInputs(int stage, bool isForTraining) => ContributionsOf(stage, isForTraining).SelectMany(Steps)
        .Concat(isForTraining && TakesStepWithin(stage) ? StepsWithin(stage) : [])
        .SelectMany(static step => step.Operands)
        .Any(new WorkspaceOperands(_network, stage, locals: null).IsOfInputs);

    /// <summary>Whether a stage has steps of its own before its contributions, rather than the reader.</summary>
    private bool TakesStepWithin(int stage) => _flow.LeadsToParameters[stage] && !_flow.IsMasked[stage];

    /// <summary>Whether those steps are much of the way back.</summary>
    private bool WorksWithin(int stage) => _flow.HasGradient[stage] && _network.Stages[stage].WorksWithin;

    private IEnumerable<Step> Preparations(int stage, bool isForTraining) =>
        (isForTraining && WorksWithin(stage) ? _network.Stages[stage].PrepareWithin(Context(stage)) : [])
            .Concat(ContributionsOf(stage, isForTraining).Any() ? _network.Stages[stage].PrepareBackward(Context(stage)) : []);

    private IEnumerable<Step> StepsWithin(int stage) => _network.Stages[stage].BackwardWithin(Context(stage));

    /// <summary>The text within a stage; nothing where there is none, or the reader takes the gradient through it.</summary>
    private IEnumerable<string> Within(int stage, Locals locals)
    {
        string text = TakesStepWithin(stage) ? StepText.Of(StepsWithin(stage), Operands(stage, locals)) : "";

        return text.Length == 0 ? [] : [text];
    }

    private IEnumerable<string> Plain(int stage, Locals locals)
    {
        Contribution[] contributions = [.. _flow.Of(stage).Where(static contribution => contribution.IsForTraining)];

        if (contributions.Length == 1 && _network.Stages[stage].BackwardAtOnce(Context(stage)).Any())
        {
            return [Contribution(contributions[0], _network.Stages[stage].BackwardAtOnce(Context(stage)), locals)];
        }

        string parameters = StepText.Of(_network.Stages[stage].BackwardParameters(Context(stage)), new WorkspaceOperands(_network, stage, locals));
        IEnumerable<string> inputs = contributions.Select(contribution => Contribution(contribution, Steps(contribution), locals));

        return Within(stage, locals).Concat(parameters.Length == 0 ? inputs : new[] { parameters }.Concat(inputs));
    }

    private IEnumerable<Contribution> ContributionsOf(int stage, bool isForTraining) =>
        _flow.Of(stage).Where(contribution => contribution.IsForTraining == isForTraining);

    private IEnumerable<string> Contributions(int stage, bool isForTraining, Locals? locals) =>
        ContributionsOf(stage, isForTraining).Select(contribution => Contribution(contribution, Steps(contribution), locals));

    private string Contribution(Contribution contribution, IEnumerable<Step> steps, Locals? locals)
    {
        int source = Source(contribution);

        if (!contribution.IsApart)
        {
            return StepText.Of(steps, Operands(contribution.Stage, locals));
        }

        int size = _network.SizeOf(source);
        string apart = locals?.Contribution(source) ?? $"workspace.{Names.ContributionField}.Span";
        OperandTexts operands = Operands(contribution.Stage, locals, apart);
        Operand gradients = Operand.Text((locals ?? Locals.OfThread(_network)).Gradients(source));

        // What is computed for all samples lies there without gaps.
        Operand added = Operand.Text(locals is null
            ? $"workspace.{Names.ContributionField}.Slice({Names.Times("start", size)}, {Names.Times("samples", size)})"
            : apart);
        Step sum = ElementsStep.Sum(size, gradients, added, gradients);
        Step shared = locals is null ? SharedStep.BySample(sum, KernelLimits.FlopsPerMove * size) : sum;

        return $"{StepText.Of(steps, operands)}\n{StepText.Of(shared, operands)}";
    }

    /// <summary>The operands of a stage; those of a thread's samples stand in a lambda where stages between take all samples at once.</summary>
    private OperandTexts Operands(int stage, Locals? locals, string? contribution = null)
    {
        WorkspaceOperands operands = new(_network, stage, locals, contribution);

        return locals is not null && _network.IsOverBatch && _network.Plan == NetworkPlan.Rows ? operands.Shared() : operands;
    }

    private IEnumerable<Step> Steps(Contribution contribution) =>
        _network.Stages[contribution.Stage].Backward(Context(contribution.Stage), contribution.Slot, contribution.IsFirst);

    private int Source(Contribution contribution) => _network.Stages[contribution.Stage].Sources[contribution.Slot];

    private StageContext Context(int stage) => new(_network, stage, PassKind.Training);
}
