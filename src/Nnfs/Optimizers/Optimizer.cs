using Nnfs.Optimizers;

namespace Nnfs;

/// <summary>
/// Changes the parameters of one network step by step, so that its loss falls. An optimizer keeps what it has learned of the
/// gradients from one step to the next; it serves one block of parameters and one thread at a time.
/// </summary>
/// <remarks>
/// The formulas are those of "Neural Networks from Scratch in Python" (Kinsley and Kukieła 2020). In them <c>w</c> is a parameter,
/// <c>g</c> its gradient and <c>lr</c> the <see cref="CurrentLearningRate"/>; all is element by element. A parameter of zero
/// whose gradient has always been zero stays exactly zero, and so does the padding between parameters.
/// </remarks>
public abstract class Optimizer
{
    private AlignedBlock[] _state = [];
    private int _length = -1;

    /// <summary>Starts before the first step.</summary>
    /// <param name="learningRate">The learning rate of the first step, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRate"/> is negative, infinite or not a number.</exception>
    protected Optimizer(float learningRate)
    {
        Hyperparameter.NotNegative(learningRate, nameof(learningRate));
        LearningRate = learningRate;
    }

    /// <summary>The learning rate before any decay, finite and at least 0. It may be changed between steps, as a schedule does.</summary>
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

    /// <summary>The number of steps taken.</summary>
    public long Steps { get; private set; }

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

    /// <summary>What is remembered under a name: one number for each parameter, laid out as they are. Empty before the first step.</summary>
    /// <param name="name">One of <see cref="StateNames"/>.</param>
    /// <exception cref="ArgumentException">There is no state with that name.</exception>
    public Span<float> GetState(string name)
    {
        ArgumentNullException.ThrowIfNull(name);

        for (int i = 0; i < StateNames.Count; i++)
        {
            if (StateNames[i] == name)
            {
                return _state.Length == 0 ? [] : State(i);
            }
        }

        throw new ArgumentException($"Expected one of the names [{string.Join(", ", StateNames)}], but it is '{name}'.", nameof(name));
    }

    /// <summary>
    /// Puts the optimizer where another with the same settings was after <paramref name="steps"/> steps. All that it remembers becomes
    /// zero; what the other remembered is then to be copied into <see cref="GetState"/>.
    /// </summary>
    /// <param name="steps">The number of steps taken, at least 0.</param>
    /// <param name="parameterLength">The number of parameters that each step takes, padding included, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public void Restore(long steps, int parameterLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        ArgumentOutOfRangeException.ThrowIfNegative(parameterLength);

        _state = [.. StateNames.Select(_ => new AlignedBlock(parameterLength))];
        _length = parameterLength;
        Steps = steps;
    }

    /// <summary>Takes one step: changes every parameter by its gradient.</summary>
    /// <param name="parameters">The parameters, changed in place. Every step of an optimizer takes the same number of them.</param>
    /// <param name="gradients">The gradient of the loss with respect to each parameter. It may not overlap <paramref name="parameters"/>.</param>
    /// <remarks>The first step may allocate what the optimizer remembers of the gradients; later steps allocate nothing.</remarks>
    /// <exception cref="ArgumentException">
    /// There are not as many gradients as parameters, or not as many parameters as at the first step. Nothing was changed.
    /// </exception>
    public void Step(Span<float> parameters, ReadOnlySpan<float> gradients)
    {
        if (gradients.Length != parameters.Length)
        {
            throw new ArgumentException(
                $"Expected {parameters.Length} gradients, one for each parameter, but there are {gradients.Length}.", nameof(gradients));
        }

        Begin(parameters);
        Update(parameters, gradients);
        Steps++;
    }

    /// <summary>
    /// Changes the parameters for one step at the <see cref="CurrentLearningRate"/>. The lengths have been checked; <see cref="Steps"/>
    /// does not yet count this step.
    /// </summary>
    /// <param name="parameters">The parameters, of which there are as many as at every other step.</param>
    /// <param name="gradients">As many gradients. Where a parameter and all its gradients are zero, the parameter must stay zero.</param>
    protected abstract void Update(Span<float> parameters, ReadOnlySpan<float> gradients);

    /// <summary>What is remembered under one of the <see cref="StateNames"/>: zeros at the first step.</summary>
    /// <param name="index">The place of the name.</param>
    protected Span<float> State(int index) => _state[index].Span;

    /// <summary>Makes room for what is remembered, if no step has; checks the number of parameters, if one has.</summary>
    internal void Begin(ReadOnlySpan<float> parameters)
    {
        if (_length < 0)
        {
            Restore(steps: 0, parameters.Length);
        }

        if (parameters.Length != _length)
        {
            throw new ArgumentException(
                $"Expected {_length} parameters, as at the first step, but there are {parameters.Length}.", nameof(parameters));
        }
    }
}
