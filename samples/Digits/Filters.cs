using System.Numerics.Tensors;

namespace Digits;

/// <summary>Draws the filters of the first convolution: what a filter adds is red, what it subtracts is blue.</summary>
internal static class Filters
{
    private const int Columns = 8;

    /// <summary>Writes all filters as a PNG file.</summary>
    public static void Save(string path, DigitNet net)
    {
        // [kernel height, kernel width, channels, filters], with one channel.
        TensorSpan<float> weights = net.Conv2D1.Weights;
        (int height, int width, int filters) = ((int)weights.Lengths[0], (int)weights.Lengths[1], (int)weights.Lengths[3]);
        PictureGrid grid = new(filters / Columns, Columns);
        double[][,] pictures = new double[filters][,];
        double greatest = 0;

        for (int filter = 0; filter < filters; filter++)
        {
            pictures[filter] = new double[height, width];

            for (int row = 0; row < height; row++)
            {
                for (int column = 0; column < width; column++)
                {
                    double weight = weights[row, column, 0, filter];
                    pictures[filter][row, column] = weight;
                    greatest = Math.Max(greatest, Math.Abs(weight));
                }
            }
        }

        for (int filter = 0; filter < filters; filter++)
        {
            grid.Draw(filter, pictures[filter], new ScottPlot.Range(-greatest, greatest), new ScottPlot.Colormaps.Balance(), $"filter {filter}");
        }

        grid.Save(path, cellSize: 160);
    }
}
