using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nnfs.Kernels.MatrixProducts;
using Nnfs.Simd;

namespace Nnfs.Kernels;

/// <summary>
/// The softmax of an attention, between the products that give queries, keys and values and the one that gives the outputs. For long sequences no matrix of
/// all scores is stored: queries and keys meet in blocks, with the greatest score and the sum so far carried along, and the pass back computes the scores again
/// (Dao et al. 2022).
/// </summary>
/// <remarks>Everything is computed sample by sample, so that the results have the same bits however the samples are shared.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SelfAttention
{
    /// <summary>The queries of a block: four tiles of the matrix product. Where later keys don't count, small blocks leave more of them out.</summary>
    private const int QueryBlock = 4 * KernelLimits.RowsPerTile;

    /// <summary>The keys of a block: with its queries they make scores that fill a quarter of a level-1 cache.</summary>
    private const int KeyBlock = 128;

    /// <summary>
    /// Effectively computes, for each head of <c>d = features / heads</c> values, <c>y = p·v</c> with <c>p[i, j] = exp(s[i, j] − l[i])</c>,
    /// <c>s = q·kᵀ / √d</c> and <c>l[i] = log Σⱼ exp(s[i, j])</c>, where <c>j</c> goes over all steps, or over those up to <c>i</c>.
    /// </summary>
    /// <param name="qkv">The queries, keys and values of each step side by side [samples × steps × 3 · features].</param>
    /// <param name="steps">The steps of a sample, at least 1.</param>
    /// <param name="features">The values of a step, at least 1.</param>
    /// <param name="heads">The number of heads, which divides the features.</param>
    /// <param name="isCausal">Whether each step takes only from itself and from those before it.</param>
    /// <param name="y">What the heads give [samples × steps × features]; written.</param>
    /// <param name="logSums">The logarithms l [samples × heads × steps]; written, unless it is empty.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1, or the heads do not divide the features.</exception>
    public static void Forward(
        ReadOnlySpan<float> qkv, int steps, int features, int heads, bool isCausal, Span<float> y, Span<float> logSums, int samples)
    {
        Layout layout = new(steps, features, heads, isCausal);
        ShapeGuard.AtLeast(qkv.Length, samples, layout.Projections);
        ShapeGuard.AtLeast(y.Length, samples, layout.Outputs);

        if (!logSums.IsEmpty)
        {
            ShapeGuard.AtLeast(logSums.Length, samples, heads * steps);
        }

        if (Vector512.IsHardwareAccelerated)
        {
            Forward<Simd512, Vector512<float>>(layout, qkv, y, logSums, samples);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Forward<Simd256, Vector256<float>>(layout, qkv, y, logSums, samples);
        }
        else
        {
            Forward<Simd128, Vector128<float>>(layout, qkv, y, logSums, samples);
        }
    }

    /// <summary>
    /// Effectively computes, with the names of <see cref="Forward"/> and <c>ds[i, j] = p[i, j] · (Σₖ dy[i, k] · v[j, k] − Σₖ dy[i, k] · y[i, k])</c>,
    /// <c>dq = ds·k / √d</c>, <c>dk = dsᵀ·q / √d</c> and <c>dv = pᵀ·dy</c>, head by head.
    /// </summary>
    /// <param name="qkv">The queries, keys and values of the forward pass [samples × steps × 3 · features].</param>
    /// <param name="y">What the heads gave [samples × steps × features].</param>
    /// <param name="logSums">The logarithms of the forward pass [samples × heads × steps].</param>
    /// <param name="dy">Gradients of what the heads gave [samples × steps × features].</param>
    /// <param name="steps">The steps of a sample, at least 1.</param>
    /// <param name="features">The values of a step, at least 1.</param>
    /// <param name="heads">The number of heads, which divides the features.</param>
    /// <param name="isCausal">Whether each step takes only from itself and from those before it.</param>
    /// <param name="dqkv">Gradients of the queries, keys and values [samples × steps × 3 · features]; written.</param>
    /// <param name="samples">The number of samples.</param>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1, or the heads do not divide the features.</exception>
    public static void Backward(
        ReadOnlySpan<float> qkv,
        ReadOnlySpan<float> y,
        ReadOnlySpan<float> logSums,
        ReadOnlySpan<float> dy,
        int steps,
        int features,
        int heads,
        bool isCausal,
        Span<float> dqkv,
        int samples)
    {
        Layout layout = new(steps, features, heads, isCausal);
        ShapeGuard.AtLeast(qkv.Length, samples, layout.Projections);
        ShapeGuard.AtLeast(y.Length, samples, layout.Outputs);
        ShapeGuard.AtLeast(logSums.Length, samples, heads * steps);
        ShapeGuard.AtLeast(dy.Length, samples, layout.Outputs);
        ShapeGuard.AtLeast(dqkv.Length, samples, layout.Projections);

        if (Vector512.IsHardwareAccelerated)
        {
            Backward<Simd512, Vector512<float>>(layout, qkv, y, logSums, dy, dqkv, samples);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Backward<Simd256, Vector256<float>>(layout, qkv, y, logSums, dy, dqkv, samples);
        }
        else
        {
            Backward<Simd128, Vector128<float>>(layout, qkv, y, logSums, dy, dqkv, samples);
        }
    }

    private static void Forward<TSimd, TVector>(in Layout layout, ReadOnlySpan<float> qkv, Span<float> y, Span<float> logSums, int samples)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        Span<float> scratch = KernelScratch.Take(layout.ForwardScratch);
        Span<float> keys = KernelScratch.Split(ref scratch, layout.Size * layout.ByStep);
        Span<float> values = KernelScratch.Split(ref scratch, layout.Steps * layout.ByValue);
        Span<float> scores = KernelScratch.Split(ref scratch, QueryBlock * KeyBlock);
        Span<float> sums = scratch[..QueryBlock];
        Span<float> greatest = stackalloc float[QueryBlock];

        for (int sample = 0; sample < samples; sample++)
        {
            for (int head = 0; head < layout.Heads; head++)
            {
                ReadOnlySpan<float> q = layout.Of(qkv, sample, head, part: 0);
                layout.Transpose(layout.Of(qkv, sample, head, part: 1), keys, layout.Scale);
                layout.Copy(layout.Of(qkv, sample, head, part: 2), 3 * layout.Features, values);
                Span<float> output = y[((sample * layout.Outputs) + (head * layout.Size))..];

                for (int first = 0; first < layout.Steps; first += QueryBlock)
                {
                    int queries = Math.Min(QueryBlock, layout.Steps - first);
                    int end = layout.End(first + queries);

                    for (int key = 0; key < end; key += KeyBlock)
                    {
                        int count = Math.Min(KeyBlock, end - key);
                        Span<float> block = output[(first * layout.Features)..];
                        layout.Scores(q[(first * 3 * layout.Features)..], 3 * layout.Features, keys[key..], scores, queries, count);

                        for (int i = 0; i < queries; i++)
                        {
                            Span<float> row = scores.Slice(i * KeyBlock, (int)KernelLimits.Align(count));
                            float before = key == 0 ? float.NegativeInfinity : greatest[i];
                            float sum = Shares<TSimd, TVector>(row, layout.Valid(first + i, key, count), ref before, out float share);
                            sums[i] = key == 0 ? sum : (sums[i] * share) + sum;
                            greatest[i] = before;

                            if (key > 0 && share != 1)
                            {
                                Span<float> soFar = block.Slice(i * layout.Features, layout.Size);
                                TensorPrimitives.Multiply(soFar, share, soFar);
                            }
                        }

                        layout.Mix(scores, values[(key * layout.ByValue)..], block, layout.Features, queries, count, adds: key > 0);
                    }

                    for (int i = 0; i < queries; i++)
                    {
                        Span<float> row = output.Slice((first + i) * layout.Features, layout.Size);
                        RowMath.Divide<TSimd, TVector>(ref row[0], sums[i], ref row[0], (nuint)row.Length);

                        if (!logSums.IsEmpty)
                        {
                            logSums[(((sample * layout.Heads) + head) * layout.Steps) + first + i] = greatest[i] + MathF.Log(sums[i]);
                        }
                    }
                }
            }
        }
    }

    private static void Backward<TSimd, TVector>(
        in Layout layout,
        ReadOnlySpan<float> qkv,
        ReadOnlySpan<float> y,
        ReadOnlySpan<float> logSums,
        ReadOnlySpan<float> dy,
        Span<float> dqkv,
        int samples)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        Span<float> scratch = KernelScratch.Take(layout.BackwardScratch);
        Span<float> keysByValue = KernelScratch.Split(ref scratch, layout.Size * layout.ByStep);
        Span<float> valuesByValue = KernelScratch.Split(ref scratch, layout.Size * layout.ByStep);
        Span<float> keys = KernelScratch.Split(ref scratch, layout.Steps * layout.ByValue);
        Span<float> queriesOfAll = KernelScratch.Split(ref scratch, layout.Steps * layout.ByValue);
        Span<float> gradients = KernelScratch.Split(ref scratch, layout.Steps * layout.ByValue);
        Span<float> shares = KernelScratch.Split(ref scratch, QueryBlock * KeyBlock);
        Span<float> shareGradients = scratch[..(QueryBlock * KeyBlock)];
        int row = 3 * layout.Features;

        for (int sample = 0; sample < samples; sample++)
        {
            for (int head = 0; head < layout.Heads; head++)
            {
                ReadOnlySpan<float> q = layout.Of(qkv, sample, head, part: 0);
                ReadOnlySpan<float> k = layout.Of(qkv, sample, head, part: 1);
                ReadOnlySpan<float> dyOfHead = dy[((sample * layout.Outputs) + (head * layout.Size))..];
                ReadOnlySpan<float> yOfHead = y[((sample * layout.Outputs) + (head * layout.Size))..];
                ReadOnlySpan<float> logSumsOfHead = logSums.Slice(((sample * layout.Heads) + head) * layout.Steps, layout.Steps);
                layout.Transpose(k, keysByValue, layout.Scale);
                layout.Transpose(layout.Of(qkv, sample, head, part: 2), valuesByValue, scale: 1);
                layout.Copy(k, row, keys);
                layout.Copy(q, row, queriesOfAll);
                layout.Copy(dyOfHead, layout.Features, gradients);

                Span<float> dq = layout.Of(dqkv, sample, head, part: 0);
                Span<float> dk = layout.Of(dqkv, sample, head, part: 1);
                Span<float> dv = layout.Of(dqkv, sample, head, part: 2);
                layout.Clear(dk);
                layout.Clear(dv);

                for (int first = 0; first < layout.Steps; first += QueryBlock)
                {
                    int queries = Math.Min(QueryBlock, layout.Steps - first);
                    int end = layout.End(first + queries);

                    for (int key = 0; key < end; key += KeyBlock)
                    {
                        int count = Math.Min(KeyBlock, end - key);
                        layout.Scores(q[(first * row)..], row, keysByValue[key..], shares, queries, count);
                        layout.Scores(dyOfHead[(first * layout.Features)..], layout.Features, valuesByValue[key..], shareGradients, queries, count);

                        for (int i = 0; i < queries; i++)
                        {
                            int start = (first + i) * layout.Features;
                            float mean = TensorPrimitives.Dot(dyOfHead.Slice(start, layout.Size), yOfHead.Slice(start, layout.Size));
                            int padded = (int)KernelLimits.Align(count);
                            ShareGradients<TSimd, TVector>(
                                shares.Slice(i * KeyBlock, padded),
                                shareGradients.Slice(i * KeyBlock, padded),
                                layout.Valid(first + i, key, count),
                                logSumsOfHead[first + i],
                                mean,
                                layout.Scale);
                        }

                        layout.Mix(shareGradients, keys[(key * layout.ByValue)..], dq[(first * row)..], row, queries, count, adds: key > 0);
                        layout.AddBack(shareGradients, queriesOfAll[(first * layout.ByValue)..], dk[(key * row)..], queries, count);
                        layout.AddBack(shares, gradients[(first * layout.ByValue)..], dv[(key * row)..], queries, count);
                    }
                }
            }
        }
    }

    /// <summary>
    /// <c>row[j] = exp(row[j] − m)</c> for those that count, and 0 for the others, with <c>m</c> the greatest of them or <paramref name="greatest"/>, whichever
    /// is more.
    /// </summary>
    /// <param name="row">The scores of a query, in whole lines of the cache; written.</param>
    /// <param name="valid">How many count, from the first on.</param>
    /// <param name="greatest">The greatest so far; becomes m.</param>
    /// <param name="share">What is left of the shares so far: <c>exp(greatest − m)</c>.</param>
    /// <returns>The sum of the row.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Shares<TSimd, TVector>(Span<float> row, int valid, ref float greatest, out float share)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        share = 1;

        if (valid <= 0)
        {
            row.Clear();

            return 0;
        }

        ref float x = ref MemoryMarshal.GetReference(row);
        int width = TSimd.Count;
        int end = (valid + width - 1) / width * width;
        row[valid..end].Fill(float.NegativeInfinity);
        TVector maxima = TSimd.Load(in x, 0);

        for (int i = width; i < end; i += width)
        {
            maxima = TSimd.Max(maxima, TSimd.Load(in x, (nuint)i));
        }

        float before = greatest;
        greatest = SimdScalar.Max(before, TSimd.MaxOfLanes(maxima));
        share = before == greatest ? 1 : Elementary.ExpOfNegative<SimdScalar, float>(before - greatest);

        TVector m = TSimd.Create(greatest);
        TVector sums = TSimd.Create(0f);

        for (int i = 0; i < end; i += width)
        {
            TVector exp = Elementary.ExpOfNegative<TSimd, TVector>(TSimd.Subtract(TSimd.Load(in x, (nuint)i), m));
            TSimd.Store(exp, ref x, (nuint)i);
            sums = TSimd.Add(sums, exp);
        }

        row[end..].Clear();

        return TSimd.Sum(sums);
    }

    /// <summary>
    /// <c>p[j] = exp(p[j] − l)</c> and <c>dp[j] = p[j] · (dp[j] − mean) · scale</c> for those that count, and 0 for the others.
    /// </summary>
    /// <param name="p">The scores of a query, in whole lines of the cache; becomes its shares.</param>
    /// <param name="dp">Gradients of the shares; becomes those of the scores, scaled.</param>
    /// <param name="valid">How many count, from the first on.</param>
    /// <param name="logSum">The logarithm l of the sum that the softmax divides by.</param>
    /// <param name="mean">The mean of the gradients, each counted by its share.</param>
    /// <param name="scale">What scores are multiplied by.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ShareGradients<TSimd, TVector>(Span<float> p, Span<float> dp, int valid, float logSum, float mean, float scale)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        int width = TSimd.Count;
        int end = valid <= 0 ? 0 : (valid + width - 1) / width * width;
        ref float p0 = ref MemoryMarshal.GetReference(p);
        ref float dp0 = ref MemoryMarshal.GetReference(dp);

        if (end > 0)
        {
            p[valid..end].Fill(float.NegativeInfinity);
            dp[valid..end].Clear();
        }

        for (int i = 0; i < end; i += width)
        {
            TVector share = Elementary.ExpOfNegative<TSimd, TVector>(TSimd.Subtract(TSimd.Load(in p0, (nuint)i), TSimd.Create(logSum)));
            TVector gradient = TSimd.Multiply(share, TSimd.Subtract(TSimd.Load(in dp0, (nuint)i), TSimd.Create(mean)));
            TSimd.Store(share, ref p0, (nuint)i);
            TSimd.Store(TSimd.Multiply(gradient, TSimd.Create(scale)), ref dp0, (nuint)i);
        }

        p[end..].Clear();
        dp[end..].Clear();
    }

    /// <summary>Where queries, keys, values and what is made of them lie, and the products of blocks of them.</summary>
    private readonly struct Layout
    {
        private readonly bool _isCausal;

        public Layout(int steps, int features, int heads, bool isCausal)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
            ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
            ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
            ArgumentOutOfRangeException.ThrowIfNotEqual(features % heads, 0, nameof(heads));

            Steps = steps;
            Features = features;
            Heads = heads;
            Size = features / heads;
            _isCausal = isCausal;
        }

        public int Steps { get; }

        public int Features { get; }

        public int Heads { get; }

        /// <summary>The values of a step that a head takes.</summary>
        public int Size { get; }

        public int Outputs => Steps * Features;

        public int Projections => 3 * Outputs;

        /// <summary>The distance between rows of a value for each step.</summary>
        public int ByStep => (int)KernelLimits.Align(Steps);

        /// <summary>The distance between rows of the values of a head.</summary>
        public int ByValue => MatrixLayout.RowStride(Size);

        /// <summary>What scores are multiplied by.</summary>
        public float Scale => 1 / MathF.Sqrt(Size);

        /// <remarks>A vector more than the blocks: products read B in whole vectors.</remarks>
        public int ForwardScratch =>
            Length(Size * ByStep) + Length(Steps * ByValue) + Length(QueryBlock * KeyBlock) + Length(QueryBlock) + KernelLimits.FloatsPerLine;

        public int BackwardScratch =>
            (2 * Length(Size * ByStep)) + (3 * Length(Steps * ByValue)) + (2 * Length(QueryBlock * KeyBlock)) + KernelLimits.FloatsPerLine;

        /// <summary>The keys that count for some query before a step.</summary>
        public int End(int step) => _isCausal ? step : Steps;

        /// <summary>How many keys of a block count for a query, from the first on; not more than 0 where none does.</summary>
        public int Valid(int query, int key, int count) => _isCausal ? Math.Min(count, query + 1 - key) : count;

        /// <summary>From the first of the queries, keys or values of a head on.</summary>
        public ReadOnlySpan<float> Of(ReadOnlySpan<float> qkv, int sample, int head, int part) => qkv[Start(sample, head, part)..];

        /// <inheritdoc cref="Of(ReadOnlySpan{float}, int, int, int)"/>
        public Span<float> Of(Span<float> qkv, int sample, int head, int part) => qkv[Start(sample, head, part)..];

        /// <summary><c>y[j, i] = scale · x[i, j]</c>, for the steps i and the values j of a head.</summary>
        public void Transpose(ReadOnlySpan<float> x, Span<float> y, float scale)
        {
            Transposition.Run(in x[0], (nuint)(3 * Features), ref y[0], (nuint)ByStep, Steps, Size);

            if (scale != 1)
            {
                TensorPrimitives.Multiply(y, scale, y);
            }
        }

        /// <summary>The values of a head, row by row.</summary>
        public void Copy(ReadOnlySpan<float> x, int row, Span<float> y)
        {
            for (int i = 0; i < Steps; i++)
            {
                x.Slice(i * row, Size).CopyTo(y[(i * ByValue)..]);
            }
        }

        public void Clear(Span<float> gradients)
        {
            for (int i = 0; i < Steps; i++)
            {
                gradients.Slice(i * 3 * Features, Size).Clear();
            }
        }

        /// <summary><c>scores[i, j] = Σₖ x[i, k] · y[k, j]</c>.</summary>
        public void Scores(ReadOnlySpan<float> x, int row, ReadOnlySpan<float> y, Span<float> scores, int queries, int count)
        {
            GemmMatrices matrices = new()
            {
                A = ref MemoryMarshal.GetReference(x),
                ARow = (nuint)row,
                ATerm = 1,
                B = ref MemoryMarshal.GetReference(y),
                BRow = (nuint)ByStep,
                C = ref MemoryMarshal.GetReference(scores),
                CRow = KeyBlock,
                Terms = (nuint)Size,
            };

            Dense.Multiply<GemmForm.Product>(in matrices, queries, count, ByStep);
        }

        /// <summary><c>y[i, k] = Σⱼ shares[i, j] · values[j, k]</c>, or that added to it.</summary>
        public void Mix(ReadOnlySpan<float> shares, ReadOnlySpan<float> values, Span<float> y, int row, int queries, int count, bool adds)
        {
            GemmMatrices matrices = new()
            {
                A = ref MemoryMarshal.GetReference(shares),
                ARow = KeyBlock,
                ATerm = 1,
                B = ref MemoryMarshal.GetReference(values),
                BRow = (nuint)ByValue,
                C = ref MemoryMarshal.GetReference(y),
                CRow = (nuint)row,
                Terms = (nuint)count,
            };

            if (adds)
            {
                Dense.Multiply<GemmForm.Sum>(in matrices, queries, Size, ByValue);
            }
            else
            {
                Dense.Multiply<GemmForm.Product>(in matrices, queries, Size, ByValue);
            }
        }

        /// <summary><c>dy[j, k] += Σᵢ shares[i, j] · x[i, k]</c>.</summary>
        public void AddBack(ReadOnlySpan<float> shares, ReadOnlySpan<float> x, Span<float> dy, int queries, int count)
        {
            GemmMatrices matrices = new()
            {
                A = ref MemoryMarshal.GetReference(shares),
                ARow = 1,
                ATerm = KeyBlock,
                B = ref MemoryMarshal.GetReference(x),
                BRow = (nuint)ByValue,
                C = ref MemoryMarshal.GetReference(dy),
                CRow = (nuint)(3 * Features),
                Terms = (nuint)queries,
            };

            Dense.Multiply<GemmForm.Sum>(in matrices, count, Size, ByValue);
        }

        private int Start(int sample, int head, int part) => (sample * Projections) + (part * Features) + (head * Size);

        private static int Length(int length) => (int)KernelLimits.Align(length);
    }
}
