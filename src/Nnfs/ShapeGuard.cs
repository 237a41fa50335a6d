using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nnfs;

/// <summary>
/// The checks that generated networks and kernels make before they write anything. Each costs a compare or two; each
/// exception names the parameter, what was expected and what was passed.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ShapeGuard
{
    /// <summary>The label that leaves a position out.</summary>
    internal const int LeftOut = -1;

    /// <summary>The number of samples that <paramref name="length"/> values are.</summary>
    /// <param name="length">The number of values, a whole multiple of <paramref name="sampleSize"/>.</param>
    /// <param name="sampleSize">The number of values of one sample.</param>
    /// <param name="name">The parameter that the values were passed as.</param>
    /// <exception cref="ArgumentException">It is not a whole number of samples.</exception>
    public static int Samples(int length, int sampleSize, string name)
    {
        int samples = (int)((uint)length / (uint)sampleSize);

        if (samples * sampleSize != length)
        {
            ThrowNotWhole(length, sampleSize, name);
        }

        return samples;
    }

    /// <summary>The number of samples of a prediction.</summary>
    /// <param name="inputs">[samples × <paramref name="inputSize"/>].</param>
    /// <param name="inputSize">The number of inputs of one sample.</param>
    /// <param name="outputs">[samples × <paramref name="outputSize"/>].</param>
    /// <param name="outputSize">The number of outputs of one sample.</param>
    /// <param name="inputsName">The parameter that the inputs were passed as.</param>
    /// <param name="outputsName">The parameter that the outputs were passed as.</param>
    /// <exception cref="ArgumentException">The inputs are not a whole number of samples, or the outputs are not those of as many, or they overlap.</exception>
    public static int Predictions(
        ReadOnlySpan<float> inputs, int inputSize, ReadOnlySpan<float> outputs, int outputSize, string inputsName = "inputs", string outputsName = "outputs")
    {
        int samples = Samples(inputs.Length, inputSize, inputsName);
        Exactly(outputs.Length, samples, outputSize, outputsName);
        Apart(inputs, outputs, inputsName, outputsName);

        return samples;
    }

    /// <summary>The number of samples of a batch, which is at least one and at most what a workspace holds.</summary>
    /// <param name="length">The number of values of the inputs.</param>
    /// <param name="sampleSize">The number of values of one sample.</param>
    /// <param name="batchSize">The number of samples that the workspace holds.</param>
    /// <param name="name">The parameter that the inputs were passed as.</param>
    /// <exception cref="ArgumentException">
    /// The inputs are empty or not a whole number of samples, or the workspace is too small for them.
    /// </exception>
    public static int Batch(int length, int sampleSize, int batchSize, string name = "inputs")
    {
        int samples = Samples(length, sampleSize, name);

        if (samples == 0)
        {
            ThrowEmpty(sampleSize, name);
        }

        if (samples > batchSize)
        {
            ThrowWorkspaceTooSmall(samples, batchSize);
        }

        return samples;
    }

    /// <summary>The number of samples of a batch, which is at least one and at most what a workspace holds, and does not lie where the outputs will.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="sampleSize">The number of values of one sample.</param>
    /// <param name="batchSize">The number of samples that the workspace holds.</param>
    /// <param name="outputs">Where the workspace's outputs lie.</param>
    /// <exception cref="ArgumentException">
    /// The inputs are empty or not a whole number of samples, or the workspace is too small for them, or they overlap its outputs.
    /// </exception>
    public static int Pass(ReadOnlySpan<float> inputs, int sampleSize, int batchSize, ReadOnlySpan<float> outputs)
    {
        int samples = Batch(inputs.Length, sampleSize, batchSize);
        Apart(outputs, inputs, "workspace.Outputs", nameof(inputs));

        return samples;
    }

    /// <summary>Checks that there are as many targets as outputs, and that they do not lie where the outputs will.</summary>
    /// <param name="targets">The targets.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="outputSize">The number of outputs of one sample.</param>
    /// <param name="outputs">Where the workspace's outputs lie.</param>
    /// <param name="name">The parameter that the targets were passed as.</param>
    /// <param name="outputsName">What messages call the outputs.</param>
    /// <exception cref="ArgumentException">The length is another, or they overlap.</exception>
    public static void Targets(
        ReadOnlySpan<float> targets, int samples, int outputSize, ReadOnlySpan<float> outputs, string name, string outputsName = "workspace.Outputs")
    {
        Exactly(targets.Length, samples, outputSize, name);
        Apart(outputs, targets, outputsName, name);
    }

    /// <summary>Checks that a backward pass has as many samples as the forward pass before it.</summary>
    /// <param name="samples">The samples of the backward pass.</param>
    /// <param name="forwardSamples">The samples of the forward pass; zero where there was none.</param>
    /// <param name="name">The parameter that the inputs were passed as.</param>
    /// <exception cref="ArgumentException">They differ.</exception>
    public static void SameBatch(int samples, int forwardSamples, string name = "inputs")
    {
        if (forwardSamples == 0)
        {
            ThrowNoForward(name);
        }

        if (samples != forwardSamples)
        {
            ThrowNotSameBatch(samples, forwardSamples, name);
        }
    }

    /// <summary>Checks that a pass whose gradients are wanted is one of training, where batch normalisation has the statistics of the batch.</summary>
    /// <param name="isTraining">Whether it is.</param>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    public static void Training(bool isTraining)
    {
        if (!isTraining)
        {
            ThrowNotTraining();
        }
    }

    /// <summary>Checks that a span holds exactly <paramref name="samples"/> samples.</summary>
    /// <param name="length">The length that was passed.</param>
    /// <param name="samples">The number of samples expected.</param>
    /// <param name="sampleSize">The number of values of one sample.</param>
    /// <param name="name">The parameter.</param>
    /// <exception cref="ArgumentException">The length is another.</exception>
    public static void Exactly(int length, int samples, int sampleSize, string name)
    {
        if (length != (long)samples * sampleSize)
        {
            ThrowOtherLength(length, samples, sampleSize, name);
        }
    }

    /// <summary>Checks that a span holds at least <paramref name="rows"/> × <paramref name="columns"/> values.</summary>
    /// <param name="length">The length that was passed.</param>
    /// <param name="rows">The number of rows, not negative.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="name">The parameter.</param>
    /// <exception cref="ArgumentException">The length is less.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AtLeast(int length, int rows, int columns, [CallerArgumentExpression(nameof(length))] string name = "")
    {
        // A negative number of rows is beyond every length when seen without its sign.
        if ((ulong)(uint)rows * (uint)columns > (uint)length)
        {
            ThrowTooShort(length, rows, columns, name);
        }
    }

    /// <summary>Whether what is read and what is written lie apart.</summary>
    /// <param name="read">What is read.</param>
    /// <param name="written">What is written.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreApart(ReadOnlySpan<float> read, ReadOnlySpan<float> written) => !read.Overlaps(written);

    /// <summary>Checks that what is read and what is written lie apart.</summary>
    /// <param name="read">What is read.</param>
    /// <param name="written">What is written.</param>
    /// <param name="readName">The parameter that is read.</param>
    /// <param name="writtenName">The parameter that is written.</param>
    /// <exception cref="ArgumentException">They overlap.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apart(
        ReadOnlySpan<float> read,
        ReadOnlySpan<float> written,
        [CallerArgumentExpression(nameof(read))] string readName = "",
        [CallerArgumentExpression(nameof(written))] string writtenName = "")
    {
        if (read.Overlaps(written))
        {
            ThrowOverlap(readName, writtenName);
        }
    }

    /// <summary>Checks that there is one label for each sample, and that each names a class.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="name">The parameter that the labels were passed as.</param>
    /// <exception cref="ArgumentException">There are more or fewer labels than samples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is not 0 … classes − 1.</exception>
    public static void Labels(ReadOnlySpan<int> labels, int samples, int classes, [CallerArgumentExpression(nameof(labels))] string name = "")
    {
        Exactly(labels.Length, samples, 1, name);
        Classes(labels, classes, name);
    }

    /// <summary>Checks that there is one label for each position of each sample, and that each names a class.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="positions">The number of steps or pixels of a sample.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="name">The parameter that the labels came by.</param>
    /// <exception cref="ArgumentException">There are more or fewer labels than positions.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A label is not 0 … classes − 1, nor, where a sample has several positions, −1, which leaves its position out.
    /// </exception>
    public static void PositionLabels(
        ReadOnlySpan<int> labels, int samples, int positions, int classes, [CallerArgumentExpression(nameof(labels))] string name = "")
    {
        Exactly(labels.Length, samples, positions, name);

        if (positions > 1)
        {
            ClassesOrNone(labels, classes, name);
        }
        else
        {
            Classes(labels, classes, name);
        }
    }

    /// <summary>
    /// What a mean over all positions is multiplied by to be that over those whose label is not −1: more than 1 where some are left out, and 0 where all are.
    /// </summary>
    /// <param name="labels">The labels, at least one.</param>
    public static float LabelShare(ReadOnlySpan<int> labels)
    {
        int leftOut = labels.Count(LeftOut);

        return leftOut == 0 ? 1f : leftOut == labels.Length ? 0f : (float)labels.Length / (labels.Length - leftOut);
    }

    /// <summary>Checks that there is one label for each output of each sample, and that each is 0 or 1.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="outputs">The number of outputs of a sample.</param>
    /// <param name="name">The parameter that the labels were passed as.</param>
    /// <exception cref="ArgumentException">There are more or fewer labels than outputs.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is neither 0 nor 1.</exception>
    public static void BinaryLabels(ReadOnlySpan<int> labels, int samples, int outputs, [CallerArgumentExpression(nameof(labels))] string name = "")
    {
        Exactly(labels.Length, samples, outputs, name);
        Classes(labels, 2, name);
    }

    /// <summary>Checks the weights of samples, where there are some.</summary>
    /// <param name="weights">The weights; empty where samples have none.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="positions">The positions of a sample, which may have weights of their own.</param>
    /// <param name="name">What they are called.</param>
    /// <exception cref="ArgumentException">There are more or fewer weights than samples, and than positions of samples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative, infinite or not a number.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SampleWeights(
        ReadOnlyMemory<float> weights, int samples, int positions = 1, [CallerArgumentExpression(nameof(weights))] string name = "")
    {
        if (!weights.IsEmpty)
        {
            CheckWeights(weights.Span, samples, positions, name);
        }
    }

    /// <summary>Checks that each index names something: a row of a table.</summary>
    /// <param name="indices">The indices.</param>
    /// <param name="vocabulary">The number of rows.</param>
    /// <param name="layer">The layer that has the table.</param>
    /// <param name="name">The parameter that the indices were passed as.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is not 0 … vocabulary − 1.</exception>
    public static void Indices(ReadOnlySpan<int> indices, int vocabulary, string layer, [CallerArgumentExpression(nameof(indices))] string name = "")
    {
        if (!AreClasses(indices, vocabulary))
        {
            ThrowIndexOutOfRange(indices, vocabulary, layer, name);
        }
    }

    /// <summary>Checks the number of samples that a workspace is made for.</summary>
    /// <param name="batchSize">The number of samples.</param>
    /// <param name="widest">The number of values per sample of the widest activation.</param>
    /// <returns><paramref name="batchSize"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is not 1 … the number of samples that one block can hold.</exception>
    public static int BatchSize(int batchSize, int widest)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batchSize, AlignedBlock.MaxLength / widest);

        return batchSize;
    }

    /// <summary>Checks that a part lies within a whole.</summary>
    /// <param name="start">The first item of the part.</param>
    /// <param name="count">The number of its items.</param>
    /// <param name="whole">The number of all items.</param>
    /// <exception cref="ArgumentOutOfRangeException">Some items do not exist.</exception>
    internal static void Part(int start, int count, int whole)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, whole - start);
    }

    /// <summary>Checks the weights of samples: one for each, or for each of their positions.</summary>
    internal static void CheckWeights(ReadOnlySpan<float> weights, int samples, int positions, string name)
    {
        if (weights.Length != samples && weights.Length != (long)samples * positions)
        {
            string ofPositions = positions > 1 ? $", or {(long)samples * positions} for all of their positions" : "";

            throw new ArgumentException($"Expected {samples} weights, one for each sample{ofPositions}, but there are {weights.Length}.", name);
        }

        for (int i = 0; i < weights.Length; i++)
        {
            // Not a number is not at least 0, either.
            if (!(weights[i] >= 0f && weights[i] <= float.MaxValue))
            {
                throw new ArgumentOutOfRangeException(
                    name, weights[i], FormattableString.Invariant($"Expected weights that are finite and at least 0, but number {i} is {weights[i]}."));
            }
        }
    }

    /// <summary>Checks that there are as many values as outputs.</summary>
    /// <param name="length">The length that was passed.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <param name="name">The parameter.</param>
    /// <exception cref="ArgumentException">The length is another.</exception>
    internal static void OneForEach(int length, int outputs, [CallerArgumentExpression(nameof(length))] string name = "")
    {
        if (length != outputs)
        {
            ThrowNotOneForEach(length, outputs, name);
        }
    }

    /// <summary>Checks that each label is that of a class, or leaves its position out.</summary>
    internal static void ClassesOrNone(ReadOnlySpan<int> labels, int classes, [CallerArgumentExpression(nameof(labels))] string name = "")
    {
        if (!AreWithin(labels, offset: 1, classes + 1L))
        {
            ThrowLabelOutOfRange(labels, classes, name, mayBeLeftOut: true);
        }
    }

    /// <summary>Checks that a feature of all samples is an index.</summary>
    /// <param name="inputs">The values of the samples.</param>
    /// <param name="inputSize">The values of one sample.</param>
    /// <param name="column">Which of them it is.</param>
    /// <param name="vocabulary">What indices are less than.</param>
    /// <param name="feature">The name of the feature.</param>
    /// <param name="name">The parameter.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is no whole number, or names nothing.</exception>
    public static void FeatureIndices(
        ReadOnlySpan<float> inputs,
        int inputSize,
        int column,
        int vocabulary,
        string feature,
        [CallerArgumentExpression(nameof(inputs))] string name = "")
    {
        for (int i = column; i < inputs.Length; i += inputSize)
        {
            if (!IsIndex(inputs[i], vocabulary))
            {
                ThrowNoFeatureIndex(inputs[i], i / inputSize, vocabulary, feature, name);
            }
        }
    }

    /// <summary>Whether a number is one of 0 … <paramref name="vocabulary"/> − 1.</summary>
    internal static bool IsIndex(float value, int vocabulary) => value >= 0 && value < vocabulary && value == MathF.Floor(value);

    /// <summary>Whether each label is 0 … <paramref name="classes"/> − 1.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="classes">The number of classes.</param>
    internal static bool AreClasses(ReadOnlySpan<int> labels, int classes) => AreWithin(labels, offset: 0, classes);

    /// <summary>Whether each number is 0 … <paramref name="count"/> − 1 after a small one is added to it.</summary>
    /// <remarks>The library's own methods for this take as long to compile, in the first step of a process, as hundreds of steps take.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool AreWithin(ReadOnlySpan<int> labels, uint offset, long count)
    {
        // Seen without its sign, a negative label is greater than any class.
        ref uint first = ref Unsafe.As<int, uint>(ref MemoryMarshal.GetReference(labels));
        Vector<uint> greatestLabels = Vector<uint>.Zero;
        Vector<uint> offsets = new(offset);
        uint greatest = 0;
        int i = 0;

        for (; i <= labels.Length - Vector<uint>.Count; i += Vector<uint>.Count)
        {
            greatestLabels = Vector.Max(greatestLabels, Vector.LoadUnsafe(ref first, (nuint)i) + offsets);
        }

        for (; i < labels.Length; i++)
        {
            greatest = Math.Max(greatest, (uint)labels[i] + offset);
        }

        for (int lane = 0; lane < Vector<uint>.Count; lane++)
        {
            greatest = Math.Max(greatest, greatestLabels[lane]);
        }

        return greatest < count;
    }

    private static void Classes(ReadOnlySpan<int> labels, int classes, string name)
    {
        if (!AreClasses(labels, classes))
        {
            ThrowLabelOutOfRange(labels, classes, name);
        }
    }

    [DoesNotReturn]
    private static void ThrowNotWhole(int length, int sampleSize, string name) => throw new ArgumentException(
        $"Expected a whole number of samples of {sampleSize} values each, but the length is {length}.", name);

    [DoesNotReturn]
    private static void ThrowEmpty(int sampleSize, string name) => throw new ArgumentException(
        $"Expected at least one sample of {sampleSize} values, but the length is 0.", name);

    [DoesNotReturn]
    private static void ThrowWorkspaceTooSmall(int samples, int batchSize) => throw new ArgumentException(
        $"Expected a workspace for at least {samples} samples, but it was made for {batchSize}.", "workspace");

    [DoesNotReturn]
    private static void ThrowOverlap(string readName, string writtenName) => throw new ArgumentException(
        $"Expected '{writtenName}' to lie apart from '{readName}', but they overlap in memory.", writtenName);

    [DoesNotReturn]
    private static void ThrowNoForward(string name) => throw new ArgumentException(
        "Expected a Forward pass with this workspace before the backward pass, but there was none: call Forward with the same inputs first.", name);

    [DoesNotReturn]
    private static void ThrowNotTraining() => throw new InvalidOperationException(
        "Expected a forward pass with the workspace's IsTraining set: outside training, batch normalisation has no gradients.");

    [DoesNotReturn]
    private static void ThrowNotSameBatch(int samples, int forwardSamples, string name) => throw new ArgumentException(
        $"Expected the {forwardSamples} samples of the workspace's last forward pass, but there are {samples}.", name);

    [DoesNotReturn]
    private static void ThrowOtherLength(int length, int samples, int sampleSize, string name) => throw new ArgumentException(
        $"Expected {(long)samples * sampleSize} values ({samples} samples of {sampleSize}), but the length is {length}.", name);

    [DoesNotReturn]
    private static void ThrowTooShort(int length, int rows, int columns, string name) => throw TooShort(length, rows, columns, name);

    private static ArgumentException TooShort(int length, int rows, int columns, string name) => new(
        $"Expected at least {(long)rows * columns} values ({rows} × {columns}), but the length is {length}.",
        name.Split('.')[0]);

    [DoesNotReturn]
    private static void ThrowNotOneForEach(int length, int outputs, string name) => throw new ArgumentException(
        $"Expected {outputs} values, one for each output, but the length is {length}.",
        name.Split('.')[0]);

    [DoesNotReturn]
    private static void ThrowIndexOutOfRange(ReadOnlySpan<int> indices, int vocabulary, string layer, string name)
    {
        int index = FirstBeyond(indices, vocabulary);

        throw new ArgumentOutOfRangeException(
            name,
            indices[index],
            $"Expected indices from 0 to {vocabulary - 1}, the vocabulary of '{layer}', but {name}[{index}] is {indices[index]}.");
    }

    [DoesNotReturn]
    private static void ThrowNoFeatureIndex(float value, int sample, int vocabulary, string feature, string name) => throw new ArgumentOutOfRangeException(
        name,
        value,
        FormattableString.Invariant(
            $"Expected whole numbers from 0 to {vocabulary - 1} as '{feature}', which has an embedding, but that of sample {sample} is {value}."));

    /// <summary>The first that is not 0 … <paramref name="count"/> − 1, nor left out where it may be; there must be one.</summary>
    private static int FirstBeyond(ReadOnlySpan<int> numbers, int count, bool mayBeLeftOut = false)
    {
        int index = 0;

        while ((uint)numbers[index] < (uint)count || (mayBeLeftOut && numbers[index] == LeftOut))
        {
            index++;
        }

        return index;
    }

    [DoesNotReturn]
    private static void ThrowLabelOutOfRange(ReadOnlySpan<int> labels, int classes, string name, bool mayBeLeftOut = false)
    {
        int index = FirstBeyond(labels, classes, mayBeLeftOut);
        string otherwise = mayBeLeftOut ? $", or {LeftOut} for a position that does not count" : "";

        throw new ArgumentOutOfRangeException(
            name, labels[index], $"Expected labels from 0 to {classes - 1}{otherwise}, but {name}[{index}] is {labels[index]}.");
    }
}
