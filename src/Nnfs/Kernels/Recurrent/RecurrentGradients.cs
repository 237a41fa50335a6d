using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nnfs.Kernels.MatrixProducts;

namespace Nnfs.Kernels;

/// <summary>The gradients of inputs and parameters of recurrent layers, from those of their gates, which the way back from step to step gives.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RecurrentGradients
{
    /// <summary>Effectively computes <c>dx[i, k] = Σⱼ dz[i, j] · w[k, j]</c> for each step <c>i</c>, or adds that.</summary>
    /// <param name="dz">Gradients of the products with the inputs [samples · steps × gates].</param>
    /// <param name="transposed">The transposed weights [gates × stride of the features], as <see cref="Dense.Transpose"/> gives them.</param>
    /// <param name="dx">Gradients of the inputs [samples · steps × features]; written.</param>
    /// <param name="samples">The samples times the steps of each.</param>
    /// <param name="adds">Whether the gradients are added to what is there.</param>
    /// <typeparam name="TFeatures">The number of features.</typeparam>
    /// <typeparam name="TGates">The number of gates, of all units.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    public static void BackwardInputs<TFeatures, TGates>(ReadOnlySpan<float> dz, ReadOnlySpan<float> transposed, Span<float> dx, int samples, bool adds)
        where TFeatures : struct, IDimension
        where TGates : struct, IDimension
    {
        int stride = MatrixLayout.RowStride(TFeatures.Value);
        ShapeGuard.AtLeast(dz.Length, samples, TGates.Value);
        ShapeGuard.AtLeast(transposed.Length, TGates.Value, stride);
        ShapeGuard.AtLeast(dx.Length, samples, TFeatures.Value);

        GemmMatrices matrices = new()
        {
            A = ref MemoryMarshal.GetReference(dz),
            ARow = (nuint)TGates.Value,
            ATerm = 1,
            B = ref MemoryMarshal.GetReference(transposed),
            BRow = (nuint)stride,
            C = ref MemoryMarshal.GetReference(dx),
            CRow = (nuint)TFeatures.Value,
            Terms = (nuint)TGates.Value,
        };

        if (adds)
        {
            Dense.Multiply<GemmForm.Sum>(in matrices, samples, TFeatures.Value, stride);
        }
        else
        {
            Dense.Multiply<GemmForm.Product>(in matrices, samples, TFeatures.Value, stride);
        }
    }

    /// <summary>
    /// Effectively computes <c>dw[k, j] = Σ h[i, k] · dz[i, j]</c> for some of the units <c>k</c>, over the states <c>h</c> before each step and the gradients
    /// of the gates at the step, overwriting <c>dw</c> or adding to it, and leaving its padding as it is.
    /// </summary>
    /// <param name="h">The states after the steps: [samples × steps × units], or as the outputs where these are the states.</param>
    /// <param name="dz">Gradients of the gates [samples × steps × gates], followed by at least 16 floats that may be read.</param>
    /// <param name="first">The first step of the first sample in <paramref name="dz"/>.</param>
    /// <param name="initial">What the samples began with, at first the state of each; none where that was 0.</param>
    /// <param name="dw">Gradients of the recurrent weights [units × stride of the gates]; written.</param>
    /// <param name="steps">The way through the steps.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="start">The first of the units whose weights' gradients are computed.</param>
    /// <param name="count">Their number.</param>
    /// <param name="adds">Whether the sums go on from what is there.</param>
    /// <typeparam name="TUnits">The number of units.</typeparam>
    /// <typeparam name="TGates">The number of gates, of all units.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The range of units is not within the layer's, or <paramref name="first"/> is negative.</exception>
    public static void BackwardRecurrentWeights<TUnits, TGates>(
        ReadOnlySpan<float> h,
        AlignedBlock dz,
        int first,
        ReadOnlySpan<float> initial,
        Span<float> dw,
        RecurrentSteps steps,
        int samples,
        int start,
        int count,
        bool adds)
        where TUnits : struct, IDimension
        where TGates : struct, IDimension =>
        AddWeights<TUnits>(
            h, dz, first, initial, dw, steps, samples, start, count, adds, TGates.Value, TGates.Value, firstColumn: 0, MatrixLayout.RowStride(TGates.Value));

    /// <summary>
    /// Effectively computes the same where the last gate's product with the state has gradients of its own, and with the first of the units the gradients of
    /// the recurrent biases <c>db[j] = Σ dz[i, j]</c>.
    /// </summary>
    /// <param name="h">The states after the steps: [samples × steps × units], or as the outputs where these are the states.</param>
    /// <param name="dz">Gradients of the gates [samples × steps × gates], followed by at least 16 floats that may be read.</param>
    /// <param name="dq">Gradients of the last gate's product with the state [samples × steps × units], followed by at least 16 floats that may be read.</param>
    /// <param name="first">The first step of the first sample in <paramref name="dz"/> and <paramref name="dq"/>.</param>
    /// <param name="initial">What the samples began with, at first the state of each; none where that was 0.</param>
    /// <param name="dw">Gradients of the recurrent weights [units × stride of the gates]; written.</param>
    /// <param name="db">Gradients of the recurrent biases [stride of the gates]; written.</param>
    /// <param name="steps">The way through the steps.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="start">The first of the units whose weights' gradients are computed.</param>
    /// <param name="count">Their number.</param>
    /// <param name="adds">Whether the sums go on from what is there.</param>
    /// <typeparam name="TUnits">The number of units.</typeparam>
    /// <typeparam name="TGates">The number of gates, of all units.</typeparam>
    /// <exception cref="ArgumentException">A span is shorter than its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The range of units is not within the layer's, or <paramref name="first"/> is negative.</exception>
    public static void BackwardRecurrentParameters<TUnits, TGates>(
        ReadOnlySpan<float> h,
        AlignedBlock dz,
        AlignedBlock dq,
        int first,
        ReadOnlySpan<float> initial,
        Span<float> dw,
        Span<float> db,
        RecurrentSteps steps,
        int samples,
        int start,
        int count,
        bool adds)
        where TUnits : struct, IDimension
        where TGates : struct, IDimension
    {
        int gates = TGates.Value;
        int joined = gates - TUnits.Value;
        int stride = MatrixLayout.RowStride(gates);
        ShapeGuard.AtLeast(db.Length, 1, stride);
        AddWeights<TUnits>(h, dz, first, initial, dw, steps, samples, start, count, adds, joined, gates, firstColumn: 0, stride);
        AddWeights<TUnits>(h, dq, first, initial, dw, steps, samples, start, count, adds, TUnits.Value, TUnits.Value, firstColumn: joined, stride);

        if (start == 0)
        {
            AddRows(dz, first, db, samples * steps.Count, joined, gates, adds);
            AddRows(dq, first, db[joined..], samples * steps.Count, TUnits.Value, TUnits.Value, adds);
        }
    }

    /// <summary>The gradients of some columns of the recurrent weights: of each sample's states times the gradients at the steps after them.</summary>
    private static void AddWeights<TUnits>(
        ReadOnlySpan<float> h,
        AlignedBlock dz,
        int first,
        ReadOnlySpan<float> initial,
        Span<float> dw,
        RecurrentSteps steps,
        int samples,
        int start,
        int count,
        bool adds,
        int columns,
        int rowSize,
        int firstColumn,
        int stride)
        where TUnits : struct, IDimension
    {
        int units = TUnits.Value;
        int stateRow = steps.ReturnsSequences ? steps.RowSize(units) : units;
        int stateStart = steps.ReturnsSequences ? steps.RowStart(units) : 0;

        ArgumentNullException.ThrowIfNull(dz);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ShapeGuard.AtLeast(h.Length, samples * steps.Count, stateRow);
        ShapeGuard.AtLeast(dz.Length, first + (samples * steps.Count), rowSize);
        ShapeGuard.AtLeast(dw.Length, units, stride);
        ShapeGuard.Part(start, count, units);

        // The state before a step is that after the step before, whichever of the two comes first in the sequence.
        int stateStep = steps.IsReversed ? 1 : 0;
        int gradientStep = steps.IsReversed ? 0 : 1;

        for (int sample = 0; sample < samples; sample++)
        {
            int row = sample * steps.Count;
            GemmMatrices matrices = new()
            {
                A = ref Unsafe.Add(ref MemoryMarshal.GetReference(h), ((row + stateStep) * stateRow) + stateStart + start),
                ARow = 1,
                ATerm = (nuint)stateRow,
                B = ref Unsafe.Add(ref MemoryMarshal.GetReference(dz.Span), (first + row + gradientStep) * rowSize),
                BRow = (nuint)rowSize,
                IsBUnpadded = true,
                C = ref Unsafe.Add(ref MemoryMarshal.GetReference(dw), (start * stride) + firstColumn),
                CRow = (nuint)stride,
                Terms = (nuint)(steps.Count - 1),
            };

            Multiply(in matrices, count, columns, stride, adds || sample > 0);
        }

        if (!initial.IsEmpty)
        {
            // The first steps of all samples at once: what they began with may be longer than the state.
            int initialSize = initial.Length / samples;
            ShapeGuard.AtLeast(initialSize, 1, units, nameof(initial));
            GemmMatrices matrices = new()
            {
                A = ref Unsafe.Add(ref MemoryMarshal.GetReference(initial), start),
                ARow = 1,
                ATerm = (nuint)initialSize,
                B = ref Unsafe.Add(ref MemoryMarshal.GetReference(dz.Span), (first + steps.At(0)) * rowSize),
                BRow = (nuint)(steps.Count * rowSize),
                IsBUnpadded = true,
                C = ref Unsafe.Add(ref MemoryMarshal.GetReference(dw), (start * stride) + firstColumn),
                CRow = (nuint)stride,
                Terms = (nuint)samples,
            };

            Multiply(in matrices, count, columns, stride, adds: true);
        }
    }

    /// <summary>The sums of rows.</summary>
    private static void AddRows(AlignedBlock dz, int first, Span<float> sums, int rows, int columns, int rowSize, bool adds)
    {
        ShapeGuard.AtLeast(dz.Length, first + rows, rowSize);
        GemmMatrices matrices = new()
        {
            A = ref GemmMatrices.One,
            B = ref Unsafe.Add(ref MemoryMarshal.GetReference(dz.Span), first * rowSize),
            BRow = (nuint)rowSize,
            IsBUnpadded = true,
            C = ref MemoryMarshal.GetReference(sums),
            CRow = (nuint)columns,
            Terms = (nuint)rows,
        };

        Multiply(in matrices, 1, columns, MatrixLayout.RowStride(columns), adds);
    }

    private static void Multiply(ref readonly GemmMatrices matrices, int rows, int columns, int stride, bool adds)
    {
        if (adds)
        {
            Dense.Multiply<GemmForm.Sum>(in matrices, rows, columns, stride);
        }
        else
        {
            Dense.Multiply<GemmForm.Product>(in matrices, rows, columns, stride);
        }
    }
}
