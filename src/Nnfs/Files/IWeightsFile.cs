using System.Collections.Immutable;

namespace Nnfs.Files;

/// <summary>A file with tensors that parameters can be read from.</summary>
internal interface IWeightsFile : IDisposable
{
    /// <summary>The tensors in the file's order.</summary>
    ImmutableArray<FileTensor> Tensors { get; }

    /// <summary>Whether the file's order is that in which its program had the tensors, and not one of names.</summary>
    bool KeepsOrder { get; }

    /// <summary>The values of a tensor, row by row.</summary>
    /// <param name="name">The name of a tensor whose type <see cref="FileNumbers"/> reads.</param>
    float[] Read(string name);
}
