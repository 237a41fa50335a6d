using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Where the operands of kernels lie in some pass, as text.</summary>
internal abstract class OperandTexts
{
    protected OperandTexts(NetworkSpec network)
    {
        Network = network;
    }

    protected NetworkSpec Network { get; }

    /// <summary>Whether the values are samples in lanes.</summary>
    public virtual bool IsInLanes => Network.Plan == NetworkPlan.Lanes;

    /// <summary>Whether the kernel stands in a lambda, which the threads of the workspace run.</summary>
    protected bool IsShared { get; private set; }

    /// <summary>The same for a kernel in a lambda that the threads of the workspace run.</summary>
    public OperandTexts Shared()
    {
        OperandTexts shared = (OperandTexts)MemberwiseClone();
        shared.IsShared = true;

        return shared;
    }

    /// <summary>The same for a step in a lambda that each thread of the workspace runs for its own samples.</summary>
    public virtual OperandTexts OfThread() => throw new InvalidOperationException();

    /// <summary>The inputs of the network, as the threads of the workspace are handed them; nothing where the workspace keeps them.</summary>
    public string InputsArgument => Network.KeepsInputs ? "default" : "inputs";

    /// <summary>The type that carries a size to a kernel.</summary>
    public string Dimension(int size) => Names.Dimension(Network, size);

    /// <summary>Whether an operand is the span of the network's inputs, which a pass has to be handed.</summary>
    public bool IsOfInputs(Operand operand) =>
        operand.Kind == OperandKind.Value && Network.RootOf(Stage.Sources[operand.Slot]) < 0 && !Network.KeepsInputs && !IsInLanes;

    /// <summary>An argument with the kernel's name for it.</summary>
    public string Of(Argument argument) => argument.Name is null ? Of(argument.Operand) : $"{argument.Name}: {Of(argument.Operand)}";

    /// <summary>An operand.</summary>
    public string Of(Operand operand) => operand.Kind switch
    {
        OperandKind.Value => Value(operand),
        OperandKind.Output => Output(operand),
        OperandKind.ValueGradient => ValueGradient(operand),
        OperandKind.OutputGradient => OutputGradient(operand),
        OperandKind.Tensor => Tensor(operand.Name),
        OperandKind.TensorGradient => $"workspace.{TensorMembers.Gradient(Network, Stage, Stage.Tensor(operand.Name))}",
        OperandKind.ProductTensor => ProductTensor(operand.Name),
        OperandKind.ScaledTensor => ScaledTensor(operand.Name),
        OperandKind.Window => Stage.WindowName,
        OperandKind.State => $"streamState.Slice({Stage.StateOffset})",
        OperandKind.StateStride => $"{Network.StateSize}",
        OperandKind.Target => Target,
        OperandKind.ParameterRange => Own(TensorMembers.Parameters(Network, operand.Slot)),
        OperandKind.GradientRange => $"workspace.{TensorMembers.Gradients(Network, operand.Slot)}",
        OperandKind.Kept => Kept(Network.Stages[StageNumber + operand.Ahead], operand),
        OperandKind.Samples => operand.Size > 1 ? Rows(operand.Size) : Samples,
        OperandKind.Stride => Stride,
        OperandKind.Start => "start",
        OperandKind.First => Names.Times(First, operand.Size),
        OperandKind.Adds => Network.PartSamples is null ? "false" : "workspace._start > 0",
        OperandKind.Count => "count",
        OperandKind.FirstValue => Network.Plan == NetworkPlan.Plain ? "0" : $"start * {operand.Size}L",
        OperandKind.Text => operand.Name,
        _ => throw new ArgumentOutOfRangeException(nameof(operand)),
    };

    /// <summary>The number of the stage whose operands are meant.</summary>
    protected abstract int StageNumber { get; }

    protected StageSpec Stage => Network.Stages[StageNumber];

    protected abstract string Samples { get; }

    /// <summary>The first of the samples in their blocks.</summary>
    protected virtual string First => "start";

    /// <summary>The rows that kernels take, where a sample has several.</summary>
    protected virtual string Rows(int positions) => $"{Samples} * {positions}";

    protected virtual string Stride => "stride";

    protected virtual string Tensor(string name) => Own(TensorMembers.Parameter(Network, Stage, Stage.Tensor(name)));

    protected virtual string ProductTensor(string name) => throw new ArgumentOutOfRangeException(nameof(name));

    protected virtual string ScaledTensor(string name) => throw new ArgumentOutOfRangeException(nameof(name));

    /// <summary>Labels or targets, with the kernel's name for them where it is needed.</summary>
    protected virtual string Target => throw new InvalidOperationException();

    protected abstract string Value(Operand operand);

    protected abstract string Output(Operand operand);

    protected virtual string ValueGradient(Operand operand) => throw new ArgumentOutOfRangeException(nameof(operand));

    protected virtual string OutputGradient(Operand operand) => throw new ArgumentOutOfRangeException(nameof(operand));

    protected virtual string Kept(StageSpec stage, BlockSpec block) => $"workspace.{Names.BlockField(stage, block)}.Span";

    private string Kept(StageSpec stage, Operand operand)
    {
        BlockSpec block = stage.Kept(IsInLanes).First(block => block.Name == operand.Name);

        return operand.Extent == OperandExtent.Block ? $"workspace.{Names.BlockField(stage, block)}" : Kept(stage, block);
    }

    /// <summary>A member of the network; what a lambda calls is static and takes the network as an argument.</summary>
    private string Own(string member) => IsShared ? $"network.{member}" : member;
}
