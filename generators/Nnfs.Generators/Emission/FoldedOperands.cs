using Nnfs.Generators.Models;
using Nnfs.Generators.Planning;

namespace Nnfs.Generators.Emission;

/// <summary>The operands of a product with a stage folded into it, and of the step that folds it: scaled tensors lie in scratch memory.</summary>
internal sealed class FoldedOperands : OperandTexts
{
    private readonly FoldedStage _fold;
    private readonly string _source;
    private readonly string _destination;
    private readonly bool _isScaled;

    /// <param name="network">The network.</param>
    /// <param name="fold">The folding.</param>
    /// <param name="source">What the product reads.</param>
    /// <param name="destination">The memory that it writes.</param>
    /// <param name="isScaled">Whether the product is meant, whose tensors are scaled, rather than the step that scales them.</param>
    private FoldedOperands(NetworkSpec network, FoldedStage fold, string source, string destination, bool isScaled)
        : base(network)
    {
        _fold = fold;
        _source = source;
        _destination = destination;
        _isScaled = isScaled;
    }

    protected override int StageNumber => _isScaled ? _fold.Product : _fold.Scale;

    protected override string Samples => "samples";

    /// <summary>The operands of the step that scales the tensors.</summary>
    public static FoldedOperands OfFolding(NetworkSpec network, FoldedStage fold) => new(network, fold, source: "", destination: "", isScaled: false);

    /// <summary>The operands of the product with scaled tensors.</summary>
    public static FoldedOperands OfProduct(NetworkSpec network, FoldedStage fold, string source, string destination) =>
        new(network, fold, source, destination, isScaled: true);

    protected override string Tensor(string name) => _isScaled ? Scaled(name) : base.Tensor(name);

    protected override string ProductTensor(string name) => Network.Stages[_fold.Product] is var product && product.Tensors.Any(tensor => tensor.Name == name)
        ? TensorMembers.Parameter(Network, product, product.Tensor(name))
        : "default";

    protected override string ScaledTensor(string name) => Scaled(name);

    protected override string Value(Operand operand) => _source;

    protected override string Output(Operand operand) => _destination;

    private string Scaled(string name)
    {
        (int offset, int length) = _fold.ScaledPart(Network.Stages[_fold.Product], name, Network.Plans.Scratch.FoldedOffset);

        return $"scratch.Slice({offset}, {length})";
    }
}
