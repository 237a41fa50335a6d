using System.ComponentModel;

namespace Nnfs;

/// <summary>The parameters and running averages of a batch normalisation: a view of a part of a network's block.</summary>
public readonly ref struct BatchNormParameters
{
    /// <summary>A view of a normalisation's parameters.</summary>
    /// <param name="gamma">What the normalised values are multiplied by [size].</param>
    /// <param name="beta">What is then added to them [size].</param>
    /// <param name="runningMean">The running average of the means [size].</param>
    /// <param name="runningVariance">The running average of the variances [size].</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public BatchNormParameters(Span<float> gamma, Span<float> beta, Span<float> runningMean, Span<float> runningVariance)
    {
        Gamma = gamma;
        Beta = beta;
        RunningMean = runningMean;
        RunningVariance = runningVariance;
    }

    /// <summary>What the normalised values are multiplied by, γ [size].</summary>
    public Span<float> Gamma { get; }

    /// <summary>What is then added to them, β [size].</summary>
    public Span<float> Beta { get; }

    /// <summary>The running average of the means of batches [size], which predictions subtract.</summary>
    public Span<float> RunningMean { get; }

    /// <summary>The running average of the variances of batches [size], which predictions divide by the root of.</summary>
    public Span<float> RunningVariance { get; }
}
