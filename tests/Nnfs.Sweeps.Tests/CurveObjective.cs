namespace Nnfs.Sweeps.Tests;

/// <summary>Has a figure without training: (x − 3)² + 1 / epochs. What else happens in a trial is up to a test.</summary>
internal sealed class CurveObjective : Objective
{
    public static readonly Parameter<float> X = Parameter.Uniform("x", 0f, 10f);
    public static readonly Parameter<string> Kind = Parameter.Choice("kind", "one, \"two\"", "<three>");

    /// <summary>Is called by each trial, on its thread, and may throw.</summary>
    public Action<Trial> OnTrial { get; set; } = static _ => { };

    public override IReadOnlyList<Parameter> Space => [X, Kind];

    public override string FigureName => "distance";

    public override double Train(Trial trial)
    {
        OnTrial(trial);

        return FigureOf(trial.Get(X), trial.Epochs);
    }

    public static double FigureOf(float x, int epochs) => Math.Pow(x - 3, 2) + (1.0 / epochs);
}
