namespace Nnfs.Onnx.Tests;

/// <summary>A parcel with gaps, a category and skewed numbers.</summary>
[Sample]
public partial record Parcel(
    [Feature(Scaling = FeatureScaling.MinMax)] float? Weight,
    [Feature(Scaling = FeatureScaling.Log)] double? Price,
    [Feature] Way Way,
    [Feature] double Distance,
    [Feature(Scaling = FeatureScaling.None)] int? Stops,
    [Label] Arrival Arrival)
{
    /// <summary>Some parcels, drawn at random.</summary>
    public static Parcel[] Draw(int count)
    {
        Random random = new(1);

        return [.. Enumerable.Range(0, count).Select(_ => new Parcel(
            random.Next(4) == 0 ? null : random.NextSingle() * 20,
            random.Next(4) == 0 ? null : Math.Exp(10 * random.NextDouble()),
            (Way)random.Next(2),
            random.NextDouble() * 5000,
            random.Next(4) == 0 ? null : random.Next(9),
            (Arrival)random.Next(3)))];
    }
}

public enum Way
{
    Road,
    Air,
}

public enum Arrival
{
    Early,
    Late,
    Lost,
}

/// <summary>What a parcel costs.</summary>
[Sample]
public partial record Cost([Feature] double Distance, [Label] double Price);

/// <summary>A parcel's way between two zones, the second of which may be missing.</summary>
[Sample]
public partial record Route(
    [Feature] double Distance, [Feature(Embedding = 3)] Zone From, [Feature(Embedding = 2)] Zone? To, [Label] Arrival Arrival)
{
    /// <summary>Some routes, drawn at random.</summary>
    public static Route[] Draw(int count)
    {
        Random random = new(2);

        return [.. Enumerable.Range(0, count).Select(_ => new Route(
            random.NextDouble() * 5000, (Zone)random.Next(4), random.Next(4) == 0 ? null : (Zone)random.Next(4), (Arrival)random.Next(3)))];
    }
}

/// <summary>A zone alone.</summary>
[Sample]
public partial record Place([Feature(Embedding = 2)] Zone Zone, [Label] double Price);

public enum Zone
{
    North,
    South,
    East,
    West,
}

/// <summary>Three classes of routes.</summary>
[Network(typeof(Route))]
[Dense(8)]
[ReLU]
[Dense]
[SoftmaxCrossEntropy]
public partial class RouteNet;

/// <summary>One number of a zone.</summary>
[Network(typeof(Place))]
[Dense]
[MeanSquaredError]
public partial class PlaceNet;

/// <summary>Three classes.</summary>
[Network(typeof(Parcel))]
[Dense(8)]
[ReLU]
[Dense]
[SoftmaxCrossEntropy]
public partial class ParcelNet;

/// <summary>One number.</summary>
[Network(typeof(Cost))]
[Dense(6)]
[Tanh]
[Dense]
[MeanSquaredError]
public partial class CostNet;
