using Nnfs.Sweeps.Cluster;
using Nnfs.Sweeps.Parameters;

namespace Nnfs.Sweeps;

/// <summary>One try with one value of each parameter. Successive halving calls the objective several times for a trial, each with more epochs.</summary>
public sealed class Trial
{
    private readonly TrialOrder _order;
    private readonly TrialCheckpoints _checkpoints;
    private readonly Action<int, double> _report;
    private bool _hasOptions;

    internal Trial(TrialOrder order, TrialCheckpoints checkpoints, Action<int, double> report, CancellationToken cancellationToken)
    {
        _order = order;
        _checkpoints = checkpoints;
        _report = report;
        CancellationToken = cancellationToken;
    }

    /// <summary>The number of the trial, from 0.</summary>
    public int Number => _order.Number;

    /// <summary>The seed of the weights and of all else that is drawn; each trial has its own. Not negative.</summary>
    public int Seed => _order.Seed;

    /// <summary>The epochs that training is to have done when <see cref="Objective.Train"/> returns, counted from the first one of the trial.</summary>
    public int Epochs => _order.Epochs;

    /// <summary>The epochs of a trial that goes on to the end: <see cref="SweepOptions.Epochs"/>.</summary>
    public int MaxEpochs => _order.MaxEpochs;

    /// <summary>
    /// Whether the trial goes on from a checkpoint, so that the network is to be trained by <c>Resume</c> rather than by <c>Train</c>.
    /// <see cref="Train{TNetwork, TWorkspace}(IClassifier{TNetwork, TWorkspace}, Dataset, TrainingOptions)"/> looks to that itself.
    /// </summary>
    public bool Resumes => _checkpoints.ResumeFrom is not null;

    /// <summary>Is cancelled when the sweep is, or when nobody waits for the trial any more. <see cref="Objective.Train"/> may then return anything.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>The value of a parameter.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="parameter">The parameter, which must be in <see cref="Objective.Space"/>.</param>
    /// <exception cref="ArgumentException">The parameter is not in the space of the objective.</exception>
    public T Get<T>(Parameter<T> parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);

        return parameter.Parse(_order.Values[ParameterSpace.Find(_order.Names, parameter)]);
    }

    /// <summary>
    /// Trains a network up to <see cref="Epochs"/>, from its checkpoint on where it has one. It is <see cref="Options"/> with <c>Train</c> or <c>Resume</c>.
    /// </summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <param name="network">A new network.</param>
    /// <param name="dataset">The samples.</param>
    /// <param name="options">How it is trained. Epochs, seed and checkpoint are those of the trial.</param>
    /// <returns>How it went, from the first epoch of the trial on.</returns>
    /// <exception cref="InvalidOperationException">The trial has trained a network already.</exception>
    /// <exception cref="TrainingDivergedException">A number became infinite or not a number.</exception>
    public TrainingHistory Train<TNetwork, TWorkspace>(IClassifier<TNetwork, TWorkspace> network, Dataset dataset, TrainingOptions options)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        TrainingOptions ofTrial = Options(options);

        return Resumes ? network.Resume(dataset, ofTrial, CancellationToken) : network.Train(dataset, ofTrial, CancellationToken);
    }

    /// <summary>
    /// Trains a network on a regression up to <see cref="Epochs"/>, from its checkpoint on where it has one. It is <see cref="Options"/> with <c>Train</c> or
    /// <c>Resume</c>.
    /// </summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <typeparam name="TWorkspace">Its workspace.</typeparam>
    /// <param name="network">A new network.</param>
    /// <param name="dataset">The samples.</param>
    /// <param name="options">How it is trained. Epochs, seed and checkpoint are those of the trial.</param>
    /// <returns>How it went, from the first epoch of the trial on.</returns>
    /// <exception cref="InvalidOperationException">The trial has trained a network already.</exception>
    /// <exception cref="TrainingDivergedException">A number became infinite or not a number.</exception>
    public TrainingHistory Train<TNetwork, TWorkspace>(ITrainableNetwork<TNetwork, TWorkspace> network, RegressionDataset dataset, TrainingOptions options)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        TrainingOptions ofTrial = Options(options);

        return Resumes ? network.Resume(dataset, ofTrial, CancellationToken) : network.Train(dataset, ofTrial, CancellationToken);
    }

    /// <summary>
    /// The options of a training that is to be a part of this sweep: with the trial's seed and checkpoint, an end after <see cref="Epochs"/>, and a report of
    /// each epoch. A schedule sees <see cref="MaxEpochs"/>, so that a trial that goes on has the rates of one that was never interrupted.
    /// </summary>
    /// <param name="options">How the network is trained. Epochs, seed and checkpoint are those of the trial.</param>
    /// <returns>Options for <c>Resume</c> if <see cref="Resumes"/> is set, or else for <c>Train</c>.</returns>
    /// <exception cref="ArgumentException">The options name a checkpoint: the sweep writes its own.</exception>
    /// <exception cref="InvalidOperationException">The trial has given options already: it goes on from the checkpoint of one training.</exception>
    public TrainingOptions Options(TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);

        if (options.Checkpoint is { } checkpoint)
        {
            throw new ArgumentException(
                $"The options of a trial must not name a checkpoint, because the sweep writes its own, but they name '{checkpoint.Path}'.", nameof(options));
        }

        if (_hasOptions)
        {
            throw new InvalidOperationException(
                "A trial gives options for one training, whose checkpoint it goes on from. Train other networks with options of your own, up to Trial.Epochs.");
        }

        _hasOptions = true;
        Func<EpochReport, bool>? goesOn = options.ContinueAfterEpoch;

        return options with
        {
            Epochs = MaxEpochs,
            Seed = Seed,
            Checkpoint = _checkpoints.Options,
            ContinueAfterEpoch = report =>
            {
                if (report.Epoch > Epochs)
                {
                    throw new CheckpointTooFarException();
                }

                Report(report.Epoch, report.ValidationLoss ?? report.Loss);

                return (goesOn?.Invoke(report) ?? true) && (report.Epoch < Epochs || Epochs == MaxEpochs);
            },
        };
    }

    /// <summary>Tells whoever watches the sweep how far the trial is. A training with <see cref="Options"/> does so after each epoch.</summary>
    /// <param name="epoch">The epochs that are done.</param>
    /// <param name="figure">A figure of the epoch, only to be shown.</param>
    public void Report(int epoch, double figure) => _report(epoch, figure);
}
