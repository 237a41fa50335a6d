namespace Nnfs;

/// <summary>
/// The mean over outputs and samples of <c>½e²</c> where <c>|e| ≤ delta</c>, and of <c>delta·(|e| − ½delta)</c> elsewhere, for <c>e = y − t</c> (Huber 1964).
/// Its gradient is <c>e</c>, limited to [−delta, delta], divided by <c>outputs·n</c>.
/// </summary>
public sealed class HuberAttribute : LossAttribute
{
    /// <summary>A Huber loss.</summary>
    /// <param name="delta">Where the loss turns from a square to a line, more than 0.</param>
    public HuberAttribute(float delta = 1f)
    {
        Delta = delta;
    }

    /// <summary>Where the loss turns from a square to a line.</summary>
    public float Delta { get; }
}
