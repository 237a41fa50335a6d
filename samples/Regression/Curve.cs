using ScottPlot;

namespace Regression;

/// <summary>What the network computes after some epochs: its output over an interval that is wider than the data's.</summary>
/// <param name="Epoch">The number of epochs.</param>
/// <param name="Points">The curve.</param>
internal sealed record Curve(int Epoch, Coordinates[] Points)
{
    public const double From = -0.1;
    public const double To = 1.1;

    /// <summary>The curve of the network as it is now.</summary>
    public static Curve Of(SineNet net, int epoch)
    {
        const int Count = 600;
        float[] x = [.. Enumerable.Range(0, Count).Select(static i => (float)(From + ((To - From) * i / (Count - 1))))];
        float[] y = new float[Count];
        net.Predict(x, y);

        return new Curve(epoch, [.. x.Zip(y, static (x, y) => new Coordinates(x, y))]);
    }
}
