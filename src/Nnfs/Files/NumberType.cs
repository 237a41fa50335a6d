namespace Nnfs.Files;

/// <summary>The types of numbers in files that parameters can be read from.</summary>
internal enum NumberType
{
    Float16,
    BFloat16,
    Float32,
    Float64,
    Int8,
    UInt8,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
}
