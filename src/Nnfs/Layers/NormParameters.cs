using System.ComponentModel;

namespace Nnfs;

/// <summary>The parameters of a layer normalisation, or the gradients of γ and β of a layer or batch normalisation: a view of a network's block.</summary>
public readonly ref struct NormParameters
{
    /// <summary>A view of a normalisation's parameters.</summary>
    /// <param name="gamma">What the normalised values are multiplied by [size].</param>
    /// <param name="beta">What is then added to them [size].</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public NormParameters(Span<float> gamma, Span<float> beta)
    {
        Gamma = gamma;
        Beta = beta;
    }

    /// <summary>What the normalised values are multiplied by, γ [size].</summary>
    public Span<float> Gamma { get; }

    /// <summary>What is then added to them, β [size].</summary>
    public Span<float> Beta { get; }
}
