namespace Nnfs.Tests.Samples;

/// <summary>A single column.</summary>
[Sample]
internal sealed partial record Only([Feature] float? X);
