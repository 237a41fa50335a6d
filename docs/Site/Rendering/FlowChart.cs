using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Nnfs.Site.Rendering;

/// <summary>
/// Draws what a network's <c>Summary</c> writes as a flow chart of Mermaid: boxes in rows from top to bottom, each below all that it reads. An edge that passes
/// a row has a place of its own in it.
/// </summary>
internal sealed partial class FlowChart
{
    private const double RowHeight = 76;
    private const double BoxHeight = 34;
    private const double Gap = 28;
    private const double PlaceOfEdge = 24;
    private const double LetterWidth = 8.2;

    private readonly Dictionary<string, Box> _boxes = new(StringComparer.Ordinal);
    private readonly List<Edge> _edges = [];
    private readonly List<List<Box>> _rows = [];

    private FlowChart(string text)
    {
        foreach (string line in text.Split('\n').Skip(1).Where(static line => !string.IsNullOrWhiteSpace(line)))
        {
            Read(line);
        }

        foreach (Box box in _boxes.Values)
        {
            Place(box, box.Row);
        }

        foreach (Edge edge in _edges)
        {
            edge.Way.AddRange(
                Enumerable.Range(edge.From.Row + 1, edge.To.Row - edge.From.Row - 1).Select(row => Place(new Box("", isRound: false) { Row = row }, row)));
        }
    }

    /// <summary>The drawing as SVG, whose colours are those of the page.</summary>
    /// <exception cref="SiteException">A line is neither a box nor an edge.</exception>
    public static string Draw(string text) => new FlowChart(text).Draw();

    private void Read(string line)
    {
        if (BoxLine().Match(line) is { Success: true } box)
        {
            _boxes.Add(box.Groups["id"].Value, new Box(WebUtility.HtmlDecode(box.Groups["label"].Value), box.Groups["round"].Success));
        }
        else if (EdgeLine().Match(line) is { Success: true } edge)
        {
            Box from = _boxes[edge.Groups["from"].Value];
            Box to = _boxes[edge.Groups["to"].Value];
            to.Row = Math.Max(to.Row, from.Row + 1);
            _edges.Add(new Edge(from, to, edge.Groups["label"].Value));
        }
        else
        {
            throw new SiteException($"A flow chart can't have the line '{line.Trim()}'.");
        }
    }

    private Box Place(Box box, int row)
    {
        while (_rows.Count <= row)
        {
            _rows.Add([]);
        }

        _rows[row].Add(box);

        return box;
    }

    private string Draw()
    {
        double width = _rows.Max(WidthOf);
        StringBuilder svg = new();

        foreach (List<Box> row in _rows)
        {
            double x = (width - WidthOf(row)) / 2;

            foreach (Box box in row)
            {
                box.Centre = x + (box.Width / 2);
                x += box.Width + Gap;
            }
        }

        svg.Append(CultureInfo.InvariantCulture, $"<div class=\"table\" tabindex=\"0\"><svg class=\"chart\" role=\"img\" aria-label=\"{Encode(Describe())}\"");
        svg.Append(CultureInfo.InvariantCulture, $" width=\"{width + 2:F0}\" height=\"{(_rows.Count * RowHeight) - RowHeight + BoxHeight + 2:F0}\">\n");

        foreach (Edge edge in _edges)
        {
            Draw(svg, edge);
        }

        foreach (Box box in _boxes.Values)
        {
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<rect x=\"{box.Left:F1}\" y=\"{box.Top:F1}\" width=\"{box.Width:F1}\" height=\"{BoxHeight}\" rx=\"{(box.IsRound ? BoxHeight / 2 : 4)}\"/>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{box.Centre:F1}\" y=\"{box.Top + (BoxHeight / 2) + 5:F1}\">{Encode(box.Label)}</text>\n");
        }

        return svg.Append("</svg></div>").ToString();
    }

    private static void Draw(StringBuilder svg, Edge edge)
    {
        Box from = edge.From;
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{from.Centre:F1} {from.Top + BoxHeight:F1}");

        foreach (Box to in edge.Way.Append(edge.To))
        {
            double bottom = from.Top + BoxHeight;
            double middle = (bottom + to.Top) / 2;
            svg.Append(CultureInfo.InvariantCulture, $" C{from.Centre:F1} {middle:F1} {to.Centre:F1} {middle:F1} {to.Centre:F1} {to.Top:F1}");

            if (to != edge.To)
            {
                svg.Append(CultureInfo.InvariantCulture, $" V{to.Top + BoxHeight:F1}");
            }

            from = to;
        }

        Box first = edge.Way.Append(edge.To).First();
        double x = (edge.From.Centre + first.Centre) / 2;
        double y = (edge.From.Top + BoxHeight + first.Top) / 2;
        svg.Append(CultureInfo.InvariantCulture, $"\"/>\n<text class=\"size\" x=\"{x:F1}\" y=\"{y + 5:F1}\">{Encode(edge.Label)}</text>\n");
    }

    private string Describe() =>
        $"The network: {string.Join("; ", _edges.Select(static edge => $"{edge.From.Label} to {edge.To.Label}, {edge.Label} values"))}";

    private static double WidthOf(List<Box> row) => row.Sum(static box => box.Width) + (Gap * (row.Count - 1));

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    [GeneratedRegex("""^ *(?<id>\w+)(?<round>\()?\["(?<label>[^"]*)"\]\)?$""")]
    private static partial Regex BoxLine();

    [GeneratedRegex("""^ *(?<from>\w+) -- (?<label>.+) --> (?<to>\w+)$""")]
    private static partial Regex EdgeLine();

    /// <summary>A box, or without a label the place of an edge in a row.</summary>
    private sealed class Box(string label, bool isRound)
    {
        public string Label => label;

        public bool IsRound => isRound;

        public int Row { get; set; }

        public double Centre { get; set; }

        public double Width => Label.Length == 0 ? PlaceOfEdge : (Label.Length * LetterWidth) + 24;

        public double Left => Centre - (Width / 2);

        public double Top => (Row * RowHeight) + 1;
    }

    /// <summary>An edge with the places of the rows that it passes.</summary>
    private sealed class Edge(Box from, Box to, string label)
    {
        public Box From => from;

        public Box To => to;

        public string Label => label;

        public List<Box> Way { get; } = [];
    }
}
