namespace Nnfs.Generators.Models;

/// <summary>
/// Everything that the emitter writes about one network. It is compared by value between runs of the compiler: equal specs
/// give equal text, so this is the boundary behind which nothing is done again. It holds no symbol, no syntax and no location.
/// </summary>
/// <param name="Namespace">The namespace, empty for the global one.</param>
/// <param name="ContainingTypes">The declarations around the class, outermost first, such as <c>partial struct Outer&lt;T&gt;</c>.</param>
/// <param name="Name">The class's name, as it is written in code.</param>
/// <param name="MetadataName">The class's full name, which also names the generated file.</param>
/// <param name="InputShape">The shape of a sample.</param>
/// <param name="InputSize">The number of features of a sample.</param>
/// <param name="Stages">The layers in their order.</param>
/// <param name="Loss">The loss.</param>
/// <param name="ParameterCount">The number of weights and biases.</param>
/// <param name="ParameterLength">The length of the block that holds them, padding included.</param>
/// <param name="Plan">How its kernels work on many samples.</param>
/// <param name="PredictRows">How many samples a prediction carries through all layers before it takes the next.</param>
/// <param name="ParametersField">The name of the field that holds the parameters, which none of the user's members has.</param>
/// <param name="DimensionPrefix">The start of the names of the types that stand for sizes, which none of the user's types has.</param>
/// <param name="WritesSeedConstructor">Whether the constructor from a seed is generated; the user may have written it.</param>
/// <param name="WritesRandomConstructor">Whether the constructor from a generator is generated; the user may have written it.</param>
/// <param name="SeedConstructorChains">Whether the constructor from a seed calls the one from a generator; not where that is the user's and calls it.</param>
/// <param name="Conflicts">The generated members that meet others of the class or its base, and what becomes of them.</param>
/// <param name="HasErrors">Whether the declaration has errors, so that only the public surface counts.</param>
internal sealed record NetworkSpec(
    string Namespace,
    EquatableArray<string> ContainingTypes,
    string Name,
    string MetadataName,
    EquatableArray<int> InputShape,
    int InputSize,
    EquatableArray<StageSpec> Stages,
    LossKind Loss,
    int ParameterCount,
    int ParameterLength,
    NetworkPlan Plan,
    int PredictRows,
    string ParametersField,
    string DimensionPrefix,
    bool WritesSeedConstructor,
    bool WritesRandomConstructor,
    bool SeedConstructorChains,
    EquatableArray<MemberConflict> Conflicts,
    bool HasErrors)
{
    /// <summary>The number of outputs for a sample.</summary>
    public int OutputSize => Stages.Count == 0 ? InputSize : Stages[Stages.Count - 1].Outputs;

    /// <summary>Whether the outputs are probabilities of classes.</summary>
    public bool GivesProbabilities => Loss == LossKind.SoftmaxCrossEntropy || (Stages.Count > 0 && Stages[Stages.Count - 1] is SoftmaxSpec);
}
