using System.Runtime.CompilerServices;
using Nnfs.Simd;

namespace Nnfs.Kernels.Recurrent;

/// <summary>The cell of <see cref="LSTM"/>: its memory is the cell state c, which it keeps.</summary>
internal readonly struct LSTMCell : IRecurrentCell
{
    private const int Input = 0;
    private const int Forget = 1;
    private const int Candidate = 2;
    private const int Output = 3;

    public static int Gates => 4;

    public static string GatesName => "gates";

    public static string MemoryName => "cells";

    public static bool HasMemory => true;

    public static bool CarriesMemory => true;

    public static bool SeparatesProducts => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Forward<TSimd, TVector>(
        ref TVector i, ref TVector f, ref TVector g, ref TVector o, TVector product, TVector previous, ref TVector c)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        // i·g and o·tanh c are one division each; those of the gates alone are left out where nobody keeps them.
        TVector i0 = RecurrentMath.SigmoidQuotient<TSimd, TVector>(i, out TVector i1);
        TVector g0 = RecurrentMath.TanhQuotient<TSimd, TVector>(g, out TVector g1);
        f = RecurrentMath.Sigmoid<TSimd, TVector>(f);
        TVector o0 = RecurrentMath.SigmoidQuotient<TSimd, TVector>(o, out TVector o1);
        c = TSimd.MultiplyAdd(f, c, TSimd.Divide(TSimd.Multiply(i0, g0), TSimd.Multiply(i1, g1)));
        TVector c0 = RecurrentMath.TanhQuotient<TSimd, TVector>(c, out TVector c1);
        i = TSimd.Divide(i0, i1);
        g = TSimd.Divide(g0, g1);
        o = TSimd.Divide(o0, o1);

        return TSimd.Divide(TSimd.Multiply(o0, c0), TSimd.Multiply(o1, c1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Backward<TSimd, TVector>(ref readonly RecurrentStepBack step, nuint sample, nuint unit)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector i = step.Gate<TSimd, TVector>(Input, sample, unit);
        TVector f = step.Gate<TSimd, TVector>(Forget, sample, unit);
        TVector g = step.Gate<TSimd, TVector>(Candidate, sample, unit);
        TVector o = step.Gate<TSimd, TVector>(Output, sample, unit);
        TVector previous = TSimd.Load(in step.PreviousMemory, (sample * step.PreviousMemorySample) + unit);
        TVector t = RecurrentMath.Tanh<TSimd, TVector>(TSimd.Load(in step.Memory, (sample * step.MemorySample) + unit));
        nuint carried = (sample * step.Units) + unit;
        TVector dh = TSimd.Load(in step.StateGradients, carried);
        TVector dc = TSimd.MultiplyAdd(TSimd.Multiply(dh, o), RecurrentMath.OfTanh<TSimd, TVector>(t), TSimd.Load(in step.Carried, carried));

        step.Give<TSimd, TVector>(TSimd.Multiply(TSimd.Multiply(dc, g), RecurrentMath.OfSigmoid<TSimd, TVector>(i)), Input, sample, unit);
        step.Give<TSimd, TVector>(TSimd.Multiply(TSimd.Multiply(dc, previous), RecurrentMath.OfSigmoid<TSimd, TVector>(f)), Forget, sample, unit);
        step.Give<TSimd, TVector>(TSimd.Multiply(TSimd.Multiply(dc, i), RecurrentMath.OfTanh<TSimd, TVector>(g)), Candidate, sample, unit);
        step.Give<TSimd, TVector>(TSimd.Multiply(TSimd.Multiply(dh, t), RecurrentMath.OfSigmoid<TSimd, TVector>(o)), Output, sample, unit);
        TSimd.Store(TSimd.Multiply(dc, f), ref step.Carried, carried);
    }
}
