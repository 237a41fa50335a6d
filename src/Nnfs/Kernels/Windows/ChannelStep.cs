using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>
/// One step of a convolution of each channel by itself. Vectors go along the channels; where these are not a multiple of a vector, the last one overlaps the
/// one before it.
/// </summary>
internal ref struct ChannelStep
{
    /// <summary>The steps before.</summary>
    public StepHistory Steps;

    /// <summary>The step that arrives.</summary>
    public ref readonly float X;

    /// <summary>The weights.</summary>
    public ref readonly float W;

    /// <summary>The biases.</summary>
    public ref readonly float B;

    /// <summary>The outputs.</summary>
    public ref float Y;

    /// <summary>Whether there are biases.</summary>
    public bool HasBiases;

    /// <summary>The steps that the window takes.</summary>
    public int Taps;

    /// <summary>The distance between them.</summary>
    public int Dilation;

    /// <summary>The values of a step.</summary>
    public nuint Channels;

    /// <summary>The distance between the rows of the weights.</summary>
    public nuint Stride;

    /// <summary>All channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Compute<TActivation>(TActivation activation)
        where TActivation : struct, IActivation
    {
        if (Vector512.IsHardwareAccelerated && Channels >= (nuint)Vector512<float>.Count)
        {
            Compute<TActivation, Simd512, Vector512<float>>(activation);
        }
        else if (Vector256.IsHardwareAccelerated && Channels >= (nuint)Vector256<float>.Count)
        {
            Compute<TActivation, Simd256, Vector256<float>>(activation);
        }
        else if (Channels >= (nuint)Vector128<float>.Count)
        {
            Compute<TActivation, Simd128, Vector128<float>>(activation);
        }
        else
        {
            Compute<TActivation, SimdScalar, float>(activation);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Compute<TActivation, TSimd, TVector>(TActivation activation)
        where TActivation : struct, IActivation
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint last = Channels - (nuint)TSimd.Count;

        for (nuint channel = 0; channel < Channels; channel += (nuint)TSimd.Count)
        {
            nuint start = Math.Min(channel, last);
            TVector y = HasBiases ? TSimd.Load(in B, start) : TSimd.Create(0f);
            ref float row = ref Unsafe.Add(ref Unsafe.AsRef(in W), start);

            for (int tap = 0; tap < Taps - 1; tap++)
            {
                y = TSimd.MultiplyAdd(TSimd.Load(in Steps.After(tap * Dilation), start), TSimd.Load(in row, 0), y);
                row = ref Unsafe.Add(ref row, Stride);
            }

            y = TSimd.MultiplyAdd(TSimd.Load(in X, start), TSimd.Load(in row, 0), y);
            TSimd.Store(activation.Forward<TSimd, TVector>(y, out _), ref Y, start);
        }
    }
}
