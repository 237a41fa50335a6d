using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>What a window makes of the pixels that it takes, channel by channel.</summary>
internal interface IPooling
{
    /// <summary>Whether the values of the forward pass decide where the gradient goes.</summary>
    static abstract bool TakesValues { get; }

    /// <summary>Two pixels, or what was made of several, as one.</summary>
    static abstract TVector Combine<TSimd, TVector>(TVector x, TVector y)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;

    /// <summary>What is made of all of them, or the gradient that each gets, if there are <paramref name="count"/>.</summary>
    static abstract TVector Scale<TSimd, TVector>(TVector value, int count)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;

    /// <summary>What of the gradient of a place goes to its pixels at all.</summary>
    /// <param name="y">What was made of all pixels, where values are taken.</param>
    /// <param name="dy">The gradient of that.</param>
    static virtual TVector Admit<TSimd, TVector>(TVector y, TVector dy)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct => dy;

    /// <summary>The gradient of a pixel; what is left for those after it goes to <paramref name="rest"/>.</summary>
    /// <param name="x">The pixel, where values are taken.</param>
    /// <param name="y">What was made of all pixels, where values are taken.</param>
    /// <param name="rest">The gradient that is left.</param>
    static abstract TVector Share<TSimd, TVector>(TVector x, TVector y, ref TVector rest)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;
}
