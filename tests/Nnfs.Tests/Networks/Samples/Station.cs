namespace Nnfs.Tests.Networks.Samples;

/// <summary>Where a trip starts or ends.</summary>
public enum Station
{
    North,
    South,
    East,
    West,
}
