using System.Globalization;
using System.Security;
using System.Text;
using Nnfs.Sweeps.Parameters;

namespace Nnfs.Sweeps.Reports;

/// <summary>Draws the figures of the trials over the values of each parameter, and over the epochs where there are several steps.</summary>
internal sealed class SweepPicture
{
    private const int PanelWidth = 380, PanelHeight = 300, Columns = 3, Header = 56;
    private const int Left = 66, Right = 16, Top = 14, Bottom = 52;

    // Colours that colour-blind people can tell apart (Okabe and Ito 2008).
    private const string Plain = "#0072B2", Pale = "#9BB8C9", Strong = "#D55E00";

    private readonly StringBuilder _text = new();
    private readonly SweepResult _result;
    private readonly TrialResult[] _trials;
    private readonly NumberAxis _figures;

    private SweepPicture(SweepResult result)
    {
        _result = result;

        // The best comes last, so that it lies above the others.
        _trials = [.. result.Trials.Where(static trial => trial.Figure is not null).OrderBy(trial => trial == result.Best)];
        _figures = FigureAxis([.. _trials.SelectMany(static trial => trial.Steps).Select(static step => step.Figure)]);
    }

    /// <summary>Draws the picture of a sweep.</summary>
    public static string Draw(SweepResult result) => new SweepPicture(result).Draw();

    private string Draw()
    {
        bool hasSteps = _trials.Any(static trial => trial.Steps.Count > 1);
        int panels = _result.Objective.Space.Count + (hasSteps ? 1 : 0);
        int columns = Math.Min(panels, Columns);
        int width = columns * PanelWidth;
        int height = Header + (((panels - 1) / columns) + 1) * PanelHeight;

        Line($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" """);
        Line($"""font-family="DejaVu Sans, sans-serif">""");
        Line($"""<rect width="{width}" height="{height}" fill="white"/>""");
        Label(16, 26, 17, "start", Title());

        if (_result.Best is { } best)
        {
            Label(16, 46, 13, "start", ReportText.Values(best));
        }

        for (int panel = 0; panel < panels; panel++)
        {
            Line($"""<g transform="translate({panel % columns * PanelWidth} {Header + (panel / columns * PanelHeight)})">""");

            if (panel < _result.Objective.Space.Count)
            {
                DrawParameter(panel);
            }
            else
            {
                DrawSteps();
            }

            Line($"</g>");
        }

        Line($"</svg>");

        return _text.ToString();
    }

    private string Title() => _result.Best is { } best
        ? $"Best {_result.Objective.FigureName}: {ReportText.Of(best.Figure!.Value)}, trial {best.Number} of {_result.Trials.Count}"
        : $"No {_result.Objective.FigureName} in {_result.Trials.Count} trials";

    private void DrawParameter(int place)
    {
        Parameter parameter = _result.Objective.Space[place];
        IParameterAxis axis = parameter.Axis;
        DrawFrame(parameter.Name, axis);

        foreach (TrialResult trial in _trials)
        {
            Point(X(axis.PlaceOf(trial.Values[place].Value)), Y(trial.Figure!.Value), trial);
        }
    }

    private void DrawSteps()
    {
        int[] epochs = [.. _trials.SelectMany(static trial => trial.Steps).Select(static step => step.Epochs).Distinct().Order()];
        NumberAxis axis = new(epochs[0], epochs[^1], isLogarithmic: true);
        DrawFrame("epochs", axis, [.. epochs.Select(count => (axis.PlaceOf(count), count.ToString(CultureInfo.InvariantCulture)))]);

        foreach (TrialResult trial in _trials)
        {
            if (trial.Steps.Count > 1)
            {
                IEnumerable<string> points = trial.Steps.Select(step => string.Create(
                    CultureInfo.InvariantCulture, $"{X(axis.PlaceOf(step.Epochs)):0.#},{Y(step.Figure):0.#}"));
                Line($"""<polyline points="{string.Join(' ', points)}" fill="none" stroke="{ColorOf(trial)}" stroke-width="1.5"/>""");
            }

            foreach (TrialStep step in trial.Steps)
            {
                Point(X(axis.PlaceOf(step.Epochs)), Y(step.Figure), trial);
            }
        }
    }

    private void DrawFrame(string name, IParameterAxis axis, IReadOnlyList<(double Place, string Label)>? ticks = null)
    {
        foreach ((double place, string label) in ticks ?? axis.Ticks)
        {
            Line($"""<path d="M{X(place):0.#} {Top}V{PanelHeight - Bottom}" stroke="#E4E4E4"/>""");
            Label(X(place), PanelHeight - Bottom + 17, 11, "middle", label);
        }

        foreach ((double place, string label) in _figures.Ticks)
        {
            double y = YOf(place);
            Line($"""<path d="M{Left} {y:0.#}H{PanelWidth - Right}" stroke="#E4E4E4"/>""");
            Label(Left - 6, y + 4, 11, "end", label);
        }

        Line($"""<path d="M{Left} {Top}V{PanelHeight - Bottom}H{PanelWidth - Right}" fill="none" stroke="#444"/>""");
        Label((Left + PanelWidth - Right) / 2.0, PanelHeight - 14, 13, "middle", name);
        Line($"""<g transform="translate(14 {(Top + PanelHeight - Bottom) / 2}) rotate(-90)">""");
        Label(0, 0, 13, "middle", _result.Objective.FigureName);
        Line($"</g>");
    }

    private void Point(double x, double y, TrialResult trial)
    {
        bool isBest = trial == _result.Best;
        string stroke = isBest ? "black" : "none";
        Line($"""<circle cx="{x:0.#}" cy="{y:0.#}" r="{(isBest ? 6.5 : 4)}" fill="{ColorOf(trial)}" stroke="{stroke}"><title>{Tip(trial)}</title></circle>""");
    }

    private static string Tip(TrialResult trial) => SecurityElement.Escape(string.Create(
        CultureInfo.InvariantCulture, $"trial {trial.Number}: {ReportText.Of(trial.Figure!.Value)} after {trial.Epochs} epochs; {ReportText.Values(trial)}"));

    private string ColorOf(TrialResult trial) => trial == _result.Best ? Strong : trial.Status == TrialStatus.Completed ? Plain : Pale;

    private static double X(double place) => Left + 8 + (place * (PanelWidth - Left - Right - 16));

    private double Y(double figure) => YOf(_figures.PlaceOf(figure));

    private static double YOf(double place) => PanelHeight - Bottom - 8 - (place * (PanelHeight - Top - Bottom - 16));

    /// <summary>Losses span decades: positive figures that do have an axis of logarithms.</summary>
    private static NumberAxis FigureAxis(double[] figures)
    {
        const double Decade = 10;

        if (figures.Length == 0)
        {
            return new NumberAxis(0, 1, isLogarithmic: false);
        }

        double least = figures.Min(), most = figures.Max();

        if (least == most)
        {
            double room = least == 0 ? 1 : Math.Abs(least) / 10;

            return new NumberAxis(least - room, most + room, isLogarithmic: false);
        }

        return new NumberAxis(least, most, isLogarithmic: least > 0 && most / least > Decade);
    }

    private void Label(double x, double y, int size, string anchor, string text) => Line(
        $"""<text x="{x:0.#}" y="{y:0.#}" font-size="{size}" text-anchor="{anchor}" fill="#222">{SecurityElement.Escape(text)}</text>""");

    private void Line(FormattableString text) => _text.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
