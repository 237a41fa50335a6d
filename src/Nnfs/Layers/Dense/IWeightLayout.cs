using System.ComponentModel;

namespace Nnfs;

/// <summary>How the weights of a dense layer lie in memory. Its implementations are <see cref="ByInput"/> and <see cref="ByNeuron"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IWeightLayout
{
    /// <summary>The distance between the weights of consecutive inputs of a neuron.</summary>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="neurons">The number of neurons.</param>
    static abstract int InputStride(int inputs, int neurons);

    /// <summary>The distance between the weights of an input that lead to consecutive neurons.</summary>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="neurons">The number of neurons.</param>
    static abstract int NeuronStride(int inputs, int neurons);

    /// <summary>The floats that the weights take, with their padding.</summary>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="neurons">The number of neurons.</param>
    static abstract int Length(int inputs, int neurons);
}
