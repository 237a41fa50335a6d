using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Nnfs.Generators.Benchmarks;

/// <summary>
/// The measurements of <see cref="GeneratorBenchmarks"/> in processor time, which other programs on the machine lengthen far less
/// than they lengthen the time that passes.
/// </summary>
internal static class KeystrokeReport
{
    private static readonly TimeSpan s_start = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan s_measured = TimeSpan.FromSeconds(0.4);

    public static void Write()
    {
        Console.WriteLine("| project | cold | other file | of it the compiler's | same file | one layer |");
        Console.WriteLine("|---|---|---|---|---|---|");

        // Until it has run for a while, the compiler's code is not optimized.
        foreach (Func<GeneratorDriver> run in RunsOf(new GeneratorBenchmarks.Shape(10, 5)))
        {
            Repeat(run, s_start);
        }

        foreach (GeneratorBenchmarks.Shape shape in GeneratorBenchmarks.Shapes.Cast<GeneratorBenchmarks.Shape>())
        {
            Console.WriteLine($"| {shape} | {string.Join(" | ", RunsOf(shape).Select(Measure))} |");
        }
    }

    private static Func<GeneratorDriver>[] RunsOf(GeneratorBenchmarks.Shape shape)
    {
        GeneratorBenchmarks benchmarks = new() { Project = shape };
        benchmarks.Setup();

        return
        [
            benchmarks.Cold,
            benchmarks.EditInAnotherFile,
            benchmarks.LookUpOfAttributesAlone,
            benchmarks.EditElsewhereInTheFile,
            benchmarks.EditOfALayer,
        ];
    }

    private static string Measure(Func<GeneratorDriver> run)
    {
        Repeat(run, s_warmUp);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        (int runs, TimeSpan time) = Repeat(run, s_measured);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

        return string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds / runs:0.00} ms, {allocated / 1024.0 / runs:0} KB");
    }

    private static (int Runs, TimeSpan Time) Repeat(Func<GeneratorDriver> run, TimeSpan least)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        TimeSpan time;
        int runs = 0;

        do
        {
            run();
            runs++;
            time = Environment.CpuUsage.TotalTime - start;
        }
        while (time < least);

        return (runs, time);
    }
}
