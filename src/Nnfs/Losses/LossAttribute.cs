namespace Nnfs;

/// <summary>
/// The loss that a network, or one of its outputs, is trained on. It comes after the last layer, and before the <see cref="OutputAttribute"/> that it belongs
/// to.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LossAttribute : Attribute
{
    // The generator knows the losses; one that it does not know could not be written.
    private protected LossAttribute()
    {
    }

    /// <summary>What the loss is multiplied by in the loss of the network, the weighted sum of the losses of its outputs. More than 0; 1 by default.</summary>
    public double Weight { get; set; } = 1;
}
