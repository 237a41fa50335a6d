namespace Nnfs.Tests.Samples;

/// <summary>Two of its names are also texts for missing values.</summary>
internal enum Answer
{
    Yes,
    NA,
    None,
}
