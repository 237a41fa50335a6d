using System.ComponentModel;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>
/// An activation: a function of one number that is applied to each element, with the gradient beside it. A kernel that is generic over its
/// activation is compiled once for each, with the activation inside. The implementations are of this library.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IActivation
{
    /// <summary>Whether the gradient is computed of the inputs, rather than of the outputs.</summary>
    internal static abstract bool IsOfInputs { get; }

    /// <summary>The function of each lane of <paramref name="x"/>.</summary>
    internal TVector Forward<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;

    /// <summary>The gradients of the inputs from those of the outputs, <paramref name="dy"/>.</summary>
    /// <param name="kept">The outputs or the inputs of the forward pass, whichever the activation computes its gradient from.</param>
    /// <param name="dy">Gradients of the outputs.</param>
    internal TVector Backward<TSimd, TVector>(TVector kept, TVector dy)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;
}
