using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nnfs.Kernels.Columnwise;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>
/// Batch normalization (Ioffe and Szegedy 2015, "Batch normalization: accelerating deep network training by reducing internal covariate shift"):
/// each feature gets mean 0 and variance 1 over the samples of a batch, then a scale γ and a shift β that are learnt.
/// </summary>
/// <remarks>
/// The mean is rounded to a float before it is subtracted. Where it is far greater than the deviations the rounding counts; it is found again as the mean of
/// the differences, and taken off.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BatchNorm
{
    /// <summary>
    /// Effectively computes <c>y[i, j] = (x[i, j] − mean[j]) / √(variance[j] + ε) · γ[j] + β[j]</c> with the mean and the population variance (divided
    /// by the number of samples) of column <c>j</c>, for some of the columns.
    /// </summary>
    /// <param name="x">Inputs [samples × size].</param>
    /// <param name="gamma">γ [size].</param>
    /// <param name="beta">β [size].</param>
    /// <param name="epsilon">ε, greater than 0.</param>
    /// <param name="y">Outputs [samples × size]; written.</param>
    /// <param name="statistics">[2 × size]; written: the means, then <c>1/√(variance + ε)</c>.</param>
    /// <param name="samples">The number of samples, at least 1.</param>
    /// <param name="start">The first of the features that are computed.</param>
    /// <param name="count">Their number.</param>
    /// <typeparam name="TSize">The number of features.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="epsilon"/> or <paramref name="samples"/> is out of its range, or the range of features is not within the layer's.
    /// </exception>
    public static void Forward<TSize>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, float epsilon, Span<float> y, Span<float> statistics, int samples,
        int start, int count)
        where TSize : struct, IDimension
    {
        ShapeGuard.AtLeast(x.Length, samples, TSize.Value);
        ShapeGuard.AtLeast(gamma.Length, 1, TSize.Value);
        ShapeGuard.AtLeast(beta.Length, 1, TSize.Value);
        ShapeGuard.AtLeast(y.Length, samples, TSize.Value);
        ShapeGuard.AtLeast(statistics.Length, 2, TSize.Value);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epsilon);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samples);
        ShapeGuard.Part(start, count, TSize.Value);

        if (SharedBatch.Current is { } shared)
        {
            SharedBatchNorm.Forward(shared, x, gamma, beta, epsilon, y, statistics, samples, TSize.Value);

            return;
        }

        ForwardColumns columns = new()
        {
            X = ref MemoryMarshal.GetReference(x),
            Gamma = ref MemoryMarshal.GetReference(gamma),
            Beta = ref MemoryMarshal.GetReference(beta),
            Epsilon = epsilon,
            Y = ref MemoryMarshal.GetReference(y),
            Statistics = ref MemoryMarshal.GetReference(statistics),
            Size = (nuint)TSize.Value,
            Samples = samples,
        };

        ColumnSweep.Run(in columns, start, count);
    }

    /// <summary>
    /// Effectively computes <c>dβ[j] = Σᵢ dy[i, j]</c>, <c>dγ[j] = Σᵢ dy[i, j] · x̂[i, j]</c> and
    /// <c>dx[i, j] = γ[j] · r[j] · (dy[i, j] − dβ[j] / samples − x̂[i, j] · dγ[j] / samples)</c> with <c>r = 1/√(variance + ε)</c> and
    /// <c>x̂[i, j] = (x[i, j] − mean[j]) · r[j]</c>, for some of the columns <c>j</c>.
    /// </summary>
    /// <param name="x">The inputs of the forward pass [samples × size].</param>
    /// <param name="gamma">γ [size].</param>
    /// <param name="statistics">What the forward pass wrote [2 × size].</param>
    /// <param name="dy">Gradients of the outputs [samples × size].</param>
    /// <param name="dx">Gradients of the inputs [samples × size]; written. May be <paramref name="dy"/> itself.</param>
    /// <param name="dgamma">Gradients of γ [size]; written.</param>
    /// <param name="dbeta">Gradients of β [size]; written.</param>
    /// <param name="samples">The number of samples, at least 1.</param>
    /// <param name="start">The first of the features that are computed.</param>
    /// <param name="count">Their number.</param>
    /// <typeparam name="TSize">The number of features.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="samples"/> is out of its range, or the range of features is not within the layer's.
    /// </exception>
    public static void Backward<TSize>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> statistics, ReadOnlySpan<float> dy, Span<float> dx, Span<float> dgamma,
        Span<float> dbeta, int samples, int start, int count)
        where TSize : struct, IDimension
    {
        ShapeGuard.AtLeast(gamma.Length, 1, TSize.Value);
        ShapeGuard.AtLeast(dx.Length, samples, TSize.Value);
        BackwardColumns columns = ColumnsOfBackward<TSize>(x, statistics, dy, dgamma, dbeta, samples, start, count);

        if (SharedBatch.Current is { } shared)
        {
            SharedBatchNorm.Backward(shared, x, gamma, statistics, dy, dx, dgamma, dbeta, samples, TSize.Value);

            return;
        }

        columns.Gamma = ref MemoryMarshal.GetReference(gamma);
        columns.Dx = ref MemoryMarshal.GetReference(dx);
        columns.HasInputGradients = true;

        ColumnSweep.Run(in columns, start, count);
    }

    /// <summary>The gradients of γ and β alone, see <see cref="Backward{TSize}"/>.</summary>
    /// <param name="x">The inputs of the forward pass [samples × size].</param>
    /// <param name="statistics">What the forward pass wrote [2 × size].</param>
    /// <param name="dy">Gradients of the outputs [samples × size].</param>
    /// <param name="dgamma">Gradients of γ [size]; written.</param>
    /// <param name="dbeta">Gradients of β [size]; written.</param>
    /// <param name="samples">The number of samples, at least 1.</param>
    /// <param name="start">The first of the features that are computed.</param>
    /// <param name="count">Their number.</param>
    /// <typeparam name="TSize">The number of features.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="samples"/> is out of its range, or the range of features is not within the layer's.
    /// </exception>
    public static void BackwardParameters<TSize>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> statistics, ReadOnlySpan<float> dy, Span<float> dgamma, Span<float> dbeta, int samples, int start, int count)
        where TSize : struct, IDimension
    {
        BackwardColumns columns = ColumnsOfBackward<TSize>(x, statistics, dy, dgamma, dbeta, samples, start, count);

        if (SharedBatch.Current is { } shared)
        {
            SharedBatchNorm.Backward(shared, x, gamma: [], statistics, dy, dx: [], dgamma, dbeta, samples, TSize.Value);

            return;
        }

        ColumnSweep.Run(in columns, start, count);
    }

    /// <summary>
    /// Effectively computes <c>running[j] = (1 − momentum) · running[j] + momentum · batch[j]</c> for the means and for the variances, of which the batch's
    /// is unbiased: divided by samples − 1, or with a single sample by 1.
    /// </summary>
    /// <param name="statistics">What the forward pass wrote [2 × size].</param>
    /// <param name="epsilon">
    /// The ε of the forward pass, greater than 0. The variance is what <c>1/r² − ε</c> gives, so it is as exact as variance + ε is.
    /// </param>
    /// <param name="momentum">The weight of the batch, from 0 to 1.</param>
    /// <param name="samples">The number of samples of the forward pass, at least 1.</param>
    /// <param name="runningMean">[size]; changed.</param>
    /// <param name="runningVariance">[size]; changed.</param>
    /// <typeparam name="TSize">The number of features.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="epsilon"/>, <paramref name="momentum"/> or <paramref name="samples"/> is out of its range.
    /// </exception>
    public static void UpdateRunning<TSize>(
        ReadOnlySpan<float> statistics, float epsilon, float momentum, int samples, Span<float> runningMean, Span<float> runningVariance)
        where TSize : struct, IDimension
    {
        ShapeGuard.AtLeast(statistics.Length, 2, TSize.Value);
        ShapeGuard.AtLeast(runningMean.Length, 1, TSize.Value);
        ShapeGuard.AtLeast(runningVariance.Length, 1, TSize.Value);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epsilon);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samples);

        if (!(momentum is >= 0f and <= 1f))
        {
            throw new ArgumentOutOfRangeException(nameof(momentum), momentum, "Expected a momentum from 0 to 1.");
        }

        if (SharedBatch.Current is { } shared)
        {
            samples = shared.Rows;

            if (!shared.WritesAverages)
            {
                return;
            }
        }

        RunningColumns columns = new()
        {
            Statistics = ref MemoryMarshal.GetReference(statistics),
            Epsilon = epsilon,
            Momentum = momentum,
            Unbiased = samples > 1 ? (float)(samples / (samples - 1.0)) : 1f,
            Mean = ref MemoryMarshal.GetReference(runningMean),
            Variance = ref MemoryMarshal.GetReference(runningVariance),
            Size = (nuint)TSize.Value,
        };

        ColumnSweep.Run(in columns, TSize.Value);
    }

    /// <summary>
    /// Scales the weights and biases of a product so that it computes what it and this normalisation do in predictions: effectively
    /// <c>w'[k, j] = w[k, j] · s[j]</c> and <c>b'[j] = (b[j] − mean[j]) · s[j] + β[j]</c> with <c>s[j] = γ[j] / √(variance[j] + ε)</c>.
    /// </summary>
    /// <param name="w">Weights [inputs × stride].</param>
    /// <param name="b">Biases [stride]; empty for a product without.</param>
    /// <param name="gamma">γ [size].</param>
    /// <param name="beta">β [size].</param>
    /// <param name="runningMean">The running means [size].</param>
    /// <param name="runningVariance">The running variances [size].</param>
    /// <param name="epsilon">ε, greater than 0.</param>
    /// <param name="scaledWeights">[inputs × stride]; written, except for its padding.</param>
    /// <param name="scaledBiases">[stride]; written, except for its padding.</param>
    /// <typeparam name="TInputs">The rows of the product's weights.</typeparam>
    /// <typeparam name="TSize">Their columns.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epsilon"/> is not greater than 0.</exception>
    public static void Fold<TInputs, TSize>(
        ReadOnlySpan<float> w,
        ReadOnlySpan<float> b,
        ReadOnlySpan<float> gamma,
        ReadOnlySpan<float> beta,
        ReadOnlySpan<float> runningMean,
        ReadOnlySpan<float> runningVariance,
        float epsilon,
        Span<float> scaledWeights,
        Span<float> scaledBiases)
        where TInputs : struct, IDimension
        where TSize : struct, IDimension
    {
        int stride = MatrixLayout.RowStride(TSize.Value);
        ShapeGuard.AtLeast(w.Length, TInputs.Value, stride);
        ShapeGuard.AtLeast(b.Length, b.IsEmpty ? 0 : 1, TSize.Value);
        ShapeGuard.AtLeast(gamma.Length, 1, TSize.Value);
        ShapeGuard.AtLeast(beta.Length, 1, TSize.Value);
        ShapeGuard.AtLeast(runningMean.Length, 1, TSize.Value);
        ShapeGuard.AtLeast(runningVariance.Length, 1, TSize.Value);
        ShapeGuard.AtLeast(scaledWeights.Length, TInputs.Value, stride);
        ShapeGuard.AtLeast(scaledBiases.Length, 1, TSize.Value);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epsilon);

        FoldColumns columns = new()
        {
            Weights = ref MemoryMarshal.GetReference(w),
            Biases = ref MemoryMarshal.GetReference(b),
            HasBiases = !b.IsEmpty,
            Gamma = ref MemoryMarshal.GetReference(gamma),
            Beta = ref MemoryMarshal.GetReference(beta),
            Mean = ref MemoryMarshal.GetReference(runningMean),
            Variance = ref MemoryMarshal.GetReference(runningVariance),
            Epsilon = epsilon,
            ScaledWeights = ref MemoryMarshal.GetReference(scaledWeights),
            ScaledBiases = ref MemoryMarshal.GetReference(scaledBiases),
            Inputs = (nuint)TInputs.Value,
            Stride = (nuint)stride,
        };

        ColumnSweep.Run(in columns, TSize.Value);
    }

    /// <summary>
    /// Effectively computes <c>y[i, j] = x[i, j] · scale[j] + shift[j]</c> with <c>scale = γ / √(runningVariance + ε)</c> and
    /// <c>shift = β − runningMean · scale</c>.
    /// </summary>
    /// <param name="x">Inputs [samples × size].</param>
    /// <param name="gamma">γ [size].</param>
    /// <param name="beta">β [size].</param>
    /// <param name="runningMean">The means of the training [size].</param>
    /// <param name="runningVariance">The variances of the training [size].</param>
    /// <param name="epsilon">ε, greater than 0.</param>
    /// <param name="y">Outputs [samples × size]; written. May be <paramref name="x"/> itself.</param>
    /// <param name="samples">The number of samples.</param>
    /// <typeparam name="TSize">The number of features.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epsilon"/> is not greater than 0.</exception>
    public static void Predict<TSize>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, ReadOnlySpan<float> runningMean, ReadOnlySpan<float> runningVariance,
        float epsilon, Span<float> y, int samples)
        where TSize : struct, IDimension
    {
        ShapeGuard.AtLeast(x.Length, samples, TSize.Value);
        ShapeGuard.AtLeast(gamma.Length, 1, TSize.Value);
        ShapeGuard.AtLeast(beta.Length, 1, TSize.Value);
        ShapeGuard.AtLeast(runningMean.Length, 1, TSize.Value);
        ShapeGuard.AtLeast(runningVariance.Length, 1, TSize.Value);
        ShapeGuard.AtLeast(y.Length, samples, TSize.Value);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epsilon);

        PredictColumns columns = new()
        {
            X = ref MemoryMarshal.GetReference(x),
            Gamma = ref MemoryMarshal.GetReference(gamma),
            Beta = ref MemoryMarshal.GetReference(beta),
            Mean = ref MemoryMarshal.GetReference(runningMean),
            Variance = ref MemoryMarshal.GetReference(runningVariance),
            Epsilon = epsilon,
            Y = ref MemoryMarshal.GetReference(y),
            Size = (nuint)TSize.Value,
            Samples = (nuint)samples,
        };

        ColumnSweep.Run(in columns, TSize.Value);
    }

    private static BackwardColumns ColumnsOfBackward<TSize>(
        ReadOnlySpan<float> x, ReadOnlySpan<float> statistics, ReadOnlySpan<float> dy, Span<float> dgamma, Span<float> dbeta, int samples, int start, int count)
        where TSize : struct, IDimension
    {
        ShapeGuard.AtLeast(x.Length, samples, TSize.Value);
        ShapeGuard.AtLeast(statistics.Length, 2, TSize.Value);
        ShapeGuard.AtLeast(dy.Length, samples, TSize.Value);
        ShapeGuard.AtLeast(dgamma.Length, 1, TSize.Value);
        ShapeGuard.AtLeast(dbeta.Length, 1, TSize.Value);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samples);
        ShapeGuard.Part(start, count, TSize.Value);

        return new BackwardColumns
        {
            X = ref MemoryMarshal.GetReference(x),
            Statistics = ref MemoryMarshal.GetReference(statistics),
            Dy = ref MemoryMarshal.GetReference(dy),
            Dgamma = ref MemoryMarshal.GetReference(dgamma),
            Dbeta = ref MemoryMarshal.GetReference(dbeta),
            Size = (nuint)TSize.Value,
            Samples = samples,
        };
    }

    private ref struct ForwardColumns : IColumnOperation
    {
        public ref float X;
        public ref float Gamma;
        public ref float Beta;
        public float Epsilon;
        public ref float Y;
        public ref float Statistics;
        public nuint Size;
        public int Samples;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Run<TSimd, TVector>(nuint column)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TVector count = TSimd.Create(Samples);
            ref float x = ref Unsafe.Add(ref X, column);
            ref float y = ref Unsafe.Add(ref Y, column);
            nuint size = Size;

            InputTerms<TSimd, TVector> values = new() { X = ref x, Size = size };
            ColumnSums.Compute<InputTerms<TSimd, TVector>, TSimd, TVector>(in values, Samples, out TVector sum, out _, out _);
            TVector mean = TSimd.Divide(sum, count);

            DifferenceTerms<TSimd, TVector> differences = new() { X = ref x, Size = size, Mean = mean };
            ColumnSums.Compute<DifferenceTerms<TSimd, TVector>, TSimd, TVector>(in differences, Samples, out sum, out TVector squares, out _);
            TVector rest = TSimd.Divide(sum, count);
            TVector variance = TSimd.Max(TSimd.Create(0f), TSimd.Subtract(TSimd.Divide(squares, count), TSimd.Multiply(rest, rest)));
            TVector reciprocal = TSimd.Divide(TSimd.Create(1f), TSimd.Sqrt(TSimd.Add(variance, TSimd.Create(Epsilon))));

            TSimd.Store(TSimd.Add(mean, rest), ref Statistics, column);
            TSimd.Store(reciprocal, ref Statistics, size + column);

            TVector scale = TSimd.Multiply(reciprocal, TSimd.Load(in Gamma, column));
            TVector shift = TSimd.Subtract(TSimd.Load(in Beta, column), TSimd.Multiply(rest, scale));

            for (nuint i = 0; i < (nuint)Samples; i++)
            {
                TSimd.Store(TSimd.MultiplyAdd(TSimd.Subtract(TSimd.Load(in x, i * size), mean), scale, shift), ref y, i * size);
            }
        }
    }

    private ref struct BackwardColumns : IColumnOperation
    {
        public ref float X;
        public ref float Gamma;
        public ref float Statistics;
        public ref float Dy;
        public ref float Dx;
        public ref float Dgamma;
        public ref float Dbeta;
        public nuint Size;
        public int Samples;

        /// <summary>Whether there are <see cref="Gamma"/> and <see cref="Dx"/>.</summary>
        public bool HasInputGradients;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Run<TSimd, TVector>(nuint column)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TVector count = TSimd.Create(Samples);
            TVector mean = TSimd.Load(in Statistics, column);
            TVector reciprocal = TSimd.Load(in Statistics, Size + column);
            ref float x = ref Unsafe.Add(ref X, column);
            ref float dy = ref Unsafe.Add(ref Dy, column);
            nuint size = Size;

            GradientTerms<TSimd, TVector> gradients = new() { X = ref x, Dy = ref dy, Size = size, Mean = mean };
            ColumnSums.Compute<GradientTerms<TSimd, TVector>, TSimd, TVector>(in gradients, Samples, out TVector dbeta, out TVector products, out TVector sum);
            TVector rest = TSimd.Divide(sum, count);
            TVector dgamma = TSimd.Multiply(reciprocal, TSimd.Subtract(products, TSimd.Multiply(rest, dbeta)));

            TSimd.Store(dbeta, ref Dbeta, column);
            TSimd.Store(dgamma, ref Dgamma, column);

            if (!HasInputGradients)
            {
                return;
            }

            // dx = scale · (dy − slope · (x − mean) − shift), where the shift holds what the mean's rounding has left too.
            ref float dx = ref Unsafe.Add(ref Dx, column);
            TVector scale = TSimd.Multiply(reciprocal, TSimd.Load(in Gamma, column));
            TVector slope = TSimd.Divide(TSimd.Multiply(reciprocal, dgamma), count);
            TVector shift = TSimd.Subtract(TSimd.Divide(dbeta, count), TSimd.Multiply(rest, slope));

            for (nuint i = 0; i < (nuint)Samples; i++)
            {
                TVector difference = TSimd.Subtract(TSimd.Load(in x, i * size), mean);
                TVector gradient = TSimd.Subtract(TSimd.Load(in dy, i * size), TSimd.MultiplyAdd(difference, slope, shift));
                TSimd.Store(TSimd.Multiply(scale, gradient), ref dx, i * size);
            }
        }
    }

    private ref struct RunningColumns : IColumnOperation
    {
        public ref float Statistics;
        public float Epsilon;
        public float Momentum;

        /// <summary>What makes a population variance an unbiased one: samples / (samples − 1).</summary>
        public float Unbiased;

        public ref float Mean;
        public ref float Variance;
        public nuint Size;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Run<TSimd, TVector>(nuint column)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TVector momentum = TSimd.Create(Momentum);
            TVector stay = TSimd.Create(1f - Momentum);
            TVector reciprocal = TSimd.Load(in Statistics, Size + column);
            TVector sum = TSimd.Divide(TSimd.Create(1f), TSimd.Multiply(reciprocal, reciprocal));
            TVector variance = TSimd.Max(TSimd.Create(0f), TSimd.Subtract(sum, TSimd.Create(Epsilon)));
            variance = TSimd.Multiply(TSimd.Create(Unbiased), variance);

            TVector runningMean = TSimd.Multiply(stay, TSimd.Load(in Mean, column));
            TSimd.Store(TSimd.MultiplyAdd(momentum, TSimd.Load(in Statistics, column), runningMean), ref Mean, column);

            TVector runningVariance = TSimd.Multiply(stay, TSimd.Load(in Variance, column));
            TSimd.Store(TSimd.MultiplyAdd(momentum, variance, runningVariance), ref Variance, column);
        }
    }

    /// <summary>Scales the weights and biases of a column.</summary>
    private ref struct FoldColumns : IColumnOperation
    {
        public ref float Weights;
        public ref float Biases;
        public bool HasBiases;
        public ref float Gamma;
        public ref float Beta;
        public ref float Mean;
        public ref float Variance;
        public float Epsilon;
        public ref float ScaledWeights;
        public ref float ScaledBiases;
        public nuint Inputs;
        public nuint Stride;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Run<TSimd, TVector>(nuint column)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TVector deviation = TSimd.Sqrt(TSimd.Add(TSimd.Load(in Variance, column), TSimd.Create(Epsilon)));
            TVector scale = TSimd.Divide(TSimd.Load(in Gamma, column), deviation);
            TVector biases = HasBiases ? TSimd.Load(in Biases, column) : TSimd.Create(0f);
            TVector difference = TSimd.Subtract(biases, TSimd.Load(in Mean, column));
            TSimd.Store(TSimd.MultiplyAdd(difference, scale, TSimd.Load(in Beta, column)), ref ScaledBiases, column);
            ref float weights = ref Unsafe.Add(ref Weights, column);
            ref float scaled = ref Unsafe.Add(ref ScaledWeights, column);
            nuint stride = Stride;

            for (nuint k = 0; k < Inputs; k++)
            {
                TSimd.Store(TSimd.Multiply(TSimd.Load(in weights, k * stride), scale), ref scaled, k * stride);
            }
        }
    }

    private ref struct PredictColumns : IColumnOperation
    {
        public ref float X;
        public ref float Gamma;
        public ref float Beta;
        public ref float Mean;
        public ref float Variance;
        public float Epsilon;
        public ref float Y;
        public nuint Size;
        public nuint Samples;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Run<TSimd, TVector>(nuint column)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TVector deviation = TSimd.Sqrt(TSimd.Add(TSimd.Load(in Variance, column), TSimd.Create(Epsilon)));
            TVector scale = TSimd.Divide(TSimd.Load(in Gamma, column), deviation);
            TVector shift = TSimd.Subtract(TSimd.Load(in Beta, column), TSimd.Multiply(TSimd.Load(in Mean, column), scale));
            ref float x = ref Unsafe.Add(ref X, column);
            ref float y = ref Unsafe.Add(ref Y, column);
            nuint size = Size;

            for (nuint i = 0; i < Samples; i++)
            {
                TSimd.Store(TSimd.MultiplyAdd(TSimd.Load(in x, i * size), scale, shift), ref y, i * size);
            }
        }
    }

    /// <summary><c>Σᵢ x[i]</c>.</summary>
    private ref struct InputTerms<TSimd, TVector> : IColumnTerms<TVector>
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        public ref float X;
        public nuint Size;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Add(nuint row, ref TVector sum0, ref TVector sum1, ref TVector sum2) =>
            sum0 = TSimd.Add(sum0, TSimd.Load(in X, row * Size));
    }

    /// <summary><c>Σᵢ d[i]</c> and <c>Σᵢ d[i]²</c> with <c>d = x − mean</c>.</summary>
    private ref struct DifferenceTerms<TSimd, TVector> : IColumnTerms<TVector>
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        public ref float X;
        public nuint Size;
        public TVector Mean;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Add(nuint row, ref TVector sum0, ref TVector sum1, ref TVector sum2)
        {
            TVector difference = TSimd.Subtract(TSimd.Load(in X, row * Size), Mean);

            sum0 = TSimd.Add(sum0, difference);
            sum1 = TSimd.MultiplyAdd(difference, difference, sum1);
        }
    }

    /// <summary><c>Σᵢ dy[i]</c>, <c>Σᵢ dy[i] · d[i]</c> and <c>Σᵢ d[i]</c> with <c>d = x − mean</c>.</summary>
    private ref struct GradientTerms<TSimd, TVector> : IColumnTerms<TVector>
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        public ref float X;
        public ref float Dy;
        public nuint Size;
        public TVector Mean;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Add(nuint row, ref TVector sum0, ref TVector sum1, ref TVector sum2)
        {
            TVector difference = TSimd.Subtract(TSimd.Load(in X, row * Size), Mean);
            TVector dy = TSimd.Load(in Dy, row * Size);

            sum0 = TSimd.Add(sum0, dy);
            sum1 = TSimd.MultiplyAdd(dy, difference, sum1);
            sum2 = TSimd.Add(sum2, difference);
        }
    }
}
