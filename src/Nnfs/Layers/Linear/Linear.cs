using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Nnfs.Kernels;

/// <summary>The identity, in kernels that take an activation: <c>y = x</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Linear : IBriefActivation
{
    static bool IActivation.KeepsDerivative => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IActivation.Forward<TSimd, TVector>(TVector x, out TVector derivative)
    {
        derivative = default;

        return x;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IActivation.Backward<TSimd, TVector>(TVector y, TVector dy) => dy;
}
