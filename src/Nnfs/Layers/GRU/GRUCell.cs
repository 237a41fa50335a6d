using System.Runtime.CompilerServices;
using Nnfs.Simd;

namespace Nnfs.Kernels.Recurrent;

/// <summary>The cell of <see cref="GRU"/>: it keeps the candidate's product with the state before, which the reset gate multiplies.</summary>
internal readonly struct GRUCell : IRecurrentCell
{
    private const int Update = 0;
    private const int Reset = 1;
    private const int Candidate = 2;

    public static int Gates => 3;

    public static string GatesName => "gates";

    public static string MemoryName => "products";

    public static bool HasMemory => true;

    public static bool CarriesMemory => false;

    public static bool SeparatesProducts => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Forward<TSimd, TVector>(
        ref TVector z, ref TVector r, ref TVector n, ref TVector none, TVector product, TVector previous, ref TVector memory)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        z = RecurrentMath.Sigmoid<TSimd, TVector>(z);
        r = RecurrentMath.Sigmoid<TSimd, TVector>(r);
        n = RecurrentMath.Tanh<TSimd, TVector>(TSimd.MultiplyAdd(r, product, n));
        memory = product;

        // (1 − z)·n + z·h', with one product.
        return TSimd.MultiplyAdd(z, TSimd.Subtract(previous, n), n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Backward<TSimd, TVector>(ref readonly RecurrentStepBack step, nuint sample, nuint unit)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector z = step.Gate<TSimd, TVector>(Update, sample, unit);
        TVector r = step.Gate<TSimd, TVector>(Reset, sample, unit);
        TVector n = step.Gate<TSimd, TVector>(Candidate, sample, unit);
        TVector q = TSimd.Load(in step.Memory, (sample * step.MemorySample) + unit);
        TVector previous = TSimd.Load(in step.Previous, (sample * step.PreviousSample) + unit);
        nuint carried = (sample * step.Units) + unit;

        // What reaches the state by the update gate of the later step, and by the products.
        TVector dh = TSimd.Add(TSimd.Load(in step.StateGradients, carried), TSimd.Load(in step.Carried, carried));
        TVector dn = TSimd.Multiply(TSimd.Multiply(dh, TSimd.Subtract(TSimd.Create(1f), z)), RecurrentMath.OfTanh<TSimd, TVector>(n));
        TVector dz = TSimd.Multiply(TSimd.Multiply(dh, TSimd.Subtract(previous, n)), RecurrentMath.OfSigmoid<TSimd, TVector>(z));

        step.Give<TSimd, TVector>(dz, Update, sample, unit);
        step.Give<TSimd, TVector>(TSimd.Multiply(TSimd.Multiply(dn, q), RecurrentMath.OfSigmoid<TSimd, TVector>(r)), Reset, sample, unit);
        step.Give<TSimd, TVector>(dn, Candidate, sample, unit);
        TSimd.Store(TSimd.Multiply(dn, r), ref step.ProductGradients, (sample * step.MemorySample) + unit);
        TSimd.Store(TSimd.Multiply(dh, z), ref step.Carried, carried);
    }
}
