namespace Nnfs.Tests.Samples;

/// <summary>Two columns whose names have the same letters.</summary>
[Sample]
internal readonly partial record struct Twins([Feature(Name = "a_b")] float First, [Feature(Name = "a b")] float Second);
