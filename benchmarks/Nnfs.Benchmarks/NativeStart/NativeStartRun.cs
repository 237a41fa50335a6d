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
        using NativeProgram loading = NativeProgram.Publish("NativeLoad");
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

        ReportSize("size of 2-64-3", spiral, Aim.AtMost(0.3));
        ReportSize("size of 2-64-3 that loads a file", loading, aim: null);
        report.Summary();

        void ReportSize(string work, NativeProgram program, Aim? aim)
        {
            double more = (program.Size - hello.Size) / MegaByte;
            report.Line(work, "size of hello world", Size(program.Size / MegaByte), Size(hello.Size / MegaByte), new(more, more, more), Size, aim);
        }

        static double Quickest(NativeProgram program) => Enumerable.Range(0, Slices).Min(_ => program.Time(1));

        static string Size(double value) => Text.Digits(value) + " MB";
    }
}
