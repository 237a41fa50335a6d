using System.ComponentModel;

namespace Nnfs;

/// <summary>The parameters of a root mean square normalisation, or their gradients: a view of a part of a network's block.</summary>
public readonly ref struct RMSNormParameters
{
    /// <summary>A view of a normalisation's parameters.</summary>
    /// <param name="gamma">What the normalised values are multiplied by [size].</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public RMSNormParameters(Span<float> gamma)
    {
        Gamma = gamma;
    }

    /// <summary>What the normalised values are multiplied by, γ [size].</summary>
    public Span<float> Gamma { get; }
}
