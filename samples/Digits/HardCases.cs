namespace Digits;

/// <summary>Draws the pictures that the network gets wrong, and if they are few, those that it is least sure of.</summary>
internal static class HardCases
{
    /// <summary>Writes them as a PNG file, each with what it is and what the network says.</summary>
    public static void Save(string path, DigitData data, Predictions predictions)
    {
        PictureGrid grid = new(rows: 4, columns: 8);
        int place = 0;

        foreach (int sample in predictions.HardestFirst.Take(grid.Count))
        {
            ReadOnlySpan<float> pixels = data.Test.GetSample(sample);
            double[,] picture = new double[DigitNet.Side, DigitNet.Side];

            for (int pixel = 0; pixel < pixels.Length; pixel++)
            {
                picture[pixel / DigitNet.Side, pixel % DigitNet.Side] = pixels[pixel];
            }

            int label = data.Test.Labels[sample];
            int predicted = predictions.ClassOf(sample);
            string said = predicted == label ? $"{predictions.ProbabilityOf(sample):P0} sure" : $"taken for {data.NameOf(predicted)}";
            grid.Draw(place++, picture, new ScottPlot.Range(0, 1), new ScottPlot.Colormaps.GrayscaleReversed(), $"{data.NameOf(label)}, {said}");
        }

        grid.Save(path, cellSize: 200);
    }
}
