using System.Text;

namespace Nnfs;

/// <summary>What a network loses without each of its features.</summary>
public sealed class FeatureImportances
{
    private readonly FeatureImportance[] _features;

    internal FeatureImportances(FeatureImportance[] features) => _features = features;

    /// <summary>The features, or groups of them, in their order.</summary>
    public IReadOnlyList<FeatureImportance> Features => _features;

    /// <summary>A line for each feature, the one first without which the loss rises most.</summary>
    public override string ToString()
    {
        int width = Math.Max("feature".Length, _features.Max(static feature => feature.Name.Length));
        StringBuilder text = new($"{"feature".PadRight(width)}  loss rises by      accuracy falls by");

        foreach (FeatureImportance feature in _features.OrderByDescending(static feature => feature.LossRise.Mean))
        {
            string rise = feature.LossRise.ToString().PadRight("loss rises by".Length + 4);
            text.Append('\n').Append(feature.Name.PadRight(width)).Append("  ").Append(rise).Append("  ").Append(feature.AccuracyDrop);
        }

        return text.ToString();
    }
}
