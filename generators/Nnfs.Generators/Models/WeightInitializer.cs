namespace Nnfs.Generators.Models;

/// <summary>How weights are drawn; the names and numbers are those of the runtime's enumeration.</summary>
internal enum WeightInitializer
{
    Auto,
    HeNormal,
    GlorotUniform,
    ScaledNormal,
}
