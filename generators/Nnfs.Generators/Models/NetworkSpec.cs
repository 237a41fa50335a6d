using Nnfs.Generators.Planning;

namespace Nnfs.Generators.Models;

/// <summary>
/// Everything that the emitter writes about one network. It is compared by value between runs of the compiler: equal specs
/// give equal text, so this is the boundary beyond which nothing is done again. It holds no symbol, no syntax and no location.
/// </summary>
/// <param name="Namespace">The namespace, empty for the global one.</param>
/// <param name="ContainingTypes">The declarations around the class, outermost first, such as <c>partial struct Outer&lt;T&gt;</c>.</param>
/// <param name="Name">The class's name, as it is written in code.</param>
/// <param name="MetadataName">The class's full name, which also names the generated file.</param>
/// <param name="Inputs">What it takes; at least one input.</param>
/// <param name="Stages">The layers in their order.</param>
/// <param name="Outputs">What it gives, and what that is trained on; at least one output.</param>
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
    EquatableArray<InputSpec> Inputs,
    EquatableArray<StageSpec> Stages,
    EquatableArray<OutputSpec> Outputs,
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
    /// <summary>What the errors of the declaration say, other than the compiler's own.</summary>
    public EquatableArray<string> Errors { get; init; }

    /// <summary>The weights that it carries in its assembly; <see langword="null"/> for none.</summary>
    public PretrainedSpec? Pretrained { get; init; }

    /// <summary>The samples that it learns from; <see langword="null"/> where they are floats.</summary>
    public NetworkSample? Sample { get; init; }

    /// <summary>The name of the field that holds how samples are scaled, which none of the user's members has.</summary>
    public string ScalingField { get; init; } = "";

    /// <summary>Whether <c>nameof</c> is a member in the class, which hides the operator.</summary>
    public bool HidesNameOf { get; init; }

    /// <summary>Whether the assembly promises types that every language can use, which those of the library are not.</summary>
    public bool IsClsCompliant { get; init; }

    /// <summary>Whether lists are written as arguments where they are empty: before C# 13 only arrays could be left out.</summary>
    public bool StatesEmptyLists { get; init; }

    /// <summary>The end of the names of private members for tensors, so that no other member has one of them.</summary>
    public string TensorSuffix { get; init; } = "";

    /// <summary>The class of the file that holds the windows of layers, whose name means nothing else in the user's class.</summary>
    public string WindowsType { get; init; } = "";

    /// <summary>The names of types that mean something else in the class, so that its text can't have them in short.</summary>
    public EquatableArray<string> HiddenNames { get; init; }

    /// <summary>What follows from its stages and outputs; worked out when all else is known.</summary>
    public Plans Plans { get; init; } = Plans.None;

    /// <summary>The name of a private member for tensors.</summary>
    public string TensorMember(string name) => name + TensorSuffix;

    /// <summary>Whether it has several inputs or outputs, so that methods name each of them.</summary>
    public bool HasNamedPorts => Inputs.Count > 1 || Outputs.Count > 1;

    /// <summary>Whether some input is indices.</summary>
    public bool TakesIndices => Inputs.Any(static input => input.Element == ElementType.Integer);

    /// <summary>Whether its own methods are those of the interfaces, which take one input of floats and give one output.</summary>
    public bool TakesFloats => !HasNamedPorts && !TakesIndices;

    /// <summary>Whether some values of its samples are indices.</summary>
    public bool EmbedsFeatures => Sample is { Embedded.Count: > 0 };

    /// <summary>Whether data sets for it have inputs and outputs by name.</summary>
    public bool HasNamedDataset => HasNamedPorts && HasLoss;

    /// <summary>Whether a pass keeps its inputs in the workspace, rather than hand them on.</summary>
    public bool KeepsInputs => !TakesFloats;

    /// <summary>Whether it implements the interface by which generic code trains it.</summary>
    public bool HasWorkspaceContract => HasLoss;

    /// <summary>Whether its workspace keeps the loss of the data apart from what parameters add.</summary>
    public bool HasDataLoss => HasWorkspaceContract && HasPenalties;

    /// <summary>The number of features of a sample.</summary>
    public int InputSize => Inputs[0].Size;

    /// <summary>The number of outputs for a sample.</summary>
    public int OutputSize => Outputs[0].Size;

    /// <summary>Whether some output is trained on a loss.</summary>
    public bool HasLoss => Outputs.Any(static output => output.Loss is not null);

    /// <summary>Whether the only output is probabilities of classes.</summary>
    public bool GivesProbabilities =>
        !HasNamedPorts && (Outputs[0].Loss is { GivesProbabilities: true } || (Outputs[0].Source >= 0 && Stages[Outputs[0].Source].GivesProbabilities));

    /// <summary>
    /// Whether it tells classes: the only output is their probabilities, or one vector without a loss, which may be logits; its greatest value tells the class.
    /// </summary>
    public bool TellsClasses => GivesProbabilities || (!HasNamedPorts && !HasLoss && Outputs[0].Shape is { Rank: 1, Size: > 1 });

    /// <summary>Whether it tells classes, of which a sample has one rather than one at each of several positions.</summary>
    public bool HasOneClass => TellsClasses && Outputs[0].Shape.Positions == 1;

    /// <summary>What computes over the samples of a batch, so that samples depend on each other; <see langword="null"/> where nothing does.</summary>
    public string? OverBatchTitle => Stages.Select(static stage => stage.OverBatchTitle).FirstOrDefault(static title => title is not null);

    /// <summary>Whether it tells the label of a sample: the outputs are as many as its classes, or one that is a probability.</summary>
    public bool ClassifiesSamples => Sample is { HasClasses: true, Label: { } label }
        && (Outputs[0].Loss is { IsBinary: true } ? OutputSize == 1 : OutputSize == label.Classes.Count);

    /// <summary>Whether one number is what it predicts of a sample: the only output, or the probability of the second of two classes.</summary>
    public bool PredictsOneNumber => OutputSize == 1
        || (ClassifiesSamples && OutputSize == 2 && GivesProbabilities && Sample!.Label!.Kind == LabelKind.Boolean);

    /// <summary>Whether samples depend on each other.</summary>
    public bool IsOverBatch => OverBatchTitle is not null;

    /// <summary>
    /// Whether samples lie in lanes for the loss of an output too. Other losses take rows, which are turned into lanes afterwards; gradients that come from
    /// outside are turned at once.
    /// </summary>
    public bool HasLossInLanes(OutputSpec output) =>
        Plan == NetworkPlan.Lanes && (output.Loss is null || (output.Loss.TakesLanes && output.Shape.Positions == 1));

    /// <summary>
    /// As many samples as go forward, through the loss and back before the next do, so that what is between stays in the cache; <see langword="null"/> where
    /// all go at once.
    /// </summary>
    public int? PartSamples => Plan == NetworkPlan.Plain || IsOverBatch ? null : PlanChoice.PartSamples(Plan, Inputs, Stages);

    /// <summary>The floats that the stages keep from one step of a sequence to the next, each from the start of a cache line.</summary>
    public int StateSize => (int)Stages.Sum(static stage => KernelLimits.Align(stage.StateSize));

    /// <summary>Whether some stage drops values in training.</summary>
    public bool HasMasks => Stages.Any(static stage => stage.HasMasks);

    /// <summary>Whether parameters add to the loss, be it one of the library or the user's own.</summary>
    public bool HasPenalties => Stages.Any(static stage => stage.Tensors.Any(static tensor => tensor.Penalty.AddsUp));

    /// <summary>The ways in which a pass can be told what its outputs are compared with, or which gradients they have: a method each.</summary>
    public IReadOnlyList<TargetKind> TargetKinds => !HasLoss ? [TargetKind.Gradients]
        : Outputs.Any(static output => output.TakesLabels) ? [TargetKind.Labels, TargetKind.Targets] : [TargetKind.Targets];

    /// <summary>The outputs that a pass is told something of: those with a loss, or all of a network without.</summary>
    public IEnumerable<OutputSpec> TrainedOutputs => Outputs.Where(output => !HasLoss || output.Loss is not null);

    /// <summary>The name of an input's parameter.</summary>
    public string InputName(int index) => HasNamedPorts ? Inputs[index].Name : "inputs";

    /// <summary>The layer that reads an input's indices and has the fewest rows for them; <see langword="null"/> where it is none of indices.</summary>
    public StageSpec? TableOf(int input) => Inputs[input].Element == ElementType.Float ? null
        : Stages.Where(stage => stage.IndexLimit is not null && stage.Sources.Contains(~input)).OrderBy(static stage => stage.IndexLimit).First();

    /// <summary>The name of an output's parameter.</summary>
    public string OutputName(int index) => HasNamedPorts ? Outputs[index].Name : "outputs";

    /// <summary>The constant with the size of an input.</summary>
    public string InputSizeName(int index) => HasNamedPorts ? $"{Inputs[index].Name.ToPascalCase()}Size" : "InputSize";

    /// <summary>The constant with the size of an output.</summary>
    public string OutputSizeName(int index) => HasNamedPorts ? $"{Outputs[index].Name.ToPascalCase()}Size" : "OutputSize";

    /// <summary>The property with the shape of an input.</summary>
    public string InputShapeName(int index) => HasNamedPorts ? $"{Inputs[index].Name.ToPascalCase()}Shape" : "InputShape";

    /// <summary>The property with the shape of an output.</summary>
    public string OutputShapeName(int index) => HasNamedPorts ? $"{Outputs[index].Name.ToPascalCase()}Shape" : "OutputShape";

    /// <summary>The name of the parameter with what a pass is told of an output.</summary>
    public string TargetName(OutputSpec output, TargetKind kind) => output.Target(kind) switch
    {
        TargetKind.Labels => HasNamedPorts ? output.Name + "Labels" : "labels",
        TargetKind.Targets => HasNamedPorts ? output.Name + "Targets" : "targets",
        _ => HasNamedPorts ? output.Name + "Gradients" : "outputGradients",
    };

    /// <summary>What a source is called: the last layer of its stage, or the input.</summary>
    public string NameOf(int source) => source >= 0 ? Stages[source].OutputName : Inputs[~source].Name;

    /// <summary>The number of values per sample of a source.</summary>
    public int SizeOf(int source) => source < 0 ? Inputs[~source].Size : Stages[source].Outputs;

    /// <summary>The shape of a source for a sample.</summary>
    public Shape ShapeOf(int source) => source < 0 ? Inputs[~source].Shape : Stages[source].Shape;

    /// <summary>The value in whose memory a source lies: the source itself, or for one that only changes the shape, what it reads.</summary>
    public int RootOf(int source) => RootOf(Stages, source);

    /// <summary>The same among stages that are no network yet.</summary>
    public static int RootOf(IReadOnlyList<StageSpec> stages, int source)
    {
        while (source >= 0 && stages[source].IsAlias)
        {
            source = stages[source].Sources[0];
        }

        return source;
    }

    /// <summary>Whether every layer reads the one before it, with one input and one output.</summary>
    public bool IsChain =>
        !HasNamedPorts
        && Outputs[0].Source == Stages.Count - 1
        && Enumerable.Range(0, Stages.Count).All(i => Stages[i].Sources.All(source => source == i - 1));
}
