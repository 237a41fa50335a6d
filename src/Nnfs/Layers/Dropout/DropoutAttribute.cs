namespace Nnfs;

/// <summary>
/// Inverted dropout: in training each value is zero with probability <c>rate</c> and otherwise divided by <c>1 − rate</c>; in
/// predictions all pass (Srivastava et al. 2014). Which values are dropped depends on the seed in the workspace, the pass and the
/// place of the value alone.
/// </summary>
public sealed class DropoutAttribute : LayerAttribute
{
    /// <summary>A dropout.</summary>
    /// <param name="rate">The probability that a value is dropped, from 0 to less than 1.</param>
    public DropoutAttribute(double rate)
    {
        Rate = rate;
    }

    /// <summary>The probability that a value is dropped.</summary>
    public double Rate { get; }
}
