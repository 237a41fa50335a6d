using System.Diagnostics.CodeAnalysis;

namespace Nnfs.Tests.Samples;

/// <summary>Its names come in the order of their values: White, Red (and Crimson), Blue.</summary>
internal enum Colour
{
    Red = 3,
    White = -1,
    [SuppressMessage("Design", "CA1069", Justification = "A name with the value of another counts once.")]
    Crimson = 3,
    Blue = 7,
}
