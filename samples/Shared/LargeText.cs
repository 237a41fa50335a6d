using ScottPlot;

namespace Samples;

/// <summary>Text of plots that can be read in a small picture as well.</summary>
internal static class LargeText
{
    /// <summary>Sets the size of all text, for about 800 pixels a plot.</summary>
    public static void Use(Plot plot)
    {
        // Where this font is missing, ScottPlot takes the system's.
        plot.Font.Set("DejaVu Sans");
        plot.Axes.Title.Label.FontSize = 22;
        plot.Axes.Left.Label.FontSize = 20;
        plot.Axes.Bottom.Label.FontSize = 20;
        plot.Axes.Left.TickLabelStyle.FontSize = 16;
        plot.Axes.Bottom.TickLabelStyle.FontSize = 16;
        plot.Legend.FontSize = 17;
    }
}
