namespace Nnfs.Training;

/// <summary>Remembers the epoch with the lowest loss, and with early stopping its parameters.</summary>
internal sealed class BestEpoch
{
    private readonly EarlyStopping? _stopping;
    private readonly AlignedBlock? _parameters;

    public BestEpoch(EarlyStopping? stopping, int parameterLength)
    {
        _stopping = stopping;
        _parameters = stopping is { RestoreBest: true } ? new AlignedBlock(parameterLength) : null;
    }

    /// <summary>The epoch, from 1; 0 before the first.</summary>
    public int Epoch { get; set; }

    /// <summary>Its loss.</summary>
    public float Loss { get; set; } = float.PositiveInfinity;

    /// <summary>How many epochs have passed since.</summary>
    public int EpochsSince { get; set; }

    /// <summary>The parameters that the network had after it; empty where they are not kept.</summary>
    public Span<float> Parameters => _parameters is null ? [] : _parameters.Span;

    /// <summary>Whether its parameters are kept.</summary>
    public bool KeepsParameters => _parameters is not null;

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
        }
    }

    /// <summary>Gives the network the parameters of its best epoch, if there was one and they are kept.</summary>
    public void Restore(Span<float> parameters)
    {
        if (_parameters is not null && Epoch > 0)
        {
            _parameters.Span.CopyTo(parameters);
        }
    }
}
