using System.Collections.Immutable;
using Nnfs.Optimizers;

namespace Nnfs;

/// <summary>
/// Changes the parameters of a network step by step, so that its loss falls. An optimizer keeps what it has learned of the gradients from one step to the
/// next; it serves one thread at a time.
/// </summary>
/// <remarks>
/// <para>
/// The formulas are those of "Neural Networks from Scratch in Python" (Kinsley and Kukieła 2020), or of the paper that a class names. In them <c>w</c> is a
/// parameter, <c>g</c> its gradient and <c>lr</c> the <see cref="CurrentLearningRate"/>; all is element by element. A parameter of zero
/// whose gradient has always been zero stays exactly zero, and so does the padding between parameters.
/// </para>
/// <para>
/// What is learned of one network's gradients means nothing for another's. <c>Step(network, workspace)</c> remembers each network by itself, until
/// <see cref="Reset"/>, so that one optimizer can serve several. <c>Step(parameters, gradients)</c> takes the parameters of the steps before and refuses those
/// of another network.
/// </para>
/// </remarks>
public abstract class Optimizer
{
    private OptimizerMemories _memories = new();

    /// <summary>Starts before the first step.</summary>
    /// <param name="learningRate">The learning rate of the first step, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRate"/> is negative, infinite or not a number.</exception>
    protected Optimizer(float learningRate)
    {
        Hyperparameter.NotNegative(learningRate, nameof(learningRate));
        LearningRate = learningRate;
    }

    /// <summary>
    /// The learning rate before any decay, finite and at least 0. It may be changed at any time: the next step follows it, in a training too, where the
    /// schedule multiplies it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or not a number.</exception>
    public float LearningRate
    {
        get;
        set => field = Hyperparameter.NotNegative(value, nameof(LearningRate));
    }

    /// <summary>How fast the learning rate falls, finite and at least 0: see <see cref="CurrentLearningRate"/>. The default is 0, no decay.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or not a number.</exception>
    public float Decay
    {
        get;
        init => field = Hyperparameter.NotNegative(value, nameof(Decay));
    }

    /// <summary>
    /// <c>ε</c>, finite and greater than 0, added to the square root that a step is divided by so that it is never zero. The default
    /// is 1e-7. <see cref="Sgd"/> divides by no square root and ignores it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, negative, infinite or not a number.</exception>
    public float Epsilon
    {
        get;
        init => field = Hyperparameter.Positive(value, nameof(Epsilon));
    } = 1e-7f;

    /// <summary>The number of steps taken; where the optimizer serves several networks, of that which it stepped last.</summary>
    public long Steps => _memories.Current.Steps;

    /// <summary>The learning rate of the next step: <c>LearningRate / (1 + Decay · Steps)</c>.</summary>
    public float CurrentLearningRate => (float)(LearningRate / (1.0 + ((double)Decay * Steps)));

    /// <summary>
    /// The numbers that were chosen for the optimizer, by their names: with all of them the same, two optimizers of a class take the same steps.
    /// A checkpoint keeps them, and a training that resumes it must have the same.
    /// </summary>
    public virtual IReadOnlyList<KeyValuePair<string, float>> Hyperparameters =>
        [new(nameof(LearningRate), LearningRate), new(nameof(Decay), Decay), new(nameof(Epsilon), Epsilon)];

    /// <summary>
    /// The names of what the optimizer remembers, one number for each parameter under each name; none where it remembers nothing.
    /// With these numbers and <see cref="Steps"/>, an optimizer with the same settings can continue where this one is.
    /// </summary>
    public virtual IReadOnlyList<string> StateNames => [];

    /// <summary>
    /// What is remembered under a name: one number for each parameter, laid out as they are; where the optimizer serves several networks, of that which it
    /// stepped last. Empty before the first step.
    /// </summary>
    /// <param name="name">One of <see cref="StateNames"/>.</param>
    /// <exception cref="ArgumentException">There is no state with that name.</exception>
    public Span<float> GetState(string name)
    {
        ArgumentNullException.ThrowIfNull(name);

        for (int i = 0; i < StateNames.Count; i++)
        {
            if (StateNames[i] == name)
            {
                return _memories.Current.Blocks.Length == 0 ? [] : State(i);
            }
        }

        throw new ArgumentException($"Expected one of the names [{string.Join(", ", StateNames)}], but it is '{name}'.", nameof(name));
    }

    /// <summary>
    /// Puts the optimizer where another with the same settings was after <paramref name="steps"/> steps, for the parameters of the next step, whichever they
    /// are. All that it remembers becomes zero; what the other remembered is then to be copied into <see cref="GetState"/>.
    /// </summary>
    /// <param name="steps">The number of steps taken, at least 0.</param>
    /// <param name="parameterLength">The number of parameters that each step takes, padding included, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public void Restore(long steps, int parameterLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        ArgumentOutOfRangeException.ThrowIfNegative(parameterLength);

        Reset();
        MakeRoom(parameterLength);
        _memories.Current.Steps = steps;
    }

    /// <summary>
    /// Forgets all steps and all that was learned of gradients, so that the optimizer is as new and may serve any network. Its settings stay as they are,
    /// <see cref="LearningRate"/> too.
    /// </summary>
    public void Reset()
    {
        _memories = new OptimizerMemories();
        OnReset();
    }

    /// <summary>Takes one step: changes every parameter by its gradient.</summary>
    /// <param name="parameters">The parameters, changed in place: at every step of an optimizer the same ones.</param>
    /// <param name="gradients">The gradient of the loss with respect to each parameter. It must not overlap <paramref name="parameters"/>.</param>
    /// <remarks>
    /// The first step may allocate what the optimizer remembers of the gradients; later steps allocate nothing. Arrays of your own are told apart by their
    /// length alone, because they may move.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// There are not as many gradients as parameters, or they overlap; or there are not as many parameters as at the first step, or they are those of another
    /// network. Nothing was changed.
    /// </exception>
    public void Step(Span<float> parameters, ReadOnlySpan<float> gradients) => Step(parameters, gradients, team: null, mayBeAnother: false);

    /// <summary>
    /// Takes one step: changes every parameter of a network by the gradient in its workspace, as <c>Step(network.Parameters, workspace.Gradients)</c>
    /// does; on the threads of the workspace, if it has several, to the same bits. Where weights decay, what is a weight is known here.
    /// </summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="network">
    /// The network, whose parameters are changed. There may be several: what is learned of each one's gradients, and the number of its steps, are its own.
    /// </param>
    /// <param name="workspace">The network's workspace after a backward pass.</param>
    /// <remarks>The first step of each network may allocate what the optimizer remembers of its gradients; later steps allocate nothing.</remarks>
    /// <exception cref="ArgumentNullException">The network or the workspace is null.</exception>
    public void Step<TNetwork>(INetworkModel<TNetwork> network, IGradients<TNetwork> workspace)
        where TNetwork : INetworkModel<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(workspace);

        Step(network.Parameters, workspace.Gradients, workspace.Team, mayBeAnother: true, ParameterRuns<TNetwork>.All);
    }

    /// <summary>The threads that share the step that is taken, of an optimizer of the library; one of yours takes its steps on the thread that calls.</summary>
    private protected ThreadTeam? Team { get; private set; }

    /// <summary>What the parameters of the step that is taken are, part by part; default where it is not known.</summary>
    private protected ImmutableArray<ParameterRun> Runs { get; private set; }

    /// <summary>
    /// Changes the parameters for one step at the <see cref="CurrentLearningRate"/>. The lengths have been checked; <see cref="Steps"/>
    /// does not yet count this step.
    /// </summary>
    /// <param name="parameters">The parameters, of which there are as many as at every other step.</param>
    /// <param name="gradients">As many gradients. Where a parameter and all its gradients are zero, the parameter must stay zero.</param>
    protected abstract void Update(Span<float> parameters, ReadOnlySpan<float> gradients);

    /// <summary>
    /// Is called when the optimizer is to be as new, and on the copy of it that each training begins with. Override it if your optimizer keeps anything that
    /// it learns in fields of its own: give these new objects, because the copy has the same ones. What is in <see cref="State"/> is new already.
    /// </summary>
    protected virtual void OnReset()
    {
    }

    /// <summary>What is remembered under one of the <see cref="StateNames"/>: zeros at the first step.</summary>
    /// <param name="index">The place of the name.</param>
    protected Span<float> State(int index) => _memories.Current.Blocks[index].Span;

    /// <summary>
    /// An upper bound of how far any step moves a parameter, if all that is remembered has stayed finite; infinite where it may not have, or nobody knows.
    /// </summary>
    /// <param name="learningRate">The greatest learning rate of all steps.</param>
    /// <param name="gradient">The greatest magnitude of all gradients of all steps.</param>
    internal virtual double Reach(double learningRate, double gradient) => double.PositiveInfinity;

    /// <summary>An optimizer with the same settings that has taken no step.</summary>
    internal Optimizer CreateNew()
    {
        Optimizer copy = (Optimizer)MemberwiseClone();
        copy.Reset();

        return copy;
    }

    /// <summary>Takes over what another of the same settings has learned, whose work is done.</summary>
    internal void TakeOver(Optimizer other) => _memories = other._memories;

    /// <summary>Makes room for what is remembered, if no step has; checks that the parameters are those of the steps before, if one has.</summary>
    internal void Begin(ReadOnlySpan<float> parameters, bool mayBeAnother = false)
    {
        _memories.Choose(parameters, mayBeAnother);

        if (_memories.Current.Length < 0)
        {
            MakeRoom(parameters.Length);
        }
    }

    /// <summary>Takes one step on the threads of a team, if there is one.</summary>
    /// <param name="parameters">The parameters, changed in place.</param>
    /// <param name="gradients">As many gradients.</param>
    /// <param name="team">The threads; <see langword="null"/> where there is only the one that calls.</param>
    /// <param name="mayBeAnother">Whether the parameters may be those of one more network.</param>
    /// <param name="runs">What the parameters are, part by part; default where it is not known.</param>
    internal void Step(
        Span<float> parameters, ReadOnlySpan<float> gradients, ThreadTeam? team, bool mayBeAnother, ImmutableArray<ParameterRun> runs = default)
    {
        if (gradients.Length != parameters.Length)
        {
            throw new ArgumentException(
                $"Expected {parameters.Length} gradients, one for each parameter, but there are {gradients.Length}.", nameof(gradients));
        }

        ShapeGuard.Apart(parameters, gradients);
        Begin(parameters, mayBeAnother);
        Team = team;
        Runs = runs;

        try
        {
            Update(parameters, gradients);
        }
        finally
        {
            Team = null;
            Runs = default;
        }

        _memories.Current.Steps++;
    }

    private void MakeRoom(int length)
    {
        _memories.Current.Blocks = [.. StateNames.Select(_ => new AlignedBlock(length))];
        _memories.Current.Length = length;
    }
}
