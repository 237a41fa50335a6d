namespace Nnfs.Tests.Samples;

/// <summary>The sample of most tests: a record with features of several kinds and a label that may be missing.</summary>
[Sample]
internal sealed partial record Flower(
    [Feature] float SepalLength,
    [Feature] Colour Colour,
    [Feature] float? Weight,
    [Label] Species? Species);
