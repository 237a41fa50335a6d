namespace Nnfs.Benchmarks;

/// <summary>Prints the table line by line as results come in, and counts the aims that are reached.</summary>
internal sealed class Report(TextWriter writer)
{
    private int _aims;
    private int _reached;

    public void Section(string title)
    {
        writer.WriteLine();
        writer.WriteLine(title);
        writer.WriteLine($"  {"work",-46}{"against",-28}{"ours",10}{"theirs",11}{"ratio",9}  {"quartiles",-19}aim");
    }

    /// <summary>A comparison by the ratio of a rival's time to ours, or another figure where the two have no times.</summary>
    /// <param name="work">What is done.</param>
    /// <param name="against">Whom or what it is compared with.</param>
    /// <param name="ours">Our time.</param>
    /// <param name="theirs">The other's time.</param>
    /// <param name="figure">The figure, round by round.</param>
    /// <param name="format">How the figure is printed.</param>
    /// <param name="aim">What the figure is to reach, or null where it is only told.</param>
    public void Line(string work, string against, string ours, string theirs, Spread figure, Func<double, string> format, Aim? aim)
    {
        string verdict = "";

        if (aim is not null)
        {
            bool reached = aim.IsReachedBy(figure.Median);
            _aims++;
            _reached += reached ? 1 : 0;
            verdict = $"{(aim.IsUpperBound ? "≤" : "≥")} {format(aim.Limit),-8} {(reached ? "reached" : "MISSED")}";
        }

        string quartiles = $"{format(figure.Lower)} – {format(figure.Upper)}";
        writer.WriteLine($"  {work,-46}{against,-28}{ours,10}{theirs,11}{format(figure.Median),9}  {quartiles,-19}{verdict}".TrimEnd());
    }

    public void Note(string text) => writer.WriteLine(text);

    public void Summary()
    {
        writer.WriteLine();
        writer.WriteLine($"{_reached} of {_aims} aims reached");
    }
}
