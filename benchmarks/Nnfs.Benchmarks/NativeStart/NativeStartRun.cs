namespace Nnfs.Benchmarks;

/// <summary>What a small network costs a NativeAOT program at its start and in its size, beside "hello world".</summary>
internal static class NativeStartRun
{
    /// <summary>The argument of the command line that asks for it.</summary>
    public const string Mode = "native-start";

    private const int Starts = 31;
    private const int Slices = 3;
    private const double MegaByte = 1024 * 1024;

    public static void Run(Report report)
    {
        if (!OperatingSystem.IsLinux() || (Programs.Find("clang") ?? Programs.Find("gcc")) is null)
        {
            report.Note("NativeAOT is left out: it needs Linux here, and clang or gcc as its linker.");
            return;
        }

        using NativeProgram spiral = NativeProgram.Publish("NativeSpiral");
        using NativeProgram hello = NativeProgram.Publish("NativeHello");
        double[] ours = new double[Starts];
        double[] theirs = new double[Starts];

        for (int round = 0; round < Starts; round++)
        {
            ours[round] = Quickest(spiral);
            theirs[round] = Quickest(hello);
        }

        report.Section("NativeAOT: start to the end of the first prediction (less is better)");
        report.Line(
            "start of 2-64-3",
            "start of hello world",
            Text.Duration(Spread.Of(ours).Median),
            Text.Duration(Spread.Of(theirs).Median),
            Spread.Of(ours.Zip(theirs, static (spiral, hello) => spiral / hello)),
            Text.Ratio,
            Aim.AtMost(2));

        double more = (spiral.Size - hello.Size) / MegaByte;
        report.Line(
            "size of 2-64-3", "size of hello world", Size(spiral.Size / MegaByte), Size(hello.Size / MegaByte), new(more, more, more), Size, Aim.AtMost(0.3));
        report.Summary();

        static double Quickest(NativeProgram program) => Enumerable.Range(0, Slices).Min(_ => program.Time(1));

        static string Size(double value) => Text.Digits(value) + " MB";
    }
}
