using System.Diagnostics;
using System.Globalization;

namespace Nnfs.Benchmarks;

/// <summary>The first steps of training in a process, most of it before the just-in-time compiler has optimised anything.</summary>
internal static class FirstSteps
{
    /// <summary>The first argument of a process that takes the first steps and prints how many seconds they took.</summary>
    public const string Mode = "first-steps";

    private const int Count = 1000;
    private const int Processes = 5;

    /// <summary>The seconds of the first 1,000 Adam steps of 2-64-3 at batch 300, in one process after another.</summary>
    public static Spread Measure() =>
        Spread.Of(Enumerable.Range(0, Processes).Select(static _ => double.Parse(Self.Output(Self.Start(Mode)), CultureInfo.InvariantCulture)));

    /// <summary>Takes the first steps in this process.</summary>
    public static string MeasureAsText()
    {
        Contestant contestant = Cases.Spiral.Enter(new Workload(Cases.Spiral, Activity.AdamStep, 300));
        long start = Stopwatch.GetTimestamp();
        contestant.Run(Count);

        return Stopwatch.GetElapsedTime(start).TotalSeconds.ToString(CultureInfo.InvariantCulture);
    }
}
