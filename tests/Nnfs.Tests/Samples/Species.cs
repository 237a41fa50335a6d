namespace Nnfs.Tests.Samples;

internal enum Species
{
    IrisSetosa,
    Versicolor,
    Virginica,
}
