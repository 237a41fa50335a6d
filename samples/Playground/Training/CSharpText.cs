using System.Globalization;
using Nnfs;

namespace Playground.Training;

/// <summary>Writes what the page shows as a C# program.</summary>
internal static class CSharpText
{
    /// <summary>The program: it reads the points that the page saves as points.csv, declares the network, and trains it.</summary>
    /// <param name="session">What the page shows.</param>
    /// <param name="declaration">The network's class, and all types beside it, as the user typed them; null where it is one of those that the page has.</param>
    /// <param name="className">Its name.</param>
    public static string Of(Session session, string? declaration, string className)
    {
        TrainingSettings settings = session.Settings;
        bool hasTest = session.Split.Test.Count > 0;
        long epochs = Math.Max(1, (long)Math.Ceiling(session.Epochs));

        string split = hasTest
            ? Invariant($"(Dataset training, Dataset test) = data.Split(testFraction: {session.TestShare}, seed: {settings.Seed});")
            : "Dataset training = data;";

        string validation = hasTest ? "\n    ValidationData = new(test)," : "";
        string decay = declaration is not null && settings.Penalty != "none"
            ? Invariant($"// The page also adds a penalty to all weights: set Weight{settings.Penalty} = {settings.PenaltyRate}f of the layers.\n")
            : "";

        return $$"""
            using System.Globalization;
            using Nnfs;

            // The points of the page, which it saves as points.csv: x, y and a class in each line.
            string[] lines = [.. File.ReadLines("points.csv").Skip(1)];
            float[] features = new float[2 * lines.Length];
            int[] labels = new int[lines.Length];

            for (int i = 0; i < lines.Length; i++)
            {
                string[] cells = lines[i].Split(',');
                features[2 * i] = float.Parse(cells[0], CultureInfo.InvariantCulture);
                features[(2 * i) + 1] = float.Parse(cells[1], CultureInfo.InvariantCulture);
                labels[i] = int.Parse(cells[2], CultureInfo.InvariantCulture);
            }

            Dataset data = new(features, labels, featureCount: 2, classCount: {{session.Trainee.Network.Info.OutputSize}});
            {{split}}

            {{decay}}{{className}} net = new(seed: {{settings.Seed}});

            net.Train(training, new TrainingOptions
            {
                Epochs = {{epochs}},
                BatchSize = {{settings.BatchSize}},
                Optimizer = {{OptimizerText(settings)}},{{validation}}
            });

            Console.WriteLine(net.Evaluate({{(hasTest ? "test" : "training")}}));
            net.Save("{{className}}.safetensors");

            {{declaration ?? Declaration(session.Trainee.Network.Info, settings, className)}}

            """.ReplaceLineEndings("\n");
    }

    /// <summary>The class of the page: dense layers and activations.</summary>
    private static string Declaration(NetworkInfo info, TrainingSettings settings, string className)
    {
        List<string> lines = ["[Network(2)]"];

        foreach (LayerInfo layer in info.Layers)
        {
            lines.Add(layer.Kind == LayerKind.Dense ? $"[Dense({layer.Outputs}{PenaltyText(settings)})]" : $"[{layer.Kind}]");
        }

        lines.Add($"public partial class {className};");

        return string.Join('\n', lines);
    }

    private static string PenaltyText(TrainingSettings settings) =>
        settings.Penalty == "none" || settings.PenaltyRate == 0 ? "" : Invariant($", Weight{settings.Penalty} = {settings.PenaltyRate}f");

    private static string OptimizerText(TrainingSettings settings) => settings.Optimizer switch
    {
        "Momentum" => Invariant($"new Sgd(learningRate: {settings.LearningRate}f) {{ Momentum = 0.9f }}"),
        "SGD" => Invariant($"new Sgd(learningRate: {settings.LearningRate}f)"),
        "RMSProp" => Invariant($"new RmsProp(learningRate: {settings.LearningRate}f)"),
        _ => Invariant($"new {settings.Optimizer}(learningRate: {settings.LearningRate}f)"),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
