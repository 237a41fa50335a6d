using Nnfs.Generators.Models;

namespace Nnfs.Generators;

/// <summary>What the parser made of one type of samples.</summary>
/// <param name="Name">The type's full name.</param>
/// <param name="Sample">What is to be generated; <see langword="null"/> where nothing can be.</param>
internal sealed record SampleReading(string Name, SampleSpec? Sample);
