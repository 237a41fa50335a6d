namespace Nnfs.Generators.Models;

/// <summary>What a loss can know of the pass that it is written for.</summary>
/// <param name="Target">What its output is compared with.</param>
/// <param name="Shape">The shape of its output for a sample.</param>
/// <param name="IsInLanes">Whether a vector holds one value of several samples.</param>
internal sealed record LossContext(TargetKind Target, Shape Shape, bool IsInLanes)
{
    /// <summary>The values of its output for a sample.</summary>
    public int Size => Shape.Size;

    /// <summary>The classes, where it tells some apart: one value for each at each position.</summary>
    public int Classes => Shape.Last;

    /// <summary>The samples of the pass, or where each has several positions, all of them: the rows of classes.</summary>
    public Operand Rows => Operand.Rows(Shape.Positions);

    /// <summary>The number of rows, in comments.</summary>
    public string RowCount => Shape.Positions == 1 ? "samples" : $"(samples · {Shape.Positions})";

    /// <summary>Whether it is told labels, rather than targets.</summary>
    public bool TakesLabels => Target == TargetKind.Labels;
}
