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
    /// <summary>Whether the way back needs the derivative from the forward pass, because the outputs do not tell it.</summary>
    internal static abstract bool KeepsDerivative { get; }

    /// <summary>The function of each lane of <paramref name="x"/>.</summary>
    /// <param name="x">The numbers.</param>
    /// <param name="derivative">The derivative at each, which shares most of the work; zeros where <see cref="KeepsDerivative"/> is false.</param>
    internal TVector Forward<TSimd, TVector>(TVector x, out TVector derivative)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;

    /// <summary>The gradients of the inputs from those of the outputs, <paramref name="dy"/>.</summary>
    /// <param name="kept">What the forward pass kept: the derivative where <see cref="KeepsDerivative"/>, otherwise the outputs.</param>
    /// <param name="dy">Gradients of the outputs.</param>
    internal TVector Backward<TSimd, TVector>(TVector kept, TVector dy)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;
}
