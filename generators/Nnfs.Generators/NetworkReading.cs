using Nnfs.Generators.Models;

namespace Nnfs.Generators;

/// <summary>What the parser made of one class.</summary>
/// <param name="Name">The class's full name.</param>
/// <param name="Network">What is to be generated; <see langword="null"/> where nothing can be.</param>
internal sealed record NetworkReading(string Name, NetworkSpec? Network);
