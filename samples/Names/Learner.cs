using System.Diagnostics;
using Nnfs;

namespace Names;

/// <summary>Teaches a network, and lets it invent.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
internal sealed class Learner<TNetwork>
    where TNetwork : class, ILetterModel, INetworkModel<TNetwork>
{
    private const int BatchSize = 32;

    private readonly TNetwork _network;
    private readonly TNetwork _best;
    private readonly string[] _training;
    private readonly string[] _heldOut;
    private float _lowest = float.PositiveInfinity;

    public Learner(TNetwork network, string[] training, string[] heldOut)
    {
        _network = network;
        _best = network.Clone();
        _training = training;
        _heldOut = heldOut;
    }

    private int Most => Math.Max(BatchSize, _heldOut.Length);

    /// <summary>Goes through all names some times, and keeps the network that foretold the names held out best.</summary>
    /// <param name="title">What lines of progress begin with.</param>
    /// <param name="epochs">How often.</param>
    public void Run(string title, int epochs)
    {
        Stopwatch time = Stopwatch.StartNew();
        Random random = new(1);
        Console.WriteLine($"{title}: {TNetwork.ParameterCount} parameters");

        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            random.Shuffle(_training);
            double sum = 0;
            int batches = 0;

            foreach (string[] batch in _training.Chunk(BatchSize))
            {
                sum += _network.Train(Alphabet.Letters(batch), Alphabet.Labels(batch), Most);
                batches++;
            }

            float loss = _network.Measure(Alphabet.Letters(_heldOut), Alphabet.Labels(_heldOut), Most);

            if (loss < _lowest)
            {
                _lowest = loss;
                _best.CopyFrom(_network);
            }

            if (epoch % (epochs / 6) == 0)
            {
                Console.WriteLine($"  epoch {epoch,3}: loss {sum / batches:0.000}, of names held out {loss:0.000}");
            }
        }

        Console.WriteLine($"  kept at {_lowest:0.000}, after {time.Elapsed.TotalSeconds:0.0} s");
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
                _best.Predict(Alphabet.Letters([name]), probabilities);
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
