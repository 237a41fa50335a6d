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
    /// The learning rate at which the smoothed loss fell fastest, over the logarithm of the rate: one to begin with. <see langword="null"/> where it never
    /// fell.
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
    /// The learning rate of the steepest fall before the least loss, between its neighbours; the rates have the same ratio from step to step.
    /// </summary>
    internal static float? Steepest(ReadOnlySpan<LearningRatePoint> points)
    {
        float? steepest = null;
        float fall = 0f;
        int least = 0;

        for (int i = 0; i < points.Length; i++)
        {
            least = points[i].SmoothedLoss < points[least].SmoothedLoss ? i : least;
        }

        for (int i = 1; i < least; i++)
        {
            float difference = points[i + 1].SmoothedLoss - points[i - 1].SmoothedLoss;

            if (difference < fall)
            {
                (fall, steepest) = (difference, points[i].LearningRate);
            }
        }

        return steepest;
    }
}
