using System.Runtime.InteropServices;

namespace Nnfs.Benchmarks;

/// <summary>What it costs a small network to leave the plainest one: other activations and losses, names, dropout.</summary>
internal static class VariantsRun
{
    /// <summary>The argument of the command line that asks for it.</summary>
    public const string Mode = "variants";

    /// <summary>Measures every variant beside the plainest network, and prints a table in Markdown.</summary>
    public static void Run(TextWriter writer)
    {
        Variant[] variants =
        [
            Variant.WithLabels<Net2x64x3, Net2x64x3.Workspace>("ReLU, softmax cross-entropy"),
            Variant.WithLabels<LeakyReLUNet, LeakyReLUNet.Workspace>("LeakyReLU"),
            Variant.WithLabels<ELUNet, ELUNet.Workspace>("ELU"),
            Variant.WithLabels<TanhNet, TanhNet.Workspace>("Tanh"),
            Variant.WithLabels<SigmoidNet, SigmoidNet.Workspace>("Sigmoid"),
            Variant.WithLabels<GELUNet, GELUNet.Workspace>("GELU"),
            Variant.WithLabels<SiLUNet, SiLUNet.Workspace>("SiLU"),
            Variant.WithLabels<SmoothedNet, SmoothedNet.Workspace>("label smoothing"),
            Variant.WithTargets<SquaredErrorNet, SquaredErrorNet.Workspace>("mean squared error"),
            Variant.WithTargets<BinaryNet, BinaryNet.Workspace>("sigmoid binary cross-entropy"),
            Variant.WithLabels<NamedNet, NamedNet.Workspace>("the same by Name and From"),
            Variant.WithLabels<DropoutNet, DropoutNet.Workspace>("dropout of 0.1"),
        ];

        writer.WriteLine($"{Processor.Name}, {PeakFma.Width}, {RuntimeInformation.FrameworkDescription}");
        writer.WriteLine();
        writer.WriteLine($"| 2-64-3 with | training step, {Variant.Batch} samples | predict {Variant.Batch} samples | predict one sample |");
        writer.WriteLine("|---|---|---|---|");

        double[][] steps = Rounds.Time([.. variants.Select(static variant => variant.Step)]);
        double[][] batches = Rounds.Time([.. variants.Select(static variant => variant.PredictBatch)]);
        double[][] ones = Rounds.Time([.. variants.Select(static variant => variant.PredictOne)]);

        for (int variant = 0; variant < variants.Length; variant++)
        {
            writer.WriteLine($"| {variants[variant].Name} | {Cell(steps, variant)} | {Cell(batches, variant)} | {Cell(ones, variant)} |");
        }
    }

    /// <summary>The time of the first network, and of the others how many times that is.</summary>
    private static string Cell(double[][] seconds, int variant) => variant == 0
        ? Text.Duration(Spread.Of(seconds[0]).Median)
        : Text.Ratio(Spread.Of(seconds[variant].Zip(seconds[0], static (its, first) => its / first)).Median);
}
