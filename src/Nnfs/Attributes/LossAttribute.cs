namespace Nnfs;

/// <summary>The loss that a network is trained on. It stands after the last layer.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LossAttribute : Attribute;
