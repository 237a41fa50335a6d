namespace Nnfs.Generators.Models;

/// <summary>How numbers are scaled, as the library's own enumeration of that name has it.</summary>
internal enum FeatureScaling
{
    Standardize,
    MinMax,
    None,
    Log,
}
