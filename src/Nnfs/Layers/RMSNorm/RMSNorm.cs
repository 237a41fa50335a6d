using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nnfs.Kernels.Columnwise;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>
/// Root mean square normalization (Zhang and Sennrich 2019, "Root mean square layer normalization"): the features of each sample get a mean square of 1,
/// then a scale γ that is learnt. No mean is subtracted.
/// </summary>
/// <remarks>
/// Squares are floats: the sum of those of a sample must not exceed 3.4e38. Sums over the features are in the lanes of a vector, so their last bits depend on
/// its width.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RMSNorm
{
    /// <summary>Effectively computes <c>y[i, j] = x[i, j] / √(meanₖ(x[i, k]²) + ε) · γ[j]</c>.</summary>
    /// <param name="x">Inputs [samples × size].</param>
    /// <param name="gamma">γ [size].</param>
    /// <param name="epsilon">ε, greater than 0.</param>
    /// <param name="y">Outputs [samples × size]; written.</param>
    /// <param name="statistics">[samples]; written: for each sample <c>1/√(meanₖ(x[i, k]²) + ε)</c>.</param>
    /// <param name="samples">The number of samples.</param>
    /// <typeparam name="TSize">The number of features.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epsilon"/> is not greater than 0.</exception>
    public static void Forward<TSize>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, float epsilon, Span<float> y, Span<float> statistics, int samples)
        where TSize : struct, IDimension
    {
        ShapeGuard.AtLeast(statistics.Length, samples, 1);

        ForwardRows<TSize>(x, gamma, epsilon, y, statistics[..samples], samples);
    }

    /// <summary>
    /// The outputs alone, see <see cref="Forward{TSize}(ReadOnlySpan{float}, ReadOnlySpan{float}, float, Span{float}, Span{float}, int)"/>.
    /// </summary>
    /// <param name="x">Inputs [samples × size].</param>
    /// <param name="gamma">γ [size].</param>
    /// <param name="epsilon">ε, greater than 0.</param>
    /// <param name="y">Outputs [samples × size]; written. May be <paramref name="x"/> itself.</param>
    /// <param name="samples">The number of samples.</param>
    /// <typeparam name="TSize">The number of features.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epsilon"/> is not greater than 0.</exception>
    public static void Forward<TSize>(ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, float epsilon, Span<float> y, int samples)
        where TSize : struct, IDimension =>
        ForwardRows<TSize>(x, gamma, epsilon, y, [], samples);

    /// <summary>
    /// Effectively computes <c>dx[i, j] = r[i] · (g[i, j] − x̂[i, j] · meanₖ(g[i, k] · x̂[i, k]))</c> with <c>g[i, j] = dy[i, j] · γ[j]</c>,
    /// <c>r[i] = 1/√(meanₖ(x[i, k]²) + ε)</c> and <c>x̂[i, j] = x[i, j] · r[i]</c>.
    /// </summary>
    /// <param name="x">The inputs of the forward pass [samples × size].</param>
    /// <param name="gamma">γ [size].</param>
    /// <param name="statistics">What the forward pass wrote [samples].</param>
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
        ShapeGuard.AtLeast(statistics.Length, samples, 1);
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

    /// <summary>Effectively computes <c>dγ[j] = Σᵢ dy[i, j] · x[i, j] · r[i]</c>.</summary>
    /// <param name="x">The inputs of the forward pass [samples × size].</param>
    /// <param name="statistics">What the forward pass wrote, r [samples].</param>
    /// <param name="dy">Gradients of the outputs [samples × size].</param>
    /// <param name="dgamma">Gradients of γ [size]; written.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="adds">Whether the sums are added to what is there, the sums over other samples.</param>
    /// <typeparam name="TSize">The number of features.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void BackwardParameters<TSize>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> statistics, ReadOnlySpan<float> dy, Span<float> dgamma, int samples, bool adds)
        where TSize : struct, IDimension
    {
        ShapeGuard.AtLeast(x.Length, samples, TSize.Value);
        ShapeGuard.AtLeast(statistics.Length, samples, 1);
        ShapeGuard.AtLeast(dy.Length, samples, TSize.Value);
        ShapeGuard.AtLeast(dgamma.Length, 1, TSize.Value);

        BackwardColumns columns = new()
        {
            X = ref MemoryMarshal.GetReference(x),
            Statistics = ref MemoryMarshal.GetReference(statistics),
            Dy = ref MemoryMarshal.GetReference(dy),
            Dgamma = ref MemoryMarshal.GetReference(dgamma),
            Size = (nuint)TSize.Value,
            Samples = samples,
            Adds = adds,
        };

        ColumnSweep.Run(in columns, TSize.Value);
    }

    /// <summary>The forward pass; the statistics are empty where they are not wanted.</summary>
    private static void ForwardRows<TSize>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, float epsilon, Span<float> y, Span<float> statistics, int samples)
        where TSize : struct, IDimension
    {
        ShapeGuard.AtLeast(x.Length, samples, TSize.Value);
        ShapeGuard.AtLeast(gamma.Length, 1, TSize.Value);
        ShapeGuard.AtLeast(y.Length, samples, TSize.Value);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epsilon);

        ref float x0 = ref MemoryMarshal.GetReference(x);
        ref float gamma0 = ref MemoryMarshal.GetReference(gamma);
        ref float y0 = ref MemoryMarshal.GetReference(y);

        if (Vector512.IsHardwareAccelerated && TSize.Value >= Simd512.Count)
        {
            ForwardRows<TSize, Simd512, Vector512<float>>(ref x0, ref gamma0, epsilon, ref y0, statistics, samples);
        }
        else if (Vector256.IsHardwareAccelerated && TSize.Value >= Simd256.Count)
        {
            ForwardRows<TSize, Simd256, Vector256<float>>(ref x0, ref gamma0, epsilon, ref y0, statistics, samples);
        }
        else if (TSize.Value >= Simd128.Count)
        {
            ForwardRows<TSize, Simd128, Vector128<float>>(ref x0, ref gamma0, epsilon, ref y0, statistics, samples);
        }
        else
        {
            ForwardRows<TSize, SimdScalar, float>(ref x0, ref gamma0, epsilon, ref y0, statistics, samples);
        }
    }

    /// <summary>
    /// Rows of at least one vector. What whole vectors leave over is the end of a last one that overlaps them: in sums its other lanes are zero, and
    /// outputs are computed twice alike, from what was read before anything of the row was written.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardRows<TSize, TSimd, TVector>(
        ref float x, ref float gamma, float epsilon, ref float y, Span<float> statistics, int samples)
        where TSize : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (int i = 0; i < samples; i++)
        {
            float meanSquare = SumOfSquares<TSize, TSimd, TVector>(ref x) / TSize.Value;
            float reciprocal = 1f / MathF.Sqrt(meanSquare + epsilon);

            Normalize<TSize, TSimd, TVector>(ref x, reciprocal, ref gamma, ref y);

            if (!statistics.IsEmpty)
            {
                statistics[i] = reciprocal;
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
            float reciprocal = Unsafe.Add(ref statistics, i);

            // dx = r · (g − slope · x), of factors that do not overflow where r is large.
            float product = SumOfGradients<TSize, TSimd, TVector>(ref x, reciprocal, ref gamma, ref dy);
            float slope = reciprocal * (product / TSize.Value);
            Combine<TSize, TSimd, TVector>(ref x, reciprocal, slope, ref gamma, ref dy, ref dx);

            x = ref Unsafe.Add(ref x, TSize.Value);
            dy = ref Unsafe.Add(ref dy, TSize.Value);
            dx = ref Unsafe.Add(ref dx, TSize.Value);
        }
    }

    /// <summary><c>Σⱼ x[j]²</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float SumOfSquares<TSize, TSimd, TVector>(ref float x)
        where TSize : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector squares = TSimd.Create(0f);
        nuint end = (nuint)(TSize.Value - TSimd.Count);

        for (nuint j = 0; j <= end; j += (nuint)TSimd.Count)
        {
            TVector value = TSimd.Load(in x, j);
            squares = TSimd.MultiplyAdd(value, value, squares);
        }

        if (TSize.Value % TSimd.Count != 0)
        {
            TVector value = LastVector.WhereLeftOver<TSize, TSimd, TVector>(TSimd.Load(in x, end));
            squares = TSimd.MultiplyAdd(value, value, squares);
        }

        return TSimd.Sum(squares);
    }

    /// <summary><c>y[j] = x[j] · r · γ[j]</c>; <paramref name="y"/> may be <paramref name="x"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Normalize<TSize, TSimd, TVector>(ref float x, float reciprocal, ref float gamma, ref float y)
        where TSize : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector scale = TSimd.Create(reciprocal);
        nuint end = (nuint)(TSize.Value - TSimd.Count);
        TVector last = TSimd.Load(in x, end);

        for (nuint j = 0; j <= end; j += (nuint)TSimd.Count)
        {
            TSimd.Store(TSimd.Multiply(TSimd.Multiply(TSimd.Load(in x, j), scale), TSimd.Load(in gamma, j)), ref y, j);
        }

        if (TSize.Value % TSimd.Count != 0)
        {
            TSimd.Store(TSimd.Multiply(TSimd.Multiply(last, scale), TSimd.Load(in gamma, end)), ref y, end);
        }
    }

    /// <summary><c>Σⱼ g[j] · x̂[j]</c> with <c>g = dy · γ</c> and <c>x̂ = x · r</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float SumOfGradients<TSize, TSimd, TVector>(ref float x, float reciprocal, ref float gamma, ref float dy)
        where TSize : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector scale = TSimd.Create(reciprocal);
        TVector products = TSimd.Create(0f);
        nuint end = (nuint)(TSize.Value - TSimd.Count);

        for (nuint j = 0; j <= end; j += (nuint)TSimd.Count)
        {
            TVector gradient = TSimd.Multiply(TSimd.Load(in dy, j), TSimd.Load(in gamma, j));
            products = TSimd.MultiplyAdd(gradient, TSimd.Multiply(TSimd.Load(in x, j), scale), products);
        }

        if (TSize.Value % TSimd.Count != 0)
        {
            TVector gradient = LastVector.WhereLeftOver<TSize, TSimd, TVector>(TSimd.Multiply(TSimd.Load(in dy, end), TSimd.Load(in gamma, end)));
            TVector normalized = LastVector.WhereLeftOver<TSize, TSimd, TVector>(TSimd.Multiply(TSimd.Load(in x, end), scale));
            products = TSimd.MultiplyAdd(gradient, normalized, products);
        }

        return TSimd.Sum(products);
    }

    /// <summary><c>dx[j] = r · (dy[j] · γ[j] − slope · x[j])</c>; <paramref name="dx"/> may be <paramref name="dy"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Combine<TSize, TSimd, TVector>(ref float x, float reciprocal, float slope, ref float gamma, ref float dy, ref float dx)
        where TSize : struct, IDimension
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector slopes = TSimd.Create(-slope);
        TVector scale = TSimd.Create(reciprocal);
        nuint end = (nuint)(TSize.Value - TSimd.Count);
        TVector last = TSimd.Load(in dy, end);

        for (nuint j = 0; j <= end; j += (nuint)TSimd.Count)
        {
            TVector gradient = TSimd.Multiply(TSimd.Load(in dy, j), TSimd.Load(in gamma, j));
            TSimd.Store(TSimd.Multiply(scale, TSimd.MultiplyAdd(slopes, TSimd.Load(in x, j), gradient)), ref dx, j);
        }

        if (TSize.Value % TSimd.Count != 0)
        {
            TVector gradient = TSimd.Multiply(last, TSimd.Load(in gamma, end));
            TSimd.Store(TSimd.Multiply(scale, TSimd.MultiplyAdd(slopes, TSimd.Load(in x, end), gradient)), ref dx, end);
        }
    }

    private ref struct BackwardColumns : IColumnOperation
    {
        public ref float X;
        public ref float Statistics;
        public ref float Dy;
        public ref float Dgamma;
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

            ColumnSums.Compute<GradientTerms<TSimd, TVector>, TSimd, TVector>(in gradients, Samples, out TVector dgamma, out _, out _);
            TSimd.Store(Adds ? TSimd.Add(TSimd.Load(in Dgamma, column), dgamma) : dgamma, ref Dgamma, column);
        }
    }

    /// <summary><c>Σᵢ dy[i] · x[i] · r[i]</c>.</summary>
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
            TVector normalized = TSimd.Multiply(TSimd.Load(in X, row * Size), TSimd.Create(Unsafe.Add(ref Statistics, row)));

            sum0 = TSimd.MultiplyAdd(TSimd.Load(in Dy, row * Size), normalized, sum0);
        }
    }
}
