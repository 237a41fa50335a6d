namespace Nnfs.Training;

/// <summary>Remembers the epoch with the lowest loss, and with early stopping its parameters.</summary>
internal sealed class BestEpoch
{
    private readonly EarlyStopping? _stopping;
    private readonly AlignedBlock? _parameters;

    /// <summary>Before the first epoch.</summary>
    /// <param name="stopping">When training ends early, if it may.</param>
    /// <param name="parameterLength">The length of the network's parameters.</param>
    /// <param name="keepsParameters">Whether its parameters are kept though the network does not get them in the end.</param>
    public BestEpoch(EarlyStopping? stopping, int parameterLength, bool keepsParameters = false)
    {
        _stopping = stopping;
        _parameters = keepsParameters || RestoresParameters ? new AlignedBlock(parameterLength) : null;
    }

    /// <summary>The epoch, from 1; 0 before the first.</summary>
    public int Epoch { get; set; }

    /// <summary>Its loss.</summary>
    public float Loss { get; set; } = float.PositiveInfinity;

    /// <summary>How many epochs have passed since.</summary>
    public int EpochsSince { get; set; }

    /// <summary>The parameters that the network had after it; empty where they are not kept.</summary>
    public Span<float> Parameters => _parameters is null ? [] : _parameters.Span;

    /// <summary>Whether the network gets its parameters in the end.</summary>
    public bool RestoresParameters => _stopping is { RestoreBest: true };

    /// <summary>Whether its parameters are there: not so in a resumed training whose checkpoint does not have them, until an epoch is better.</summary>
    public bool HasParameters { get; set; }

    /// <summary>Whether training has waited long enough.</summary>
    public bool IsExhausted => _stopping is not null && EpochsSince >= _stopping.Patience;

    /// <summary>Takes note of an epoch that has ended.</summary>
    public void Add(EpochReport report, ReadOnlySpan<float> parameters)
    {
        float loss = _stopping is { WatchTrainingLoss: true } ? report.Loss : report.ValidationLoss ?? report.Loss;

        // The first epoch is the best so far, whatever its loss: that of validation samples may be infinite, or not a number.
        bool isBest = Epoch == 0 || loss < Loss - (_stopping?.MinImprovement ?? 0f) || (float.IsNaN(Loss) && !float.IsNaN(loss));

        if (!isBest)
        {
            EpochsSince++;

            return;
        }

        Epoch = report.Epoch;
        Loss = loss;
        EpochsSince = 0;

        if (_parameters is not null)
        {
            parameters.CopyTo(_parameters.Span);
            HasParameters = true;
        }
    }

    /// <summary>Gives the network the parameters of its best epoch, if there was one and they are kept.</summary>
    public void Restore(Span<float> parameters)
    {
        if (_parameters is not null && RestoresParameters && Epoch > 0)
        {
            _parameters.Span.CopyTo(parameters);
        }
    }
}
