using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nnfs.Kernels.Columnwise;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>
/// Layer normalization (Ba, Kiros and Hinton 2016, "Layer normalization"): the features of each sample get mean 0 and variance 1, then a scale γ and a shift β
/// that are learnt.
/// </summary>
/// <remarks>
/// The mean is rounded to a float before it is subtracted. Where it is far greater than the deviations the rounding counts; it is found again as the mean of
/// the differences, and taken off. Sums over the features are in the lanes of a vector, so their last bits depend on its width.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LayerNorm
{
    /// <summary>
    /// Effectively computes <c>y[i, j] = (x[i, j] − mean[i]) / √(variance[i] + ε) · γ[j] + β[j]</c> with the mean and the population variance (divided
    /// by size) of row <c>i</c>.
    /// </summary>
    /// <param name="x">Inputs [samples × size].</param>
    /// <param name="gamma">γ [size].</param>
    /// <param name="beta">β [size].</param>
    /// <param name="epsilon">ε, greater than 0.</param>
    /// <param name="y">Outputs [samples × size]; written.</param>
    /// <param name="statistics">[samples × 2]; written: for each sample the mean and <c>1/√(variance + ε)</c>.</param>
    /// <param name="samples">The number of samples.</param>
    /// <typeparam name="TSize">The number of features.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epsilon"/> is not greater than 0.</exception>
    public static void Forward<TSize>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, float epsilon, Span<float> y, Span<float> statistics, int samples)
        where TSize : struct, IDimension
    {
        ShapeGuard.AtLeast(statistics.Length, samples, 2);

        ForwardRows<TSize>(x, gamma, beta, epsilon, y, statistics[..(2 * samples)], samples);
    }

    /// <summary>
    /// The outputs alone, see
    /// <see cref="Forward{TSize}(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, float, Span{float}, Span{float}, int)"/>.
    /// </summary>
    /// <param name="x">Inputs [samples × size].</param>
    /// <param name="gamma">γ [size].</param>
    /// <param name="beta">β [size].</param>
    /// <param name="epsilon">ε, greater than 0.</param>
    /// <param name="y">Outputs [samples × size]; written. May be <paramref name="x"/> itself.</param>
    /// <param name="samples">The number of samples.</param>
    /// <typeparam name="TSize">The number of features.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epsilon"/> is not greater than 0.</exception>
    public static void Forward<TSize>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, float epsilon, Span<float> y, int samples)
        where TSize : struct, IDimension =>
        ForwardRows<TSize>(x, gamma, beta, epsilon, y, [], samples);

    /// <summary>
    /// Effectively computes <c>dx[i, j] = r[i] · (g[i, j] − meanₖ(g[i, k]) − x̂[i, j] · meanₖ(g[i, k] · x̂[i, k]))</c> with <c>g[i, j] = dy[i, j] · γ[j]</c>,
    /// <c>r = 1/√(variance + ε)</c> and <c>x̂[i, j] = (x[i, j] − mean[i]) · r[i]</c>.
    /// </summary>
    /// <param name="x">The inputs of the forward pass [samples × size].</param>
    /// <param name="gamma">γ [size].</param>
    /// <param name="statistics">What the forward pass wrote [samples × 2].</param>
    /// <param name="dy">Gradients of the outputs [samples × size].</param>
    /// <param name="dx">Gradients of the inputs [samples × size]; written. May be <paramref name="dy"/> itself.</param>
    /// <param name="samples">The number of samples.</param>
    /// <typeparam name="TSize">The number of features.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void BackwardInputs<TSize>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> statistics, ReadOnlySpan<float> dy, Span<float> dx, int samples)
        where TSize : struct, IDimension
    {
        ShapeGuard.AtLeast(x.Length, samples, TSize.Value);
        ShapeGuard.AtLeast(gamma.Length, 1, TSize.Value);
        ShapeGuard.AtLeast(statistics.Length, samples, 2);
        ShapeGuard.AtLeast(dy.Length, samples, TSize.Value);
        ShapeGuard.AtLeast(dx.Length, samples, TSize.Value);

        ref float x0 = ref MemoryMarshal.GetReference(x);
        ref float gamma0 = ref MemoryMarshal.GetReference(gamma);
        ref float statistics0 = ref MemoryMarshal.GetReference(statistics);
        ref float dy0 = ref MemoryMarshal.GetReference(dy);
        ref float dx0 = ref MemoryMarshal.GetReference(dx);

        if (Vector512.IsHardwareAccelerated && TSize.Value >= Simd512.Count)
        {
            BackwardRows<TSize, Simd512, Vector512<float>>(ref x0, ref gamma0, ref statistics0, ref dy0, ref dx0, samples);
        }
        else if (Vector256.IsHardwareAccelerated && TSize.Value >= Simd256.Count)
        {
            BackwardRows<TSize, Simd256, Vector256<float>>(ref x0, ref gamma0, ref statistics0, ref dy0, ref dx0, samples);
        }
        else if (TSize.Value >= Simd128.Count)
        {
            BackwardRows<TSize, Simd128, Vector128<float>>(ref x0, ref gamma0, ref statistics0, ref dy0, ref dx0, samples);
        }
        else
        {
            BackwardRows<TSize, SimdScalar, float>(ref x0, ref gamma0, ref statistics0, ref dy0, ref dx0, samples);
        }
    }

    /// <summary>
    /// Effectively computes <c>dγ[j] = Σᵢ dy[i, j] · x̂[i, j]</c> and <c>dβ[j] = Σᵢ dy[i, j]</c> with <c>x̂[i, j] = (x[i, j] − mean[i]) · r[i]</c>.
    /// </summary>
    /// <remarks>Here the mean counts as it is stored, rounded: <c>x̂</c> is off by up to 2⁻²⁴ times <c>|mean| · r</c>.</remarks>
    /// <param name="x">The inputs of the forward pass [samples × size].</param>
    /// <param name="statistics">What the forward pass wrote [samples × 2].</param>
    /// <param name="dy">Gradients of the outputs [samples × size].</param>
    /// <param name="dgamma">Gradients of γ [size]; written.</param>
    /// <param name="dbeta">Gradients of β [size]; written.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="adds">Whether the sums are added to what is there, the sums over other samples.</param>
    /// <typeparam name="TSize">The number of features.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void BackwardParameters<TSize>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> statistics, ReadOnlySpan<float> dy, Span<float> dgamma, Span<float> dbeta, int samples, bool adds)
        where TSize : struct, IDimension
    {
        ShapeGuard.AtLeast(x.Length, samples, TSize.Value);
        ShapeGuard.AtLeast(statistics.Length, samples, 2);
        ShapeGuard.AtLeast(dy.Length, samples, TSize.Value);
        ShapeGuard.AtLeast(dgamma.Length, 1, TSize.Value);
        ShapeGuard.AtLeast(dbeta.Length, 1, TSize.Value);

        BackwardColumns columns = new()
        {
            X = ref MemoryMarshal.GetReference(x),
            Statistics = ref MemoryMarshal.GetReference(statistics),
            Dy = ref MemoryMarshal.GetReference(dy),
            Dgamma = ref MemoryMarshal.GetReference(dgamma),
            Dbeta = ref MemoryMarshal.GetReference(dbeta),
            Size = (nuint)TSize.Value,
            Samples = samples,
            Adds = adds,
        };

        ColumnSweep.Run(in columns, TSize.Value);
    }

    /// <summary>The forward pass; the statistics are empty where they are not wanted.</summary>
    private static void ForwardRows<TSize>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, float epsilon, Span<float> y, Span<float> statistics, int samples)
        where TSize : struct, IDimension
    {
        ShapeGuard.AtLeast(x.Length, samples, TSize.Value);
        ShapeGuard.AtLeast(gamma.Length, 1, TSize.Value);
        ShapeGuard.AtLeast(beta.Length, 1, TSize.Value);
        ShapeGuard.AtLeast(y.Length, samples, TSize.Value);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epsilon);

        ref float x0 = ref MemoryMarshal.GetReference(x);
        ref float gamma0 = ref MemoryMarshal.GetReference(gamma);
        ref float beta0 = ref MemoryMarshal.GetReference(beta);
        ref float y0 = ref MemoryMarshal.GetReference(y);

        if (Vector512.IsHardwareAccelerated && TSize.Value >= Simd512.Count)
        {
            ForwardRows<TSize, Simd512, Vector512<float>>(ref x0, ref gamma0, ref beta0, epsilon, ref y0, statistics, samples);
        }
        else if (Vector256.IsHardwareAccelerated && TSize.Value >= Simd256.Count)
        {
            ForwardRows<TSize, Simd256, Vector256<float>>(ref x0, ref gamma0, ref beta0, epsilon, ref y0, statistics, samples);
        }
        else if (TSize.Value >= Simd128.Count)
        {
            ForwardRows<TSize, Simd128, Vector128<float>>(ref x0, ref gamma0, ref beta0, epsilon, ref y0, statistics, samples);
        }
        else
        {
            ForwardRows<TSize, SimdScalar, float>(ref x0, ref gamma0, ref beta0, epsilon, ref y0, statistics, samples);
        }
    }

    /// <summary>
    /// Rows of at least one vector. What whole vectors leave over is the end of a last one that overlaps them: in sums its other lanes are zero, and
    /// outputs are computed twice alike, from what was read before anything of the row was written.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardRows<TSize, TSimd, TVector>(
        ref float x, ref float gamma, ref float beta, float epsilon, ref float y, Span<float> statistics, int samples)
        where TSize : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (int i = 0; i < samples; i++)
        {
            float mean = SumOfValues<TSize, TSimd, TVector>(ref x) / TSize.Value;

            Vector128<float> sums = SumsOfDifferences<TSize, TSimd, TVector>(ref x, mean);
            float rest = sums.GetElement(0) / TSize.Value;
            float variance = MathF.Max(0f, (sums.GetElement(1) / TSize.Value) - (rest * rest));
            float reciprocal = 1f / MathF.Sqrt(variance + epsilon);

            Normalize<TSize, TSimd, TVector>(ref x, mean, rest, reciprocal, ref gamma, ref beta, ref y);

            if (!statistics.IsEmpty)
            {
                statistics[2 * i] = mean + rest;
                statistics[(2 * i) + 1] = reciprocal;
            }

            x = ref Unsafe.Add(ref x, TSize.Value);
            y = ref Unsafe.Add(ref y, TSize.Value);
        }
    }

    /// <summary>Rows of at least one vector, as in the forward pass.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BackwardRows<TSize, TSimd, TVector>(
        ref float x, ref float gamma, ref float statistics, ref float dy, ref float dx, int samples)
        where TSize : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (int i = 0; i < samples; i++)
        {
            float mean = Unsafe.Add(ref statistics, 2 * i);
            float reciprocal = Unsafe.Add(ref statistics, (2 * i) + 1);

            Vector128<float> sums = SumsOfGradients<TSize, TSimd, TVector>(ref x, mean, ref gamma, ref dy);
            float gradients = sums.GetElement(0);
            float products = sums.GetElement(1);
            float rest = sums.GetElement(2) / TSize.Value;

            // dx = r · (g − slope · (x − mean) − shift), where the shift holds what the mean's rounding has left too.
            float slope = reciprocal * reciprocal * (products - (rest * gradients)) / TSize.Value;
            float shift = (gradients / TSize.Value) - (rest * slope);
            Combine<TSize, TSimd, TVector>(ref x, mean, reciprocal, slope, shift, ref gamma, ref dy, ref dx);

            x = ref Unsafe.Add(ref x, TSize.Value);
            dy = ref Unsafe.Add(ref dy, TSize.Value);
            dx = ref Unsafe.Add(ref dx, TSize.Value);
        }
    }

    /// <summary><c>Σⱼ x[j]</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float SumOfValues<TSize, TSimd, TVector>(ref float x)
        where TSize : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector sums = TSimd.Create(0f);

        nuint end = (nuint)(TSize.Value - TSimd.Count);

        for (nuint j = 0; j <= end; j += (nuint)TSimd.Count)
        {
            sums = TSimd.Add(sums, TSimd.Load(in x, j));
        }

        if (TSize.Value % TSimd.Count != 0)
        {
            sums = TSimd.Add(sums, LastVector.WhereLeftOver<TSize, TSimd, TVector>(TSimd.Load(in x, end)));
        }

        return TSimd.Sum(sums);
    }

    /// <summary><c>Σⱼ d[j]</c> and <c>Σⱼ d[j]²</c> with <c>d = x − mean</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> SumsOfDifferences<TSize, TSimd, TVector>(ref float x, float mean)
        where TSize : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector means = TSimd.Create(mean);
        TVector sums = TSimd.Create(0f);
        TVector squares = TSimd.Create(0f);
        nuint end = (nuint)(TSize.Value - TSimd.Count);

        for (nuint j = 0; j <= end; j += (nuint)TSimd.Count)
        {
            TVector difference = TSimd.Subtract(TSimd.Load(in x, j), means);
            sums = TSimd.Add(sums, difference);
            squares = TSimd.MultiplyAdd(difference, difference, squares);
        }

        if (TSize.Value % TSimd.Count != 0)
        {
            TVector difference = LastVector.WhereLeftOver<TSize, TSimd, TVector>(TSimd.Subtract(TSimd.Load(in x, end), means));
            sums = TSimd.Add(sums, difference);
            squares = TSimd.MultiplyAdd(difference, difference, squares);
        }

        return TSimd.Sum4(sums, squares, TSimd.Create(0f), TSimd.Create(0f));
    }

    /// <summary><c>y[j] = (x[j] − mean − rest) · r · γ[j] + β[j]</c>; <paramref name="y"/> may be <paramref name="x"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Normalize<TSize, TSimd, TVector>(
        ref float x, float mean, float rest, float reciprocal, ref float gamma, ref float beta, ref float y)
        where TSize : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector means = TSimd.Create(mean);
        TVector scale = TSimd.Create(reciprocal);
        TVector shift = TSimd.Create(-rest * reciprocal);
        nuint end = (nuint)(TSize.Value - TSimd.Count);
        TVector last = TSimd.Load(in x, end);

        for (nuint j = 0; j <= end; j += (nuint)TSimd.Count)
        {
            TVector normalized = TSimd.MultiplyAdd(TSimd.Subtract(TSimd.Load(in x, j), means), scale, shift);
            TSimd.Store(TSimd.MultiplyAdd(normalized, TSimd.Load(in gamma, j), TSimd.Load(in beta, j)), ref y, j);
        }

        if (TSize.Value % TSimd.Count != 0)
        {
            TVector normalized = TSimd.MultiplyAdd(TSimd.Subtract(last, means), scale, shift);
            TSimd.Store(TSimd.MultiplyAdd(normalized, TSimd.Load(in gamma, end), TSimd.Load(in beta, end)), ref y, end);
        }
    }

    /// <summary><c>Σⱼ g[j]</c>, <c>Σⱼ g[j] · d[j]</c> and <c>Σⱼ d[j]</c> with <c>g = dy · γ</c> and <c>d = x − mean</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> SumsOfGradients<TSize, TSimd, TVector>(ref float x, float mean, ref float gamma, ref float dy)
        where TSize : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector means = TSimd.Create(mean);
        TVector sums = TSimd.Create(0f);
        TVector products = TSimd.Create(0f);
        TVector differences = TSimd.Create(0f);
        nuint end = (nuint)(TSize.Value - TSimd.Count);

        for (nuint j = 0; j <= end; j += (nuint)TSimd.Count)
        {
            TVector gradient = TSimd.Multiply(TSimd.Load(in dy, j), TSimd.Load(in gamma, j));
            TVector difference = TSimd.Subtract(TSimd.Load(in x, j), means);
            sums = TSimd.Add(sums, gradient);
            products = TSimd.MultiplyAdd(gradient, difference, products);
            differences = TSimd.Add(differences, difference);
        }

        if (TSize.Value % TSimd.Count != 0)
        {
            TVector gradient = LastVector.WhereLeftOver<TSize, TSimd, TVector>(TSimd.Multiply(TSimd.Load(in dy, end), TSimd.Load(in gamma, end)));
            TVector difference = LastVector.WhereLeftOver<TSize, TSimd, TVector>(TSimd.Subtract(TSimd.Load(in x, end), means));
            sums = TSimd.Add(sums, gradient);
            products = TSimd.MultiplyAdd(gradient, difference, products);
            differences = TSimd.Add(differences, difference);
        }

        return TSimd.Sum4(sums, products, differences, TSimd.Create(0f));
    }

    /// <summary><c>dx[j] = r · (dy[j] · γ[j] − slope · (x[j] − mean) − shift)</c>; <paramref name="dx"/> may be <paramref name="dy"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Combine<TSize, TSimd, TVector>(
        ref float x, float mean, float reciprocal, float slope, float shift, ref float gamma, ref float dy, ref float dx)
        where TSize : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector means = TSimd.Create(mean);
        TVector slopes = TSimd.Create(slope);
        TVector shifts = TSimd.Create(shift);
        TVector scale = TSimd.Create(reciprocal);
        nuint end = (nuint)(TSize.Value - TSimd.Count);
        TVector last = TSimd.Load(in dy, end);

        for (nuint j = 0; j <= end; j += (nuint)TSimd.Count)
        {
            TVector gradient = TSimd.Multiply(TSimd.Load(in dy, j), TSimd.Load(in gamma, j));
            TVector fitted = TSimd.MultiplyAdd(TSimd.Subtract(TSimd.Load(in x, j), means), slopes, shifts);
            TSimd.Store(TSimd.Multiply(scale, TSimd.Subtract(gradient, fitted)), ref dx, j);
        }

        if (TSize.Value % TSimd.Count != 0)
        {
            TVector gradient = TSimd.Multiply(last, TSimd.Load(in gamma, end));
            TVector fitted = TSimd.MultiplyAdd(TSimd.Subtract(TSimd.Load(in x, end), means), slopes, shifts);
            TSimd.Store(TSimd.Multiply(scale, TSimd.Subtract(gradient, fitted)), ref dx, end);
        }
    }

    private ref struct BackwardColumns : IColumnOperation
    {
        public ref float X;
        public ref float Statistics;
        public ref float Dy;
        public ref float Dgamma;
        public ref float Dbeta;
        public nuint Size;
        public int Samples;
        public bool Adds;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Run<TSimd, TVector>(nuint column)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            GradientTerms<TSimd, TVector> gradients = new()
            {
                X = ref Unsafe.Add(ref X, column),
                Statistics = ref Statistics,
                Dy = ref Unsafe.Add(ref Dy, column),
                Size = Size,
            };

            ColumnSums.Compute<GradientTerms<TSimd, TVector>, TSimd, TVector>(in gradients, Samples, out TVector dbeta, out TVector dgamma, out _);
            TSimd.Store(Adds ? TSimd.Add(TSimd.Load(in Dbeta, column), dbeta) : dbeta, ref Dbeta, column);
            TSimd.Store(Adds ? TSimd.Add(TSimd.Load(in Dgamma, column), dgamma) : dgamma, ref Dgamma, column);
        }
    }

    /// <summary><c>Σᵢ dy[i]</c> and <c>Σᵢ dy[i] · (x[i] − mean[i]) · r[i]</c>.</summary>
    private ref struct GradientTerms<TSimd, TVector> : IColumnTerms<TVector>
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        public ref float X;
        public ref float Statistics;
        public ref float Dy;
        public nuint Size;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Add(nuint row, ref TVector sum0, ref TVector sum1, ref TVector sum2)
        {
            TVector mean = TSimd.Create(Unsafe.Add(ref Statistics, 2 * row));
            TVector reciprocal = TSimd.Create(Unsafe.Add(ref Statistics, (2 * row) + 1));
            TVector normalized = TSimd.Multiply(TSimd.Subtract(TSimd.Load(in X, row * Size), mean), reciprocal);
            TVector dy = TSimd.Load(in Dy, row * Size);

            sum0 = TSimd.Add(sum0, dy);
            sum1 = TSimd.MultiplyAdd(dy, normalized, sum1);
        }
    }
}
