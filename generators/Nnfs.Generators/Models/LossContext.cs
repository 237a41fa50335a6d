namespace Nnfs.Generators.Models;

/// <summary>What a loss can know of the pass that it is written for.</summary>
/// <param name="Answer">What its output is compared with.</param>
/// <param name="Size">The values of its output for a sample.</param>
/// <param name="IsInLanes">Whether a vector holds one value of several samples.</param>
internal sealed record LossContext(AnswerKind Answer, int Size, bool IsInLanes)
{
    /// <summary>Whether it is told labels, rather than targets.</summary>
    public bool TakesLabels => Answer == AnswerKind.Labels;
}
