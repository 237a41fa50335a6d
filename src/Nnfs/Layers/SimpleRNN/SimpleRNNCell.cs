using System.Runtime.CompilerServices;
using Nnfs.Simd;

namespace Nnfs.Kernels.Recurrent;

/// <summary>The cell of <see cref="SimpleRNN"/>: its state is all that it remembers.</summary>
internal readonly struct SimpleRNNCell : IRecurrentCell
{
    public static int Gates => 1;

    public static string GatesName => "products";

    public static string MemoryName => "memory";

    public static bool HasMemory => false;

    public static bool CarriesMemory => false;

    public static bool SeparatesProducts => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Forward<TSimd, TVector>(
        ref TVector h, ref TVector none1, ref TVector none2, ref TVector none3, TVector product, TVector previous, ref TVector memory)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        RecurrentMath.Tanh<TSimd, TVector>(h);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Backward<TSimd, TVector>(ref readonly RecurrentStepBack step, nuint sample, nuint unit)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector h = TSimd.Load(in step.State, (sample * step.StateSample) + unit);
        TVector dh = TSimd.Load(in step.StateGradients, (sample * step.Units) + unit);

        step.Give<TSimd, TVector>(TSimd.Multiply(dh, RecurrentMath.OfTanh<TSimd, TVector>(h)), 0, sample, unit);
    }
}
