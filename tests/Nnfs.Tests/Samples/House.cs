namespace Nnfs.Tests.Samples;

/// <summary>A struct that a constructor makes in part, with several numbers to predict.</summary>
[Sample]
internal readonly partial struct House
{
    public House(int rooms)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rooms);
        Rooms = rooms;
    }

    [Feature]
    public int Rooms { get; }

    [Feature(Name = "Living area", Scaling = FeatureScaling.Log)]
    public double Area { get; init; }

    [Label]
    public float Price { get; init; }

    [Label(2, Scaling = FeatureScaling.None)]
    public double[]? Place { get; init; }
}
