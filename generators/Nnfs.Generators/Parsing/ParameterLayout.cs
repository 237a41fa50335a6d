using Nnfs.Generators.Models;

namespace Nnfs.Generators.Parsing;

/// <summary>Gives parameters their places in one block, each tensor from the start of a cache line, behind those of the layers before.</summary>
internal sealed class ParameterLayout
{
    /// <summary>The most floats that one block can hold; the runtime keeps two cache lines of an array for itself.</summary>
    public const int MaxLength = 0x7FFFFFC7 - 32;

    /// <summary>A layer in lanes with so few neurons and so many inputs stores its weights by neuron, for dot products along the inputs of a single sample.</summary>
    private const int MostNeuronsByNeuron = 8;
    private const int LeastInputsByNeuron = 16;

    /// <summary>The number of weights and biases.</summary>
    public int Count { get; private set; }

    /// <summary>The length of the block, padding included.</summary>
    public int Length { get; private set; }

    /// <summary>The length with padding up to the next cache line.</summary>
    public static long Align(long length) => (length + 15) & ~15L;

    /// <summary>Whether the weights of a layer lie neuron after neuron.</summary>
    public static bool IsByNeuron(NetworkPlan plan, bool isFirst, int inputs, int neurons) =>
        plan == NetworkPlan.Lanes && !isFirst && neurons <= MostNeuronsByNeuron && inputs >= LeastInputsByNeuron;

    /// <summary>Gives a dense layer its places, or says why it has none.</summary>
    /// <returns>The length that one array cannot hold and what it is the length of; <see langword="null"/> where the layer has its places.</returns>
    public (long Length, string Of)? Place(ref DenseSpec dense)
    {
        (int inputs, int neurons) = (dense.Inputs, dense.Outputs);

        if (inputs > MaxLength || neurons > MaxLength)
        {
            return (Count + ((long)inputs * neurons) + neurons, "parameters");
        }

        int biasesLength = MatrixLayout.RowStride(neurons);
        int stride = dense.IsByNeuron ? MatrixLayout.RowStride(inputs) : biasesLength;
        long biases = Length + Align((long)(dense.IsByNeuron ? neurons : inputs) * stride);
        long length = biases + Align(biasesLength);
        long transposed = (long)neurons * MatrixLayout.RowStride(inputs);
        dense = dense with { RowStride = stride };

        if (Math.Max(length, transposed) > MaxLength)
        {
            return (Math.Max(length, transposed), transposed > length ? "weights with the padding of their transpose" : "parameters with their padding");
        }

        dense = dense with { WeightsOffset = Length, BiasesOffset = (int)biases };
        Count += (inputs * neurons) + neurons;
        Length = (int)length;

        return null;
    }

    /// <summary>Gives a normalisation its places, or says why it has none.</summary>
    /// <returns>The length that one array cannot hold and what it is the length of; <see langword="null"/> where the layer has its places.</returns>
    public (long Length, string Of)? Place(ref NormSpec norm)
    {
        long length = Length + (Align(norm.Size) * norm.Vectors);

        if (length > MaxLength)
        {
            return (length, "parameters with their padding");
        }

        norm = norm with { Offset = Length };
        Count += 2 * norm.Size;
        Length = (int)length;

        return null;
    }
}
