namespace Nnfs.Tests.Networks.Samples;

/// <summary>A sample that is an index alone.</summary>
[Sample]
public partial record Halt([Feature(Embedding = 2)] Station Station, [Label] float Wait);
