using System.Collections.Immutable;
using System.ComponentModel;
using Nnfs.Layers;

namespace Nnfs;

/// <summary>What one layer of a network is, for code that is generic over networks.</summary>
public sealed class LayerInfo
{
    /// <summary>Describes a layer.</summary>
    /// <param name="name">The layer's name, as its members have it.</param>
    /// <param name="kind">What the layer computes.</param>
    /// <param name="inputs">The number of values that it takes per sample.</param>
    /// <param name="outputs">The number of values that it gives per sample.</param>
    /// <param name="tensors">Its parameters, in the order that <see cref="LayerKind"/> gives.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public LayerInfo(string name, LayerKind kind, int inputs, int outputs, params ImmutableArray<TensorInfo> tensors)
    {
        Name = name;
        Kind = kind;
        InputShape = [inputs];
        OutputShape = [outputs];
        Tensors = tensors;
    }

    /// <summary>The layer's name, as its members have it: <c>Dense1</c>. A loss without members has the name of its kind.</summary>
    public string Name { get; }

    /// <summary>What the layer computes.</summary>
    public LayerKind Kind { get; }

    /// <summary>The number of values that it takes per sample.</summary>
    public int Inputs => Product(InputShape);

    /// <summary>The number of values that it gives per sample.</summary>
    public int Outputs => Product(OutputShape);

    /// <summary>The shape of what it takes for a sample, from the first layer or input that it reads; its product is <see cref="Inputs"/>.</summary>
    public ImmutableArray<int> InputShape { get; init; }

    /// <summary>The shape of what it gives for a sample; its product is <see cref="Outputs"/>.</summary>
    public ImmutableArray<int> OutputShape { get; init; }

    /// <summary>Its parameters, in the order that <see cref="LayerKind"/> gives; empty for a layer without.</summary>
    public ImmutableArray<TensorInfo> Tensors { get; }

    /// <summary>The names of the layers or inputs that it reads; empty where that is the one before it, or the network's only input.</summary>
    public ImmutableArray<string> Sources { get; init; } = [];

    /// <summary>
    /// The number that <see cref="LayerKind"/> calls the layer's setting: a slope, alpha, rate, epsilon, delta, smoothing or number of heads. 0 for a layer
    /// without.
    /// </summary>
    public float Setting { get; init; }

    /// <summary>Whether each step takes only from itself and from those before it, in an attention that could take from all.</summary>
    public bool IsCausal { get; init; }

    /// <summary>
    /// The window that the layer moves over its input, or where it makes the image larger over its output; <see langword="null"/> for a layer without. A
    /// sequence is an image of one row.
    /// </summary>
    public Window2D? Window { get; init; }

    /// <summary>
    /// The zeros that the layer adds before each dimension but the last: rows above an image and pixels to its left, or steps before a sequence. Those after
    /// make up the rest of <see cref="OutputShape"/>. Empty for a layer that adds none.
    /// </summary>
    public ImmutableArray<int> ZerosBefore { get; init; } = [];

    /// <summary>What the library knows about the layer's kind.</summary>
    internal LayerDefinition Definition => LayerDefinitions.Of(Kind);

    /// <summary>Describes a dense layer.</summary>
    /// <param name="name">The layer's name, as its members have it.</param>
    /// <param name="storedAs">What the names of its tensors begin with.</param>
    /// <param name="inputs">The rows of its weights.</param>
    /// <param name="neurons">The columns of its weights.</param>
    /// <param name="weights">Where its weights start in the parameters.</param>
    /// <param name="inputStride">The distance between its weights of consecutive inputs.</param>
    /// <param name="neuronStride">The distance between its weights of consecutive neurons.</param>
    /// <param name="biases">Where its biases start in the parameters.</param>
    /// <param name="inputShape">The shape of what it takes for a sample; not given where that is its inputs.</param>
    /// <param name="outputShape">The shape of what it gives for a sample; not given where that is its neurons.</param>
    /// <param name="sources">The name of what it reads; empty where that is the layer before it.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static LayerInfo Dense(
        string name, string storedAs, int inputs, int neurons, int weights, int inputStride, int neuronStride, int biases,
        ImmutableArray<int> inputShape = default, ImmutableArray<int> outputShape = default, params ImmutableArray<string> sources) =>
        new(name, LayerKind.Dense, inputs, neurons, DenseDefinition.Tensors(storedAs, inputs, neurons, weights, inputStride, neuronStride, biases))
        {
            InputShape = inputShape.IsDefault ? [inputs] : inputShape,
            OutputShape = outputShape.IsDefault ? [neurons] : outputShape,
            Sources = sources,
        };

    /// <summary>Describes a normalisation.</summary>
    /// <param name="name">The layer's name, as its members have it.</param>
    /// <param name="kind">Which of the normalisations it is.</param>
    /// <param name="storedAs">What the names of its tensors begin with.</param>
    /// <param name="size">The number of values in each of its tensors: those of a sample, or the channels.</param>
    /// <param name="epsilon">What is added to the variance or the mean square.</param>
    /// <param name="tensors">Where each of its tensors starts in the parameters.</param>
    /// <param name="shape">The shape of what it takes and gives for a sample; not given where that is the size.</param>
    /// <param name="sources">The name of what it reads; empty where that is the layer before it.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static LayerInfo Norm(
        string name, LayerKind kind, string storedAs, int size, float epsilon, ImmutableArray<int> tensors,
        ImmutableArray<int> shape = default, params ImmutableArray<string> sources) =>
        new(name, kind, size, size, ((NormDefinition)LayerDefinitions.Of(kind)).Tensors(storedAs, size, tensors))
        {
            InputShape = shape.IsDefault ? [size] : shape,
            OutputShape = shape.IsDefault ? [size] : shape,
            Sources = sources,
            Setting = epsilon,
        };

    /// <summary>Describes a convolution.</summary>
    /// <param name="name">The layer's name, as its members have it.</param>
    /// <param name="kind">Which of the convolutions it is.</param>
    /// <param name="storedAs">What the names of its tensors begin with.</param>
    /// <param name="window">The window that it moves over its input, or a transposed one over its output.</param>
    /// <param name="tap">The sizes of the weights of each pixel of the window: channels and filters, or channels alone.</param>
    /// <param name="inputShape">The shape of what it takes for a sample.</param>
    /// <param name="outputShape">The shape of what it gives for a sample.</param>
    /// <param name="weights">Where its weights start in the parameters.</param>
    /// <param name="biases">Where its biases start; <see langword="null"/> where it has none.</param>
    /// <param name="sources">The name of what it reads; empty where that is the layer before it.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static LayerInfo Convolution(
        string name,
        LayerKind kind,
        string storedAs,
        Window2D window,
        ImmutableArray<int> tap,
        ImmutableArray<int> inputShape,
        ImmutableArray<int> outputShape,
        int weights,
        int? biases,
        params ImmutableArray<string> sources)
    {
        ArgumentNullException.ThrowIfNull(window);

        ImmutableArray<int> kernel = ConvolutionDefinition.IsOfSequences(inputShape) ? [window.KernelWidth] : [window.KernelHeight, window.KernelWidth];

        return new(name, kind, Product(inputShape), Product(outputShape), ConvolutionDefinition.Tensors(storedAs, kernel, tap, weights, biases))
        {
            InputShape = inputShape,
            OutputShape = outputShape,
            Sources = sources,
            Window = window,
        };
    }

    /// <summary>Describes an embedding, of indices, of a feature or of positions.</summary>
    /// <param name="name">The layer's name, as its members have it.</param>
    /// <param name="kind">Which of the embeddings it is.</param>
    /// <param name="storedAs">What the name of its table begins with.</param>
    /// <param name="rows">The rows of its table.</param>
    /// <param name="dimensions">The values of each row.</param>
    /// <param name="inputShape">The shape of what it takes for a sample.</param>
    /// <param name="outputShape">The shape of what it gives for a sample.</param>
    /// <param name="weights">Where its table starts in the parameters.</param>
    /// <param name="sources">The name of what it reads; empty where that is the layer before it.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static LayerInfo Embedding(
        string name,
        LayerKind kind,
        string storedAs,
        int rows,
        int dimensions,
        ImmutableArray<int> inputShape,
        ImmutableArray<int> outputShape,
        int weights,
        params ImmutableArray<string> sources) =>
        new(name, kind, Product(inputShape), Product(outputShape), new TensorInfo($"{storedAs}.weights", [rows, dimensions], weights, [dimensions, 1]))
        {
            InputShape = inputShape,
            OutputShape = outputShape,
            Sources = sources,
        };

    /// <summary>Describes a recurrent layer.</summary>
    /// <param name="name">The layer's name, as its members have it.</param>
    /// <param name="kind">Which of the recurrent layers it is.</param>
    /// <param name="storedAs">What the names of its tensors begin with.</param>
    /// <param name="units">The number of values of its state.</param>
    /// <param name="inputShape">The shape of what it takes for a sample: steps and features.</param>
    /// <param name="outputShape">The shape of what it gives for a sample.</param>
    /// <param name="tensors">Where each of its tensors starts in the parameters; where it is bidirectional, those of both directions.</param>
    /// <param name="sources">The name of what it reads; empty where that is the layer before it.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static LayerInfo Recurrent(
        string name,
        LayerKind kind,
        string storedAs,
        int units,
        ImmutableArray<int> inputShape,
        ImmutableArray<int> outputShape,
        ImmutableArray<int> tensors,
        params ImmutableArray<string> sources) =>
        new(
            name,
            kind,
            Product(inputShape),
            Product(outputShape),
            ((RecurrentDefinition)LayerDefinitions.Of(kind)).Tensors(storedAs, features: inputShape[1], units, tensors))
        {
            InputShape = inputShape,
            OutputShape = outputShape,
            Sources = sources,
        };

    /// <summary>Describes an attention.</summary>
    /// <param name="name">The layer's name, as its members have it.</param>
    /// <param name="storedAs">What the names of its tensors begin with.</param>
    /// <param name="steps">The steps of a sample.</param>
    /// <param name="features">The values of a step.</param>
    /// <param name="heads">The number of heads.</param>
    /// <param name="isCausal">Whether each step takes only from itself and from those before it.</param>
    /// <param name="projections">Where the weights of queries, keys and values start in the parameters.</param>
    /// <param name="biases">Where their biases start.</param>
    /// <param name="outputs">Where the weights of the outputs start.</param>
    /// <param name="outputBiases">Where their biases start.</param>
    /// <param name="sources">The name of what it reads; empty where that is the layer before it.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static LayerInfo SelfAttention(
        string name,
        string storedAs,
        int steps,
        int features,
        int heads,
        bool isCausal,
        int projections,
        int biases,
        int outputs,
        int outputBiases,
        params ImmutableArray<string> sources) =>
        new(
            name,
            LayerKind.SelfAttention,
            steps * features,
            steps * features,
            SelfAttentionDefinition.Tensors(storedAs, features, projections, biases, outputs, outputBiases))
        {
            InputShape = [steps, features],
            OutputShape = [steps, features],
            Sources = sources,
            Setting = heads,
            IsCausal = isCausal,
        };

    private static int Product(ImmutableArray<int> shape)
    {
        int product = 1;

        foreach (int size in shape)
        {
            product *= size;
        }

        return product;
    }
}
