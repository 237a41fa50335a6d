using System.Runtime.InteropServices;
using Nnfs.Kernels;

namespace Nnfs.Benchmarks;

/// <summary>What layers of images reach by themselves, and what LeNet-5 gains by a second thread, allocates, and takes at the start of a process.</summary>
internal static class ImagesRun
{
    /// <summary>The argument of the command line that asks for it.</summary>
    public const string Mode = "images";

    private const int Batch = 64;

    public static void Run(Report report)
    {
        report.Note($"{Processor.Name}, {PeakFma.Width}, {RuntimeInformation.FrameworkDescription}");
        RunConvolutions(report);
        RunDepthwise(report);
        RunPooling(report);
        Threads.Run(report, Cases.LeNet5, (Batch, 1.7), (4 * Batch, 1.8));
        Allocation.Run(
            report,
            new(Cases.LeNet5, Activity.Predict, 1),
            new(Cases.LeNet5, Activity.SgdStep, Batch),
            new(Cases.LeNet5, Activity.AdamStep, Batch));

        report.Section("Start of a process");
        Spread first = FirstImages.Measure();
        report.Line($"to the end of a first step, LeNet-5, batch {Batch}", "", Text.Duration(first.Median), "", first, Text.Duration, aim: null);
        report.Summary();
    }

    private static void RunConvolutions(Report report)
    {
        report.Section("Convolutions, as a share of the core's peak");
        Measure(new(new Window2D(14, 14, 32, 3, 3, isPadded: true), filters: 64, Batch), 0.85, 0.80, 0.75);
        Measure(new(new Window2D(28, 28, 1, 5, 5), filters: 6, Batch), 0.40, null, null);

        void Measure(Convolution convolution, params ReadOnlySpan<double?> aims)
        {
            IReadOnlyList<Measured> products = convolution.Products;
            double[][] seconds = Rounds.Time([new PeakFma(), .. products]);
            double[] peaks = [.. seconds[0].Select(static time => PeakFma.Flops / time)];

            for (int product = 0; product < products.Count; product++)
            {
                double[] flops = [.. seconds[product + 1].Select(time => convolution.Flops / time)];

                report.Line(
                    product == 0 ? convolution.Name : "",
                    products[product].Name,
                    Text.FlopRate(Spread.Of(flops).Median),
                    Text.FlopRate(Spread.Of(peaks).Median),
                    Spread.Of(flops.Zip(peaks, static (reached, peak) => reached / peak)),
                    Text.Percent,
                    aims[product] is { } aim ? Aim.AtLeast(aim) : null);
            }
        }
    }

    private static void RunDepthwise(Report report)
    {
        report.Section("Depthwise convolution");

        if (new OnnxRuntimePeer().Absence is { } absence)
        {
            report.Note($"{PeerNames.OnnxRuntime} is left out: {absence}");

            return;
        }

        Window2D window = new(28, 28, 64, 3, 3, isPadded: true);
        NumpyRandom random = new(seed: 2);
        AlignedBlock x = Draw(28 * 28 * 64);
        AlignedBlock w = Draw(3 * 3 * 64);
        AlignedBlock b = Draw(64);
        AlignedBlock y = new(x.Length);
        using OnnxRuntimeDepthwise theirs = new(window, x.Span.ToArray(), w.Span.ToArray(), b.Span.ToArray());
        Repeated ours = new("ours", () => DepthwiseConv2D.Forward(window, x.Span, w.Span, b.Span, y.Span, samples: 1));
        ours.Run(1);
        theirs.Run(1);

        if (ChannelsFirst.Swap(y.Span.ToArray(), 28 * 28, 64).Zip(theirs.Answer, static (mine, other) => MathF.Abs(mine - other)).Max() > 1e-4f)
        {
            throw new InvalidOperationException("The depthwise convolutions differ.");
        }

        double[][] seconds = Rounds.Time([ours, theirs]);

        report.Line(
            "depthwise 3×3, 64 channels on 28×28, batch 1",
            theirs.Name,
            Text.Duration(Spread.Of(seconds[0]).Median),
            Text.Duration(Spread.Of(seconds[1]).Median),
            Spread.Of(seconds[1].Zip(seconds[0], static (other, mine) => other / mine)),
            Text.Ratio,
            Aim.AtLeast(1.5));

        // Where the networks have theirs: at the start of a line of the cache.
        AlignedBlock Draw(int count)
        {
            AlignedBlock block = new(count);

            for (int i = 0; i < count; i++)
            {
                block.Span[i] = (float)random.NextGaussian();
            }

            return block;
        }
    }

    private static void RunPooling(Report report)
    {
        Window2D window = new(28, 28, 32, 2, 2, stride: 2);
        float[] x = [.. Enumerable.Range(0, Batch * 28 * 28 * 32).Select(static i => (float)Math.Sin(i))];
        float[] y = new float[x.Length / 4];
        float[] copy = new float[x.Length];
        Measured[] contestants =
        [
            new Repeated("pooling", () => MaxPool2D.Forward(window, x, y, Batch)),
            new Repeated("copying its inputs", () => x.AsSpan().CopyTo(copy)),
        ];
        double[][] seconds = Rounds.Time(contestants);

        report.Section("Pooling");
        report.Line(
            $"MaxPool2D 2×2 on 28×28×32, batch {Batch}",
            contestants[1].Name,
            Text.Duration(Spread.Of(seconds[0]).Median),
            Text.Duration(Spread.Of(seconds[1]).Median),
            Spread.Of(seconds[1].Zip(seconds[0], static (copying, pooling) => copying / pooling)),
            Text.Ratio,
            aim: null);
    }
}
