using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>One step of a convolution: a vector of outputs for the taps of its window, each a few channels of a step that arrives or is kept.</summary>
internal ref struct WindowStep
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

    /// <summary>The channels that a filter takes.</summary>
    public int Channels;

    /// <summary>The distance between the rows of the weights.</summary>
    public nuint Stride;

    /// <summary>All outputs, with their padding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Compute<TActivation>(TActivation activation, int filters)
        where TActivation : struct, IActivation
    {
        if (default(TActivation) is IBriefActivation || IsOfFewVectors(filters))
        {
            Multiply(activation, filters);
        }
        else
        {
            Multiply(default(Linear), filters);
            Elementwise.ForwardInPlace(activation, ref Y, filters);
        }
    }

    /// <summary>Whether any function is computed in registers, because there are so few sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsOfFewVectors(int filters) => filters <= 2 * (Vector512.IsHardwareAccelerated ? Vector512<float>.Count : Vector128<float>.Count);

    /// <summary>All outputs in groups, and zeros as their padding.</summary>
    public readonly void Compute<TActivation>(TActivation activation, int filters, int groups)
        where TActivation : struct, IActivation
    {
        int columns = filters / groups;

        for (int group = 0; group < groups; group++)
        {
            Multiply(group * Channels, group * columns, columns);
        }

        for (nuint i = (nuint)filters; i < Stride; i++)
        {
            Unsafe.Add(ref Y, i) = 0f;
        }

        Elementwise.ForwardInPlace(activation, ref Y, filters);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Multiply<TActivation>(TActivation activation, int filters)
        where TActivation : struct, IActivation
    {
        if (Vector512.IsHardwareAccelerated && filters > Vector256<float>.Count)
        {
            Compute<TActivation, Simd512, Vector512<float>>(activation, 0, 0, Vectors(filters, Vector512<float>.Count));
        }
        else if (Vector256.IsHardwareAccelerated && filters > Vector128<float>.Count)
        {
            Compute<TActivation, Simd256, Vector256<float>>(activation, 0, 0, Vectors(filters, Vector256<float>.Count));
        }
        else
        {
            Compute<TActivation, Simd128, Vector128<float>>(activation, 0, 0, Vectors(filters, Vector128<float>.Count));
        }
    }

    /// <summary>
    /// The sums of a group: whole vectors, or one filter after the other, because a row of weights goes on with those of the next group.
    /// </summary>
    private readonly void Multiply(int channel, int column, int columns)
    {
        if (Vector512.IsHardwareAccelerated && columns % Vector512<float>.Count == 0)
        {
            Compute<Linear, Simd512, Vector512<float>>(default, channel, column, Vectors(columns, Vector512<float>.Count));
        }
        else if (Vector256.IsHardwareAccelerated && columns % Vector256<float>.Count == 0)
        {
            Compute<Linear, Simd256, Vector256<float>>(default, channel, column, Vectors(columns, Vector256<float>.Count));
        }
        else if (columns % Vector128<float>.Count == 0)
        {
            Compute<Linear, Simd128, Vector128<float>>(default, channel, column, Vectors(columns, Vector128<float>.Count));
        }
        else
        {
            Compute<Linear, SimdScalar, float>(default, channel, column, columns);
        }
    }

    /// <summary>The vectors that so many filters take.</summary>
    private static int Vectors(int filters, int width) => (filters + width - 1) / width;

    /// <summary>Some vectors of outputs.</summary>
    /// <param name="activation">The function of the sums.</param>
    /// <param name="channel">The first channel that they take.</param>
    /// <param name="column">The first filter.</param>
    /// <param name="vectors">The vectors of filters; those that fill up the last one are written, too.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Compute<TActivation, TSimd, TVector>(TActivation activation, int channel, int column, int vectors)
        where TActivation : struct, IActivation
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        if (vectors >= 4)
        {
            for (int end = column + (vectors / 4 * 4 * TSimd.Count); column < end; column += 4 * TSimd.Count)
            {
                FourVectors<TActivation, TSimd, TVector>(activation, channel, (nuint)column);
            }
        }

        if ((vectors & 2) != 0)
        {
            TwoVectors<TActivation, TSimd, TVector>(activation, channel, (nuint)column);
            column += 2 * TSimd.Count;
        }

        if ((vectors & 1) != 0)
        {
            OneVector<TActivation, TSimd, TVector>(activation, channel, (nuint)column);
        }
    }

    /// <summary>A vector of outputs, eight sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void OneVector<TActivation, TSimd, TVector>(TActivation activation, int channel, nuint column)
        where TActivation : struct, IActivation
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint stride = Stride;
        int channels = Channels;
        int taps = Taps;
        TVector zero = TSimd.Create(0f);
        TVector s0 = HasBiases ? TSimd.Load(in B, column) : zero;
        TVector s1 = zero, s2 = zero, s3 = zero, s4 = zero, s5 = zero, s6 = zero, s7 = zero;
        ref float row = ref Unsafe.Add(ref Unsafe.AsRef(in W), column);

        for (int tap = 0; tap < taps; tap++)
        {
            ref float x = ref Unsafe.Add(ref Taken(tap), channel);
            int left = channels;

            for (; left >= 8; left -= 8)
            {
                s0 = TSimd.MultiplyAdd(TSimd.Create(x), TSimd.Load(in row, 0), s0);
                s1 = TSimd.MultiplyAdd(TSimd.Create(Unsafe.Add(ref x, 1)), TSimd.Load(in row, stride), s1);
                s2 = TSimd.MultiplyAdd(TSimd.Create(Unsafe.Add(ref x, 2)), TSimd.Load(in row, 2 * stride), s2);
                s3 = TSimd.MultiplyAdd(TSimd.Create(Unsafe.Add(ref x, 3)), TSimd.Load(in row, 3 * stride), s3);
                s4 = TSimd.MultiplyAdd(TSimd.Create(Unsafe.Add(ref x, 4)), TSimd.Load(in row, 4 * stride), s4);
                s5 = TSimd.MultiplyAdd(TSimd.Create(Unsafe.Add(ref x, 5)), TSimd.Load(in row, 5 * stride), s5);
                s6 = TSimd.MultiplyAdd(TSimd.Create(Unsafe.Add(ref x, 6)), TSimd.Load(in row, 6 * stride), s6);
                s7 = TSimd.MultiplyAdd(TSimd.Create(Unsafe.Add(ref x, 7)), TSimd.Load(in row, 7 * stride), s7);
                x = ref Unsafe.Add(ref x, 8);
                row = ref Unsafe.Add(ref row, 8 * stride);
            }

            if ((left & 4) != 0)
            {
                s0 = TSimd.MultiplyAdd(TSimd.Create(x), TSimd.Load(in row, 0), s0);
                s1 = TSimd.MultiplyAdd(TSimd.Create(Unsafe.Add(ref x, 1)), TSimd.Load(in row, stride), s1);
                s2 = TSimd.MultiplyAdd(TSimd.Create(Unsafe.Add(ref x, 2)), TSimd.Load(in row, 2 * stride), s2);
                s3 = TSimd.MultiplyAdd(TSimd.Create(Unsafe.Add(ref x, 3)), TSimd.Load(in row, 3 * stride), s3);
                x = ref Unsafe.Add(ref x, 4);
                row = ref Unsafe.Add(ref row, 4 * stride);
            }

            if ((left & 2) != 0)
            {
                s4 = TSimd.MultiplyAdd(TSimd.Create(x), TSimd.Load(in row, 0), s4);
                s5 = TSimd.MultiplyAdd(TSimd.Create(Unsafe.Add(ref x, 1)), TSimd.Load(in row, stride), s5);
                x = ref Unsafe.Add(ref x, 2);
                row = ref Unsafe.Add(ref row, 2 * stride);
            }

            if ((left & 1) != 0)
            {
                s6 = TSimd.MultiplyAdd(TSimd.Create(x), TSimd.Load(in row, 0), s6);
                row = ref Unsafe.Add(ref row, stride);
            }
        }

        s0 = TSimd.Add(TSimd.Add(TSimd.Add(s0, s1), TSimd.Add(s2, s3)), TSimd.Add(TSimd.Add(s4, s5), TSimd.Add(s6, s7)));
        TSimd.Store(activation.Forward<TSimd, TVector>(s0, out _), ref Y, column);
    }

    /// <summary>Two vectors of outputs, four sums for each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void TwoVectors<TActivation, TSimd, TVector>(TActivation activation, int channel, nuint column)
        where TActivation : struct, IActivation
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint width = (nuint)TSimd.Count;
        nuint stride = Stride;
        int channels = Channels;
        int taps = Taps;
        TVector zero = TSimd.Create(0f);
        TVector s0 = HasBiases ? TSimd.Load(in B, column) : zero;
        TVector s1 = HasBiases ? TSimd.Load(in B, column + width) : zero;
        TVector t0 = zero, t1 = zero, u0 = zero, u1 = zero, v0 = zero, v1 = zero;
        ref float row = ref Unsafe.Add(ref Unsafe.AsRef(in W), column);

        for (int tap = 0; tap < taps; tap++)
        {
            ref float x = ref Unsafe.Add(ref Taken(tap), channel);
            int left = channels;

            for (; left >= 4; left -= 4)
            {
                TVector value = TSimd.Create(x);
                s0 = TSimd.MultiplyAdd(value, TSimd.Load(in row, 0), s0);
                s1 = TSimd.MultiplyAdd(value, TSimd.Load(in row, width), s1);
                value = TSimd.Create(Unsafe.Add(ref x, 1));
                t0 = TSimd.MultiplyAdd(value, TSimd.Load(in row, stride), t0);
                t1 = TSimd.MultiplyAdd(value, TSimd.Load(in row, stride + width), t1);
                value = TSimd.Create(Unsafe.Add(ref x, 2));
                u0 = TSimd.MultiplyAdd(value, TSimd.Load(in row, 2 * stride), u0);
                u1 = TSimd.MultiplyAdd(value, TSimd.Load(in row, (2 * stride) + width), u1);
                value = TSimd.Create(Unsafe.Add(ref x, 3));
                v0 = TSimd.MultiplyAdd(value, TSimd.Load(in row, 3 * stride), v0);
                v1 = TSimd.MultiplyAdd(value, TSimd.Load(in row, (3 * stride) + width), v1);
                x = ref Unsafe.Add(ref x, 4);
                row = ref Unsafe.Add(ref row, 4 * stride);
            }

            if ((left & 2) != 0)
            {
                TVector value = TSimd.Create(x);
                s0 = TSimd.MultiplyAdd(value, TSimd.Load(in row, 0), s0);
                s1 = TSimd.MultiplyAdd(value, TSimd.Load(in row, width), s1);
                value = TSimd.Create(Unsafe.Add(ref x, 1));
                t0 = TSimd.MultiplyAdd(value, TSimd.Load(in row, stride), t0);
                t1 = TSimd.MultiplyAdd(value, TSimd.Load(in row, stride + width), t1);
                x = ref Unsafe.Add(ref x, 2);
                row = ref Unsafe.Add(ref row, 2 * stride);
            }

            if ((left & 1) != 0)
            {
                TVector value = TSimd.Create(x);
                u0 = TSimd.MultiplyAdd(value, TSimd.Load(in row, 0), u0);
                u1 = TSimd.MultiplyAdd(value, TSimd.Load(in row, width), u1);
                row = ref Unsafe.Add(ref row, stride);
            }
        }

        s0 = TSimd.Add(TSimd.Add(s0, t0), TSimd.Add(u0, v0));
        s1 = TSimd.Add(TSimd.Add(s1, t1), TSimd.Add(u1, v1));
        TSimd.Store(activation.Forward<TSimd, TVector>(s0, out _), ref Y, column);
        TSimd.Store(activation.Forward<TSimd, TVector>(s1, out _), ref Y, column + width);
    }

    /// <summary>Four vectors of outputs, two sums for each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void FourVectors<TActivation, TSimd, TVector>(TActivation activation, int channel, nuint column)
        where TActivation : struct, IActivation
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nuint width = (nuint)TSimd.Count;
        nuint stride = Stride;
        int channels = Channels;
        int taps = Taps;
        TVector zero = TSimd.Create(0f);
        TVector s0 = HasBiases ? TSimd.Load(in B, column) : zero;
        TVector s1 = HasBiases ? TSimd.Load(in B, column + width) : zero;
        TVector s2 = HasBiases ? TSimd.Load(in B, column + (2 * width)) : zero;
        TVector s3 = HasBiases ? TSimd.Load(in B, column + (3 * width)) : zero;
        TVector t0 = zero, t1 = zero, t2 = zero, t3 = zero;
        ref float row = ref Unsafe.Add(ref Unsafe.AsRef(in W), column);

        for (int tap = 0; tap < taps; tap++)
        {
            ref float x = ref Unsafe.Add(ref Taken(tap), channel);
            int left = channels;

            for (; left >= 2; left -= 2)
            {
                TVector value = TSimd.Create(x);
                s0 = TSimd.MultiplyAdd(value, TSimd.Load(in row, 0), s0);
                s1 = TSimd.MultiplyAdd(value, TSimd.Load(in row, width), s1);
                s2 = TSimd.MultiplyAdd(value, TSimd.Load(in row, 2 * width), s2);
                s3 = TSimd.MultiplyAdd(value, TSimd.Load(in row, 3 * width), s3);
                value = TSimd.Create(Unsafe.Add(ref x, 1));
                t0 = TSimd.MultiplyAdd(value, TSimd.Load(in row, stride), t0);
                t1 = TSimd.MultiplyAdd(value, TSimd.Load(in row, stride + width), t1);
                t2 = TSimd.MultiplyAdd(value, TSimd.Load(in row, stride + (2 * width)), t2);
                t3 = TSimd.MultiplyAdd(value, TSimd.Load(in row, stride + (3 * width)), t3);
                x = ref Unsafe.Add(ref x, 2);
                row = ref Unsafe.Add(ref row, 2 * stride);
            }

            if (left != 0)
            {
                TVector value = TSimd.Create(x);
                s0 = TSimd.MultiplyAdd(value, TSimd.Load(in row, 0), s0);
                s1 = TSimd.MultiplyAdd(value, TSimd.Load(in row, width), s1);
                s2 = TSimd.MultiplyAdd(value, TSimd.Load(in row, 2 * width), s2);
                s3 = TSimd.MultiplyAdd(value, TSimd.Load(in row, 3 * width), s3);
                row = ref Unsafe.Add(ref row, stride);
            }
        }

        TSimd.Store(activation.Forward<TSimd, TVector>(TSimd.Add(s0, t0), out _), ref Y, column);
        TSimd.Store(activation.Forward<TSimd, TVector>(TSimd.Add(s1, t1), out _), ref Y, column + width);
        TSimd.Store(activation.Forward<TSimd, TVector>(TSimd.Add(s2, t2), out _), ref Y, column + (2 * width));
        TSimd.Store(activation.Forward<TSimd, TVector>(TSimd.Add(s3, t3), out _), ref Y, column + (3 * width));
    }

    /// <summary>The step that a tap of the window takes; the last takes the one that arrives.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ref float Taken(int tap) => ref tap == Taps - 1 ? ref Unsafe.AsRef(in X) : ref Steps.After(tap * Dilation);
}
