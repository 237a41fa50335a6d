namespace Nnfs.Generators.Models;

/// <summary>A member that is a label.</summary>
/// <param name="Member">The member.</param>
/// <param name="Scaling">How its numbers are scaled.</param>
internal sealed record LabelTarget(SampleMember Member, FeatureScaling Scaling);
