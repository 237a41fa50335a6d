namespace Nnfs.Tests.Samples;

/// <summary>Names that have to be quoted.</summary>
[Sample]
internal sealed partial record Odd([Feature(Name = "a \"b\", c")] float First, [Feature(Name = "d.e")] int? Second);
