using System.Globalization;
using System.Text;

namespace Nnfs;

/// <summary>How the loss of a network went while the learning rate rose.</summary>
public sealed class LearningRateRange
{
    private readonly LearningRatePoint[] _points;

    internal LearningRateRange(LearningRatePoint[] points)
    {
        _points = points;
        Suggestion = Steepest(points);
    }

    /// <summary>The steps, from the lowest learning rate on. They end where the loss was more than four times its least, or not finite.</summary>
    public IReadOnlyList<LearningRatePoint> Points => _points;

    /// <summary>
    /// The learning rate around which the smoothed loss fell fastest, over the logarithm of the rate and a quarter of the steps: one to begin with. The first
    /// tenth of the steps does not count. <see langword="null"/> where the loss fell nowhere before its least: give more steps, or others of the rates.
    /// </summary>
    public float? Suggestion { get; }

    /// <summary>
    /// The steps as comma-separated values, whatever the culture: a line of headings (<c>learning_rate</c>, <c>loss</c>, <c>smoothed_loss</c>) and a line for
    /// each step, each ended by <c>\n</c>.
    /// </summary>
    public string ToCsv()
    {
        StringBuilder text = new("learning_rate,loss,smoothed_loss\n");

        foreach (LearningRatePoint point in _points)
        {
            text.Append(CultureInfo.InvariantCulture, $"{point.LearningRate},{point.Loss},{point.SmoothedLoss}\n");
        }

        return text.ToString();
    }

    /// <summary>
    /// The learning rate of the steepest fall before the least loss: that of the straight line through the losses around it, an eighth of the points on either
    /// side, where the difference of two would be the chance of their batches. The rates have the same ratio from step to step. The first tenth, whose smoothed
    /// losses are means of few, does not count.
    /// </summary>
    internal static float? Steepest(ReadOnlySpan<LearningRatePoint> points)
    {
        int start = (points.Length + 9) / 10;
        int reach = Math.Max(1, points.Length / 8);
        int least = start;

        for (int i = start; i < points.Length; i++)
        {
            least = points[i].SmoothedLoss < points[least].SmoothedLoss ? i : least;
        }

        float? steepest = null;
        double fall = 0;

        for (int i = start + reach; i < least && i + reach < points.Length; i++)
        {
            // The slope of the line by least squares, but for a divisor that is the same everywhere.
            double slope = 0;

            for (int distance = 1; distance <= reach; distance++)
            {
                slope += distance * ((double)points[i + distance].SmoothedLoss - points[i - distance].SmoothedLoss);
            }

            if (slope < fall)
            {
                (fall, steepest) = (slope, points[i].LearningRate);
            }
        }

        return steepest;
    }
}
