using System.ComponentModel;
using System.Runtime.CompilerServices;
using Nnfs.Kernels.Terms;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>
/// Cross-entropy of probabilities that each answer a yes-or-no question, as the mean over outputs and samples. Probabilities are
/// clipped to [1e-7, 1 − 1e-7] so that the logarithms stay finite.
/// </summary>
/// <remarks>
/// Both logarithms are computed from the lesser of <c>p</c> and <c>1 − p</c>, which is a float without rounding; so the loss of a sure
/// network keeps its digits.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BinaryCrossEntropy
{
    private const float Smallest = 1e-7f;

    /// <summary>The greatest float that is not clipped.</summary>
    private const float Greatest = 1f - Smallest;

    /// <summary>
    /// Effectively computes the mean over all <c>i</c> of <c>−t[i] · log clip(p[i]) − (1 − t[i]) · log(1 − clip(p[i]))</c>.
    /// A NaN makes the loss NaN.
    /// </summary>
    /// <param name="p">Probabilities [samples × outputs], at least one.</param>
    /// <param name="targets">Targets [samples × outputs], from 0 to 1.</param>
    /// <exception cref="ArgumentException"><paramref name="targets"/> is not as long as <paramref name="p"/>.</exception>
    public static float Forward(ReadOnlySpan<float> p, ReadOnlySpan<float> targets)
    {
        ShapeGuard.OneForEach(targets.Length, p.Length);

        return TermSweep.Mean(new Losses<SpanTerms>(p, new SpanTerms(targets)), p.Length);
    }

    /// <summary>
    /// Effectively computes the mean over all <c>i</c> of <c>−log clip(p[i])</c> where the label is 1 and of <c>−log(1 − clip(p[i]))</c>
    /// where it is 0. A NaN makes the loss NaN.
    /// </summary>
    /// <param name="p">Probabilities [samples × outputs], at least one.</param>
    /// <param name="labels">A 0 or 1 for each output [samples × outputs].</param>
    /// <exception cref="ArgumentException"><paramref name="labels"/> is not as long as <paramref name="p"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is neither 0 nor 1.</exception>
    public static float Forward(ReadOnlySpan<float> p, ReadOnlySpan<int> labels)
    {
        ShapeGuard.BinaryLabels(labels, p.Length, 1);

        return TermSweep.Mean(new Losses<LabelTerms>(p, new LabelTerms(labels)), p.Length);
    }

    /// <summary>
    /// Effectively computes <c>dp[i] = −(t[i] / clip(p[i]) − (1 − t[i]) / (1 − clip(p[i]))) / n</c>, where <c>n</c> is the number of all
    /// outputs; NaN stays NaN.
    /// </summary>
    /// <param name="p">The probabilities of the forward pass [samples × outputs].</param>
    /// <param name="targets">Targets [samples × outputs], from 0 to 1.</param>
    /// <param name="dp">Gradients of the probabilities [samples × outputs]; written. May be <paramref name="p"/> or <paramref name="targets"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="targets"/> or <paramref name="dp"/> is not as long as <paramref name="p"/>.</exception>
    public static void Backward(ReadOnlySpan<float> p, ReadOnlySpan<float> targets, Span<float> dp)
    {
        ShapeGuard.OneForEach(targets.Length, p.Length);
        ShapeGuard.OneForEach(dp.Length, p.Length);

        TermSweep.Store(new Slopes<SpanTerms>(p, new SpanTerms(targets)), dp);
    }

    /// <summary>
    /// Effectively computes <c>dp[i] = −1 / clip(p[i]) / n</c> where the label is 1 and <c>1 / (1 − clip(p[i])) / n</c> where it is 0,
    /// with <c>n</c> the number of all outputs; NaN stays NaN.
    /// </summary>
    /// <param name="p">The probabilities of the forward pass [samples × outputs].</param>
    /// <param name="labels">A 0 or 1 for each output [samples × outputs].</param>
    /// <param name="dp">Gradients of the probabilities [samples × outputs]; written. May be <paramref name="p"/> itself.</param>
    /// <exception cref="ArgumentException"><paramref name="labels"/> or <paramref name="dp"/> is not as long as <paramref name="p"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is neither 0 nor 1.</exception>
    public static void Backward(ReadOnlySpan<float> p, ReadOnlySpan<int> labels, Span<float> dp)
    {
        ShapeGuard.BinaryLabels(labels, p.Length, 1);
        ShapeGuard.OneForEach(dp.Length, p.Length);

        TermSweep.Store(new Slopes<LabelTerms>(p, new LabelTerms(labels)), dp);
    }

    /// <summary>The lesser of clip(p) and 1 − clip(p); NaN of NaN.</summary>
    /// <param name="p">Probabilities.</param>
    /// <param name="isGreater">All bits where p is the greater of both, none elsewhere.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Lesser<TSimd, TVector>(TVector p, out TVector isGreater)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        isGreater = TSimd.Greater(p, TSimd.Create(0.5f));

        return TSimd.Max(TSimd.Create(Smallest), TSimd.Select(isGreater, TSimd.Subtract(TSimd.Create(1f), p), p));
    }

    private readonly ref struct Losses<TTargets> : ITerms
        where TTargets : struct, ITerms, allows ref struct
    {
        private readonly SpanTerms _p;
        private readonly TTargets _targets;

        public Losses(ReadOnlySpan<float> p, TTargets targets)
        {
            _p = new SpanTerms(p);
            _targets = targets;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector At<TSimd, TVector>(nuint i)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TVector t = _targets.At<TSimd, TVector>(i);
            TVector rest = TSimd.Subtract(TSimd.Create(1f), t);

            TVector lesser = Lesser<TSimd, TVector>(_p.At<TSimd, TVector>(i), out TVector isGreater);
            TVector ofLesser = TSimd.Multiply(Elementary.Log<TSimd, TVector>(lesser), TSimd.Select(isGreater, rest, t));
            TVector ofGreater = TSimd.Multiply(
                Elementary.LogOfOnePlus<TSimd, TVector>(TSimd.Subtract(TSimd.Create(0f), lesser)), TSimd.Select(isGreater, t, rest));

            return TSimd.Subtract(TSimd.Create(0f), TSimd.Add(ofLesser, ofGreater));
        }
    }

    /// <summary>The fractions on their common denominator: <c>(p − t) / (p · (1 − p))</c>.</summary>
    private readonly ref struct Slopes<TTargets> : ITerms
        where TTargets : struct, ITerms, allows ref struct
    {
        private readonly SpanTerms _p;
        private readonly TTargets _targets;
        private readonly float _factor;

        public Slopes(ReadOnlySpan<float> p, TTargets targets)
        {
            _p = new SpanTerms(p);
            _targets = targets;
            _factor = 1f / p.Length;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector At<TSimd, TVector>(nuint i)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TVector one = TSimd.Create(1f);
            TVector t = _targets.At<TSimd, TVector>(i);
            TVector p = _p.At<TSimd, TVector>(i);
            TVector lesser = Lesser<TSimd, TVector>(p, out TVector isGreater);

            // 1 − 1e-7 is not a float: there p − t is (1 − t) − (1 − p).
            TVector clipped = TSimd.Subtract(TSimd.Subtract(one, t), lesser);
            TVector error = TSimd.Select(
                TSimd.Greater(p, TSimd.Create(Greatest)), clipped, TSimd.Subtract(TSimd.Select(isGreater, p, lesser), t));
            TVector slope = TSimd.Divide(error, TSimd.Multiply(lesser, TSimd.Subtract(one, lesser)));

            return TSimd.Multiply(TSimd.Create(_factor), slope);
        }
    }
}
