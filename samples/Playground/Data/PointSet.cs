using System.Globalization;
using System.Text;
using Nnfs;

namespace Playground.Data;

/// <summary>Points of a plane, each of a class: what the page draws, and a network learns.</summary>
/// <param name="Data">Two features for each point: x and y from −1 to 1, or a little beyond.</param>
/// <param name="ClassNames">The names of the classes.</param>
/// <param name="Axes">What x and y are: name, and the values that lie at −1 and 1.</param>
internal sealed record PointSet(Dataset Data, IReadOnlyList<string> ClassNames, (Axis X, Axis Y) Axes)
{
    /// <summary>The most points that the page takes.</summary>
    public const int MostPoints = 2000;

    /// <summary>Points whose coordinates are those of the plane.</summary>
    /// <exception cref="PlaygroundException">There are no points of two classes, or there are too many points.</exception>
    public static PointSet OfPlane(float[] features, int[] labels)
    {
        int classes = labels.Length == 0 ? 0 : labels.Max() + 1;

        if (labels.Distinct().Count() < 2)
        {
            throw new PlaygroundException("There is nothing to tell apart yet: draw points of two classes at least.");
        }

        if (labels.Length > MostPoints)
        {
            throw new PlaygroundException($"There are {labels.Length} points, but the page takes at most {MostPoints}.");
        }

        string[] names = [.. Enumerable.Range(0, classes).Select(static label => $"class {label}")];

        return new(new Dataset(features, labels, featureCount: 2, classes), names, (new("x", -1, 1), new("y", -1, 1)));
    }

    /// <summary>The points as a file of comma-separated values, as a network of the page reads them: coordinates from −1 to 1, classes as numbers.</summary>
    public string ToCsv()
    {
        StringBuilder text = new("x,y,class\n");

        for (int i = 0; i < Data.Count; i++)
        {
            ReadOnlySpan<float> point = Data.GetSample(i);
            text.Append(CultureInfo.InvariantCulture, $"{point[0]},{point[1]},{Data.Labels[i]}\n");
        }

        return text.ToString();
    }
}
