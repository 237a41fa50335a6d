using Nnfs.Simd;

namespace Nnfs.Kernels.Recurrent;

/// <summary>
/// What a recurrent layer computes at a step beside its products: the new state of its units from the sums of their gates, and the way back.
/// </summary>
/// <remarks>
/// The columns of the weights, and a row of gates, hold the units of the first gate, then those of the second, and so on. The state of a stream is that of its
/// units, and after it the memory of a cell that remembers more.
/// </remarks>
internal interface IRecurrentCell
{
    /// <summary>The number of gates.</summary>
    static abstract int Gates { get; }

    /// <summary>What its kernel calls the gates that it keeps.</summary>
    static abstract string GatesName { get; }

    /// <summary>What its kernel calls what it remembers, or keeps, beside state and gates.</summary>
    static abstract string MemoryName { get; }

    /// <summary>Whether it remembers, or keeps for the way back, one more value for each unit than state and gates.</summary>
    static abstract bool HasMemory { get; }

    /// <summary>Whether that goes on to the next step.</summary>
    static abstract bool CarriesMemory { get; }

    /// <summary>
    /// Whether the products with the state before are handed to the cell by themselves, with biases of their own, rather than added to those with the inputs.
    /// </summary>
    static abstract bool SeparatesProducts { get; }

    /// <summary>The new states of a vector of units.</summary>
    /// <param name="g0">The sums of the products of the first gate; becomes the gate.</param>
    /// <param name="g1">The same of the second gate, where there is one.</param>
    /// <param name="g2">The same of the third gate, where there is one; of a cell that separates the products without that with the state.</param>
    /// <param name="g3">The same of the fourth gate, where there is one.</param>
    /// <param name="product">The last gate's product with the state before, where the cell separates them.</param>
    /// <param name="previous">The states before.</param>
    /// <param name="memory">What the cell remembers beside its state: before the step, and then after it.</param>
    static abstract TVector Forward<TSimd, TVector>(
        ref TVector g0, ref TVector g1, ref TVector g2, ref TVector g3, TVector product, TVector previous, ref TVector memory)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;

    /// <summary>The gradients of the products of a vector of units, from that of the state.</summary>
    /// <param name="step">The step.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="unit">The first of the units.</param>
    static abstract void Backward<TSimd, TVector>(ref readonly RecurrentStepBack step, nuint sample, nuint unit)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct;
}
