namespace Nnfs.Tests.Samples;

/// <summary>Features that may be missing beside others of the same types that may not.</summary>
[Sample]
internal sealed partial record Survey(
    [Feature] Answer First, [Feature] Answer? Second, [Feature] bool Flag, [Feature] double Size, [Feature] double? Weight, [Feature(2)] int[]? Counts);
