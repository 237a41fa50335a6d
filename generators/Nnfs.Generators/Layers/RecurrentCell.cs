using System.Collections.Immutable;

namespace Nnfs.Generators.Layers;

/// <summary>What a recurrent layer computes at a step, as a row of a table.</summary>
/// <param name="Name">The name of its kind and of its kernels.</param>
/// <param name="Gates">The number of gates.</param>
/// <param name="Formula">What it computes, in comments and hover texts.</param>
/// <param name="Flops">The floating-point operations of a unit at a step, beside the products.</param>
internal sealed record RecurrentCell(string Name, int Gates, string Formula, int Flops)
{
    public static readonly ImmutableArray<RecurrentCell> All =
    [
        new("SimpleRNN", Gates: 1, "h = tanh(x·W + h'·U + b)", Flops: 3),
        new("GRU", Gates: 3, "z, r = σ(x·W + b + h'·U + c), n = tanh(x·W + b + r ∘ (h'·U + c)), h = (1 − z) ∘ n + z ∘ h'", Flops: 16)
        {
            KeepsGates = true,
            Memory = "Products",
            MemoryArgument = "products",
            MemoryMeaning = "The products of the candidates with the states",
            HasRecurrentBiases = true,
        },
        new("LSTM", Gates: 4, "i, f, o = σ(x·W + h'·U + b), g = tanh(x·W + h'·U + b), c = f ∘ c' + i ∘ g, h = o ∘ tanh(c)", Flops: 20)
        {
            KeepsGates = true,
            CarriesMemory = true,
            Memory = "Cells",
            MemoryArgument = "cells",
            MemoryMeaning = "The memories",
            BiasInitializer = "ForgetGate",
            BiasStart = "from 1 for the forget gate and 0 for the others",
        },
    ];

    /// <summary>Whether the way back needs the gates from the way forward.</summary>
    public bool KeepsGates { get; init; }

    /// <summary>What its kernels call the products with the inputs.</summary>
    public string GatesArgument => KeepsGates ? "gates" : "products";

    /// <summary>The block for what it keeps of each unit beside gates and state; <see langword="null"/> where that is nothing.</summary>
    public string? Memory { get; init; }

    /// <summary>Whether that goes on from step to step, beside the state.</summary>
    public bool CarriesMemory { get; init; }

    /// <summary>What its kernels call that.</summary>
    public string MemoryArgument { get; init; } = "";

    /// <summary>What that is, in comments.</summary>
    public string MemoryMeaning { get; init; } = "";

    /// <summary>Whether the products with the state have biases of their own, and gradients of their own.</summary>
    public bool HasRecurrentBiases { get; init; }

    /// <summary>The method of the runtime that sets the biases at first; <see langword="null"/> where they are 0.</summary>
    public string? BiasInitializer { get; init; }

    /// <summary>What biases start from, in hover texts.</summary>
    public string BiasStart { get; init; } = "from 0";

    /// <summary>The number of its tensors for one direction.</summary>
    public int Tensors => HasRecurrentBiases ? 4 : 3;
}
