using System.Diagnostics;
using System.Globalization;

namespace Nnfs.WebAssembly;

/// <summary>How long a training step takes: a pass there, a pass back and a step of Adam.</summary>
internal static class Measurements
{
    /// <summary>Each network is trained for about this long, after as long without a measure, in which its code is compiled.</summary>
    private static readonly TimeSpan s_time = TimeSpan.FromSeconds(0.5);

    /// <summary>Prints a line for each network.</summary>
    public static void Print(TextWriter output)
    {
        output.WriteLine("network, batch                    ms a step   ms a prediction of the batch");
        Of<SpiralNet, SpiralNet.Workspace>("2-64-3", 300, output);
        Of<DigitNet, DigitNet.Workspace>("784-128-64-10", 64, output);
        Of<LanesOfActivationsNet, LanesOfActivationsNet.Workspace>("activations in lanes", 300, output);
        Of<RowsOfActivationsNet, RowsOfActivationsNet.Workspace>("activations in rows", 64, output);
        Of<LeNet, LeNet.Workspace>("LeNet", 16, output);
        Of<ImageNet, ImageNet.Workspace>("convolutions", 16, output);
        Of<SequenceNet, SequenceNet.Workspace>("convolutions of sequences", 64, output);
        Of<RecurrentNet, RecurrentNet.Workspace>("recurrent", 16, output);
        Of<AttentionNet, AttentionNet.Workspace>("attention", 16, output);
        Of<GateNet, GateNet.Workspace>("joins", 300, output);
    }

    private static void Of<TNetwork, TWorkspace>(string name, int batch, TextWriter output)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace, IGradients<TNetwork>
    {
        TNetwork network = Results.Create<TNetwork>();
        TWorkspace pass = network.CreateWorkspace(batch);
        Adam optimizer = new(learningRate: 1e-4f);
        float[] inputs = ExactNumbers.Around(batch * TNetwork.InputSize, seed: 1);
        float[] targets = ExactNumbers.Probabilities(batch * TNetwork.OutputSize, seed: 2);
        float[] outputs = new float[targets.Length];

        double step = MillisecondsOf(() =>
        {
            network.ForwardBackward(inputs, targets, pass);
            optimizer.Step(network.Parameters, ((IWorkspace)pass).Gradients);
        });
        double prediction = MillisecondsOf(() => network.Predict(inputs, outputs));

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{$"{name}, {batch}",-32} {step,10:F3} {prediction,12:F3}"));
    }

    /// <summary>The fastest of ten rounds.</summary>
    private static double MillisecondsOf(Action action)
    {
        int runs = 0;
        long start = Stopwatch.GetTimestamp();

        for (; Stopwatch.GetElapsedTime(start) < s_time; runs++)
        {
            action();
        }

        int runsOfRound = Math.Max(1, runs / 10);
        double best = double.MaxValue;

        for (int round = 0; round < 10; round++)
        {
            start = Stopwatch.GetTimestamp();

            for (int run = 0; run < runsOfRound; run++)
            {
                action();
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds / runsOfRound);
        }

        return best;
    }
}
