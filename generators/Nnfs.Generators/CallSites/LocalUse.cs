using Microsoft.CodeAnalysis;

namespace Nnfs.Generators.CallSites;

/// <summary>What a body does with one of its locals.</summary>
internal sealed class LocalUse
{
    /// <summary>What the declaration assigns; <see langword="null"/> where it assigns nothing.</summary>
    public IOperation? Initializer { get; set; }

    /// <summary>Whether the local may have another value than its declaration gave it.</summary>
    public bool IsReassigned { get; set; }

    /// <summary>Whether the values in the array or span may be others than its declaration gave them.</summary>
    public bool IsWrittenInto { get; set; }
}
