namespace Nnfs;

/// <summary>
/// The mean over outputs and samples of <c>½e²</c> where <c>|e| ≤ delta</c>, and of <c>delta·(|e| − ½delta)</c> elsewhere, for <c>e = y − t</c> (Huber 1964).
/// Its gradient is <c>e</c>, limited to [−delta, delta], divided by <c>outputs·n</c>.
/// </summary>
public sealed class HuberAttribute : LossAttribute
{
    /// <summary>A Huber loss.</summary>
    /// <param name="delta">The error up to which the loss is quadratic, more than 0; beyond it, the loss is linear.</param>
    public HuberAttribute(double delta = 1)
    {
        Delta = delta;
    }

    /// <summary>The error up to which the loss is quadratic; beyond it, the loss is linear.</summary>
    public double Delta { get; }
}
