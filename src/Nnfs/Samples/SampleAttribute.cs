namespace Nnfs;

/// <summary>
/// Declares a partial record, class or struct as a sample: what a network learns from. Its members with <see cref="FeatureAttribute"/> are what the network
/// reads, the one with <see cref="LabelAttribute"/> is what it predicts. The source generator writes the rest of the type.
/// </summary>
/// <example>
/// <code>
/// [Sample]
/// public partial record Flower(
///     [Feature] float SepalLength,
///     [Feature] Colour Colour,
///     [Feature] float? Weight,
///     [Label] Species Species);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = false, Inherited = false)]
public sealed class SampleAttribute : Attribute;
