using System.Numerics;

namespace Digits;

/// <summary>A line through points of the unit square, x to the right and y down.</summary>
internal sealed record Stroke(Vector2[] Points)
{
    private const int PointsPerArc = 16;

    /// <summary>A straight line, or several joined.</summary>
    public static Stroke Line(params (float X, float Y)[] points) => new([.. points.Select(static point => new Vector2(point.X, point.Y))]);

    /// <summary>A part of an ellipse, clockwise from one angle to another: 0° is right, 90° down.</summary>
    public static Stroke Arc(float x, float y, float width, float height, float from, float to)
    {
        Vector2[] points = new Vector2[PointsPerArc + 1];

        for (int i = 0; i <= PointsPerArc; i++)
        {
            float angle = (from + ((to - from) * i / PointsPerArc)) * MathF.PI / 180;
            points[i] = new Vector2(x + (width * MathF.Cos(angle)), y + (height * MathF.Sin(angle)));
        }

        return new Stroke(points);
    }

    /// <summary>The stroke and on to more points.</summary>
    public Stroke To(params (float X, float Y)[] points) => new([.. Points, .. Line(points).Points]);

    /// <summary>How far a point is from the line.</summary>
    public float DistanceTo(Vector2 point)
    {
        float least = float.PositiveInfinity;

        for (int i = 1; i < Points.Length; i++)
        {
            Vector2 start = Points[i - 1];
            Vector2 along = Points[i] - start;
            float share = Math.Clamp(Vector2.Dot(point - start, along) / Math.Max(along.LengthSquared(), 1e-9f), 0, 1);
            least = Math.Min(least, Vector2.Distance(point, start + (share * along)));
        }

        return least;
    }
}
