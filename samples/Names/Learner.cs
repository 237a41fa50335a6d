using Nnfs;

namespace Names;

/// <summary>Teaches a network, and lets it invent.</summary>
/// <typeparam name="TNetwork">The network, which foretells the next letter at each step.</typeparam>
/// <typeparam name="TWorkspace">Its workspace.</typeparam>
/// <param name="network">The network.</param>
/// <param name="predict">Its prediction.</param>
internal sealed class Learner<TNetwork, TWorkspace>(TNetwork network, LetterPrediction predict)
    where TNetwork : class, IClassifier<TNetwork, TWorkspace>
    where TWorkspace : class, IWorkspace
{
    /// <summary>Goes through all names some times, and keeps the parameters that foretold the names held out best.</summary>
    /// <param name="title">What lines of progress begin with.</param>
    /// <param name="training">The names to learn from.</param>
    /// <param name="heldOut">The names that are only measured.</param>
    /// <param name="epochs">How often.</param>
    public void Run(string title, string[] training, string[] heldOut, int epochs)
    {
        Console.WriteLine($"{title}: {TNetwork.ParameterCount} parameters");

        TrainingHistory history = network.Train(Alphabet.Letters(training), Alphabet.Labels(training), new TrainingOptions
        {
            Epochs = epochs,
            BatchSize = 32,
            Optimizer = new Adam(learningRate: 0.002f),
            Threads = Environment.ProcessorCount,
            ValidationData = new ValidationData(Alphabet.Letters(heldOut), Alphabet.Labels(heldOut)),
            EarlyStopping = new EarlyStopping { Patience = epochs },
            ContinueAfterEpoch = report =>
            {
                if (report.Epoch % (epochs / 6) == 0)
                {
                    Console.WriteLine($"  epoch {report.Epoch,3}: loss {report.Loss:0.000}, of names held out {report.ValidationLoss:0.000}");
                }

                return true;
            },
        });

        float? lowest = history.Epochs[history.BestEpoch - 1].ValidationLoss;
        Console.WriteLine($"  kept at {lowest:0.000}, after {history.Duration.TotalSeconds:0.0} s");
    }

    /// <summary>Invents names that are not known, letter by letter, each drawn from what the network thinks comes next.</summary>
    /// <param name="count">How many.</param>
    /// <param name="temperature">Below 1 it takes fewer chances.</param>
    /// <param name="known">The names that there are.</param>
    /// <param name="random">What letters are drawn with.</param>
    public IReadOnlyList<string> Invent(int count, float temperature, HashSet<string> known, Random random)
    {
        List<string> invented = [];
        float[] probabilities = new float[Alphabet.Steps * Alphabet.Size];

        while (invented.Count < count)
        {
            string name = "";
            int letter;

            do
            {
                predict(Alphabet.Letters([name]), probabilities);
                letter = Draw(probabilities.AsSpan(name.Length * Alphabet.Size, Alphabet.Size), temperature, random);
                name += letter == Alphabet.Edge ? "" : Alphabet.LetterOf(letter);
            }
            while (letter != Alphabet.Edge && name.Length < Alphabet.Steps - 1);

            if (name.Length > 2 && !known.Contains(name) && !invented.Contains(name))
            {
                invented.Add(name);
            }
        }

        return invented;
    }

    private static int Draw(ReadOnlySpan<float> probabilities, float temperature, Random random)
    {
        double[] weights = new double[probabilities.Length];

        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = Math.Pow(probabilities[i], 1 / temperature);
        }

        double left = random.NextDouble() * weights.Sum();
        int letter = 0;

        while (letter < weights.Length - 1 && left >= weights[letter])
        {
            left -= weights[letter++];
        }

        return letter;
    }
}
