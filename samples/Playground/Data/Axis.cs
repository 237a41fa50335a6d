namespace Playground.Data;

/// <summary>One coordinate of the points.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Low">The value that lies at −1.</param>
/// <param name="High">The value that lies at 1.</param>
internal sealed record Axis(string Name, double Low, double High);
