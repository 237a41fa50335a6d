using System.Runtime.CompilerServices;
using Nnfs.Simd;

namespace Nnfs.Kernels.Recurrent;

/// <summary>One step of several samples on the way back: of each block the row of the first sample, and the distance to that of the next.</summary>
internal ref struct RecurrentStepBack
{
    /// <summary>The gates that the way forward kept.</summary>
    public ref readonly float Gates;

    /// <summary>The gradients of the products with the inputs; written.</summary>
    public ref float GateGradients;

    /// <summary>The distance between the samples of both.</summary>
    public nuint GatesSample;

    /// <summary>The state before the step.</summary>
    public ref readonly float Previous;
    public nuint PreviousSample;

    /// <summary>The state after the step.</summary>
    public ref readonly float State;
    public nuint StateSample;

    /// <summary>What the cell remembered beside its state before the step.</summary>
    public ref readonly float PreviousMemory;
    public nuint PreviousMemorySample;

    /// <summary>What the cell remembered beside its state after the step, or kept for the way back.</summary>
    public ref readonly float Memory;

    /// <summary>The gradient of the last gate's product with the state before, where that is not the one of its product with the inputs; written.</summary>
    public ref float ProductGradients;

    /// <summary>The distance between the samples of both.</summary>
    public nuint MemorySample;

    /// <summary>The gradient of the state [samples × units].</summary>
    public ref float StateGradients;

    /// <summary>What goes back from step to step beside the products [samples × units]: at first from the later step, and then from this one.</summary>
    public ref float Carried;

    public nuint Units;
    public nuint Samples;

    /// <summary>What a gate was.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly TVector Gate<TSimd, TVector>(int gate, nuint sample, nuint unit)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        TSimd.Load(in Gates, (sample * GatesSample) + ((nuint)gate * Units) + unit);

    /// <summary>Gives the gradient of a gate's product with the inputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Give<TSimd, TVector>(TVector gradient, int gate, nuint sample, nuint unit)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct =>
        TSimd.Store(gradient, ref GateGradients, (sample * GatesSample) + ((nuint)gate * Units) + unit);
}
