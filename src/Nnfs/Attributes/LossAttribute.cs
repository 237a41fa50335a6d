namespace Nnfs;

/// <summary>The loss that a network is trained on. It stands after the last layer.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LossAttribute : Attribute
{
    // The generator knows the losses; one that it does not know could not be written.
    private protected LossAttribute()
    {
    }
}
