namespace Nnfs.Generators.Models;

/// <summary>One stage of a network: one step of the forward pass and its counterpart in the backward pass.</summary>
/// <param name="Name">The layer's name, which is that of its members.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs; no other stage has it.</param>
/// <param name="Sources">What it reads: the number of a stage before it, or <c>~k</c> for input k.</param>
/// <param name="Inputs">The number of values that it takes per sample from its first source.</param>
/// <param name="Outputs">The number of values that it gives per sample.</param>
internal abstract record StageSpec(string Name, string FieldName, EquatableArray<int> Sources, int Inputs, int Outputs)
{
    /// <summary>The layer that the stage's outputs are named after: the last of those fused into it.</summary>
    public virtual string OutputName => Name;

    /// <summary>The layers of the stage, in comments and pictures.</summary>
    public string Title => OutputName == Name ? Name : $"{Name} + {OutputName}";

    /// <summary>The shape of what it takes for a sample from its first source.</summary>
    public Shape InputShape
    {
        get => field ?? Shape.Of(Inputs);
        init;
    }

    /// <summary>The shape of what it gives for a sample.</summary>
    public Shape Shape
    {
        get => field ?? Shape.Of(Outputs);
        init;
    }

    /// <summary>Where <see cref="TensorBlocks"/> start in the block of parameters.</summary>
    public EquatableArray<int> Offsets { get; init; }

    /// <summary>The expression that makes the window that it moves over its input; <see langword="null"/> where there is none.</summary>
    public virtual string? Window => null;

    /// <summary>The constant of the generated file that holds its window.</summary>
    public string WindowName { get; init; } = "";

    /// <summary>Its parameters, in the order of their places.</summary>
    public virtual IReadOnlyList<TensorSpec> Tensors => [];

    /// <summary>The lengths of the blocks that its tensors lie in: one for each, unless several lie side by side in one.</summary>
    public virtual IReadOnlyList<long> TensorBlocks => [.. Tensors.Select(static tensor => tensor.Length)];

    /// <summary>Whether it has parameters that are trained.</summary>
    public bool HasParameters => Tensors.Any(static tensor => tensor.IsTrained);

    /// <summary>The number of its parameters that are trained.</summary>
    public long ParameterCount => Tensors.Where(static tensor => tensor.IsTrained).Sum(static tensor => tensor.Count);

    /// <summary>
    /// The stage that does the same for one step of a sequence, after the steps before it; <see langword="null"/> where what it gives at a step depends on
    /// later ones, or is not a row for each step.
    /// </summary>
    public virtual StageSpec? OfStep => null;

    /// <summary>Why there is no such stage, as what is said of the layer.</summary>
    public virtual string StreamObstacle => "takes all steps at once";

    /// <summary>The floats that it keeps from one step of a sequence to the next, where it is the stage of a step.</summary>
    public virtual long StateSize => 0;

    /// <summary>Where those start in the state of a stream.</summary>
    public int StateOffset { get; init; }

    /// <summary>Whether its kernels take samples in lanes, where a vector holds one value of several samples.</summary>
    public virtual bool TakesLanes => false;

    /// <summary>What the indices that it reads are less than; <see langword="null"/> where it reads numbers of any kind.</summary>
    public virtual int? IndexLimit => null;

    /// <summary>Whether a prediction may write its outputs over what it reads from its first source.</summary>
    public virtual bool IsInPlace => false;

    /// <summary>Whether it changes nothing in a prediction, so that its outputs are what it reads.</summary>
    public virtual bool PassesOn => false;

    /// <summary>Whether what it gives is what it reads, in the same memory: it computes nothing, forward or back, and only changes the shape.</summary>
    public virtual bool IsAlias => false;

    /// <summary>What computes over the samples of a batch in training, so that they depend on each other; <see langword="null"/> where nothing does.</summary>
    public virtual string? OverBatchTitle => null;

    /// <summary>Whether it drops values in training, by masks that are drawn anew in each pass.</summary>
    public virtual bool HasMasks => false;

    /// <summary>Where its outputs lie, whatever it reads.</summary>
    public virtual ValueRange Range => ValueRange.Any;

    /// <summary>Whether its outputs are probabilities of classes.</summary>
    public virtual bool GivesProbabilities => false;

    /// <summary>Whether its kernels can only overwrite the gradients of its inputs, not add to them.</summary>
    public virtual bool OverwritesGradients => true;

    /// <summary>Whether the kernel for a single sample writes whole vectors, and with them padding.</summary>
    public virtual bool WritesWholeVectors => false;

    /// <summary>The activation whose gradient a reader can take into its own product; <see langword="null"/> where there is none.</summary>
    public virtual string? MaskName => null;

    /// <summary>Whether its gradient's product can take the activation of what it reads along.</summary>
    public virtual bool TakesMask => false;

    /// <summary>Whether in predictions it only scales and shifts each value, so that it can be folded into a product before it.</summary>
    public virtual bool ScalesInPredictions => false;

    /// <summary>Whether it is a product whose parameters can take the scales of a stage after it.</summary>
    public virtual bool TakesScales => false;

    /// <summary>The tensors of that product with the scales: its own, and biases where it has none.</summary>
    public virtual IReadOnlyList<TensorSpec> ScaledTensors => Tensors;

    /// <summary>The rows and the columns of that product's weights.</summary>
    public virtual IReadOnlyList<int> ScaledSizes => KernelSizes;

    /// <summary>Whether it is an activation that the kernel of a product before it can compute.</summary>
    public virtual bool JoinsProduct => false;

    /// <summary>The floating-point operations of its product for a sample, by which threads share the work; 0 where there is none.</summary>
    public virtual long ProductFlops => 0;

    /// <summary>The values of a sample that should stay in the cache from the way there to the way back: what it gives and keeps, and the gradients.</summary>
    public virtual long ValuesInPart => 2L * Outputs;

    /// <summary>Whether one sample goes through as dot products along its inputs.</summary>
    public virtual bool TakesDotProducts => false;

    /// <summary>The sizes that its kernels are compiled for.</summary>
    public virtual IReadOnlyList<int> KernelSizes => [];

    /// <summary>The floating-point operations of a prediction for one sample; <see langword="null"/> where there are none to speak of.</summary>
    public virtual long? Flops => null;

    /// <summary>Its shape in the table of layers.</summary>
    public virtual string ShapeText => $"{Shape}";

    /// <summary>What it does outside training, as a clause, where that is something else than in training.</summary>
    public virtual string? OutsideTraining => null;

    /// <summary>What a view of its parameters says, a line each.</summary>
    public virtual IReadOnlyList<string> ParametersSummary => [];

    /// <summary>The runtime's view of its parameters.</summary>
    public virtual string ParametersType => "";

    /// <summary>What a view of the gradients of its parameters shows, as a phrase.</summary>
    public virtual string GradientsSummary => "";

    /// <summary>The runtime's view of the gradients of its parameters.</summary>
    public virtual string GradientsType => ParametersType;

    /// <summary>The runtime's view of the gradients of its parameters and of its outputs.</summary>
    public virtual string StageType => "ActivationStage";

    /// <summary>The blocks that it has in a workspace, in addition to its outputs and their gradients.</summary>
    /// <param name="isInLanes">Whether samples lie in lanes.</param>
    public virtual IReadOnlyList<BlockSpec> Kept(bool isInLanes) => [];

    /// <summary>The floats that its kernels take on each thread, beside the blocks of a workspace.</summary>
    public virtual long ThreadScratch => 0;

    /// <summary>Those of its blocks that a prediction needs too.</summary>
    /// <param name="isInLanes">Whether samples lie in lanes.</param>
    public IEnumerable<BlockSpec> Rooms(bool isInLanes) => Kept(isInLanes).Where(static block => block.InPredictions);

    /// <summary>Its descriptions for generic code, a line for each layer in it.</summary>
    /// <param name="sources">The names of what it reads, as a list; empty where that is the layer before it.</param>
    public abstract IEnumerable<string> Describe(string sources);

    /// <summary>The arguments of a view of its tensors.</summary>
    /// <param name="span">The memory of a tensor, with its padding.</param>
    /// <param name="isOfGradients">Whether gradients are meant, which only those that are trained have.</param>
    public virtual string View(Func<TensorSpec, string> span, bool isOfGradients) => "";

    /// <summary>The same stage, laid out for samples in lanes.</summary>
    /// <param name="readsInput">Whether it reads an input as the caller gives it.</param>
    public virtual StageSpec InLanes(bool readsInput) => this;

    /// <summary>What it computes, as a comment.</summary>
    public abstract string Comment(StageContext context);

    /// <summary>The steps that compute its outputs.</summary>
    public abstract IEnumerable<Step> Forward(StageContext context);

    /// <summary>Whether <see cref="BackwardWithin"/> is much of its way back, for which threads share the samples.</summary>
    public virtual bool WorksWithin => false;

    /// <summary>The steps before a pass back that <see cref="BackwardWithin"/> needs, for all samples.</summary>
    public virtual IEnumerable<Step> PrepareWithin(StageContext context) => [];

    /// <summary>The steps before a pass back that the gradients of its sources need, for all samples.</summary>
    public virtual IEnumerable<Step> PrepareBackward(StageContext context) => [];

    /// <summary>
    /// The steps that carry the gradient of its outputs back within the stage, whether its sources need one or not: through an activation fused
    /// into it, or from step to step of a sequence.
    /// </summary>
    public virtual IEnumerable<Step> BackwardWithin(StageContext context) => [];

    /// <summary>The steps that give the gradient of one of its sources.</summary>
    /// <param name="context">The pass.</param>
    /// <param name="slot">Which of its sources.</param>
    /// <param name="isFirst">Whether the gradient is written, rather than added to.</param>
    public abstract IEnumerable<Step> Backward(StageContext context, int slot, bool isFirst);

    /// <summary>The steps for the sums over samples that are the gradients of its parameters, where they are not computed with those of its inputs.</summary>
    public virtual IEnumerable<Step> BackwardParameters(StageContext context) => [];

    /// <summary>
    /// The steps that compute at once, where the network is plain, what <see cref="BackwardParameters"/> and <see cref="Backward"/> for the only source do;
    /// none where there is no such kernel.
    /// </summary>
    public virtual IEnumerable<Step> BackwardAtOnce(StageContext context) => [];

    /// <summary>The steps that scale the parameters of a product that it is folded into.</summary>
    public virtual IEnumerable<Step> Fold(StageSpec product) => [];

    /// <summary>The product with another stage, and the activation after that, folded into it.</summary>
    public virtual StageSpec WithFolded(StageSpec scale, StageSpec? activation) => this;

    /// <summary>The kernel that computes this stage and all after it in a prediction for one sample, where there is one.</summary>
    /// <param name="rest">This stage and all after it.</param>
    /// <param name="loss">The loss of the output.</param>
    public virtual KernelTail? TailOfSample(IReadOnlyList<StageSpec> rest, LossSpec? loss) => null;

    /// <summary>The kernel that computes this stage and all after it for a tile of samples, where there is one.</summary>
    /// <param name="rest">This stage and all after it.</param>
    public virtual KernelTail? TailOfTile(IReadOnlyList<StageSpec> rest) => null;

    /// <summary>Why one array cannot hold the parameters with those of the stage; <see langword="null"/> where it can.</summary>
    /// <param name="count">The number of parameters before it.</param>
    /// <param name="length">The length of the block with its tensors.</param>
    /// <param name="most">The most floats that one array holds.</param>
    public virtual (long Length, string Of)? SizeFault(long count, long length, int most) => length > most ? (length, "parameters with their padding") : null;

    /// <summary>The same stage for one step of a sequence, where it takes each step for itself.</summary>
    /// <param name="stage">The stage, with what is its own already changed.</param>
    protected StageSpec? EachStep(StageSpec stage) => InputShape.Rank != 2 || Shape.Rank != 2 || InputShape.Sizes[0] != Shape.Sizes[0] ? null : stage with
    {
        Inputs = InputShape.Last,
        Outputs = Shape.Last,
        InputShape = Models.Shape.Of(InputShape.Last),
        Shape = Models.Shape.Of(Shape.Last),
    };

    /// <summary>Where one of <see cref="TensorBlocks"/> starts in the block of parameters; at its start until the plan has given it a place.</summary>
    protected int OffsetOf(int tensor) => tensor < Offsets.Count ? Offsets[tensor] : 0;

    /// <summary>A tensor of its parameters.</summary>
    public TensorSpec Tensor(string name) => Tensors.First(tensor => tensor.Name == name);
}
