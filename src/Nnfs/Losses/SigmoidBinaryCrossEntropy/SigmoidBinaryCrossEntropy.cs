using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nnfs.Kernels.Terms;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>
/// Sigmoid and binary cross-entropy in one, in the mean over outputs and samples. Nothing is clipped; the loss of finite logits is finite.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SigmoidBinaryCrossEntropy
{
    /// <summary>
    /// Effectively computes <c>p[i] = 1 / (1 + exp(−z[i]))</c> and returns the mean over all <c>i</c> of
    /// <c>max(z[i], 0) − z[i] · t[i] + log(1 + exp(−|z[i]|))</c>. Exponentials below e⁻⁶⁴ are zero; a NaN makes the loss NaN.
    /// </summary>
    /// <param name="z">Logits [samples × outputs], at least one.</param>
    /// <param name="targets">Targets [samples × outputs], from 0 to 1.</param>
    /// <param name="p">Probabilities [samples × outputs]; written. May be <paramref name="z"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="targets"/> or <paramref name="p"/> is not as long as <paramref name="z"/>.</exception>
    public static float Forward(ReadOnlySpan<float> z, ReadOnlySpan<float> targets, Span<float> p)
    {
        ShapeGuard.OneForEach(targets.Length, z.Length);
        ShapeGuard.OneForEach(p.Length, z.Length);

        return TermSweep.Mean(new Losses<SpanTerms>(z, new SpanTerms(targets), p), z.Length);
    }

    /// <param name="z">Logits [samples × outputs], at least one.</param>
    /// <param name="labels">A 0 or 1 for each output [samples × outputs], which is its target.</param>
    /// <param name="p">Probabilities [samples × outputs]; written. May be <paramref name="z"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="labels"/> or <paramref name="p"/> is not as long as <paramref name="z"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is neither 0 nor 1.</exception>
    /// <inheritdoc cref="Forward(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>
    public static float Forward(ReadOnlySpan<float> z, ReadOnlySpan<int> labels, Span<float> p)
    {
        ShapeGuard.BinaryLabels(labels, z.Length, 1);
        ShapeGuard.OneForEach(p.Length, z.Length);

        return TermSweep.Mean(new Losses<LabelTerms>(z, new LabelTerms(labels), p), z.Length);
    }

    /// <summary>Effectively computes <c>dz[i] = (p[i] − t[i]) / n</c>, where <c>n</c> is the number of all outputs; NaN stays NaN.</summary>
    /// <param name="p">The probabilities of the forward pass [samples × outputs].</param>
    /// <param name="targets">Targets [samples × outputs], from 0 to 1.</param>
    /// <param name="dz">Gradients of the logits [samples × outputs]; written. May be <paramref name="p"/> or <paramref name="targets"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="targets"/> or <paramref name="dz"/> is not as long as <paramref name="p"/>.</exception>
    public static void Backward(ReadOnlySpan<float> p, ReadOnlySpan<float> targets, Span<float> dz)
    {
        ShapeGuard.OneForEach(targets.Length, p.Length);
        ShapeGuard.OneForEach(dz.Length, p.Length);

        TermSweep.Store(new ErrorTerms<SpanTerms, Scaled>(p, new SpanTerms(targets), new Scaled(1f / p.Length)), dz);
    }

    /// <param name="p">The probabilities of the forward pass [samples × outputs].</param>
    /// <param name="labels">A 0 or 1 for each output [samples × outputs], which is its target.</param>
    /// <param name="dz">Gradients of the logits [samples × outputs]; written. May be <paramref name="p"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="labels"/> or <paramref name="dz"/> is not as long as <paramref name="p"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is neither 0 nor 1.</exception>
    /// <inheritdoc cref="Backward(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float})"/>
    public static void Backward(ReadOnlySpan<float> p, ReadOnlySpan<int> labels, Span<float> dz)
    {
        ShapeGuard.BinaryLabels(labels, p.Length, 1);
        ShapeGuard.OneForEach(dz.Length, p.Length);

        TermSweep.Store(new ErrorTerms<LabelTerms, Scaled>(p, new LabelTerms(labels), new Scaled(1f / p.Length)), dz);
    }

    /// <summary>The losses; with each its probability is written.</summary>
    private readonly ref struct Losses<TTargets> : ITerms
        where TTargets : struct, ITerms, allows ref struct
    {
        private readonly SpanTerms _z;
        private readonly TTargets _targets;
        private readonly ref float _p;

        public Losses(ReadOnlySpan<float> z, TTargets targets, Span<float> p)
        {
            _z = new SpanTerms(z);
            _targets = targets;
            _p = ref MemoryMarshal.GetReference(p);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector At<TSimd, TVector>(nuint i)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TVector zero = TSimd.Create(0f);
            TVector one = TSimd.Create(1f);
            TVector z = _z.At<TSimd, TVector>(i);
            TVector t = _targets.At<TSimd, TVector>(i);
            TVector isPositive = TSimd.Greater(z, zero);
            TVector magnitude = default(Magnitude).Of<TSimd, TVector>(z);
            TVector exp = Elementary.ExpOfNegative<TSimd, TVector>(TSimd.Subtract(zero, magnitude));

            TSimd.Store(TSimd.Divide(TSimd.Select(isPositive, one, exp), TSimd.Add(one, exp)), ref _p, i);

            // max(z, 0) − z·t is |z| times what the target lacks of the sign's side, and so loses no digits where they nearly agree.
            TVector lack = TSimd.Select(isPositive, TSimd.Subtract(one, t), t);

            return TSimd.MultiplyAdd(magnitude, lack, Elementary.LogOfOnePlus<TSimd, TVector>(exp));
        }
    }
}
