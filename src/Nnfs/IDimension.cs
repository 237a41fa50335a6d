using System.ComponentModel;

namespace Nnfs;

/// <summary>
/// A size known at compile time. A kernel that is generic over its dimensions is compiled once for each shape, with the
/// sizes as constants.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IDimension
{
    /// <summary>The size, at least 1.</summary>
    static abstract int Value { get; }
}
