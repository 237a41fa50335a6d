// Reads measured flowers from a CSV file, and trains a network to tell their kinds.
//
//     dotnet run -c Release --project samples/Iris              # flowers drawn at random
//     dotnet run -c Release --project samples/Iris iris.csv     # four numbers and a kind in each line, with or without a header

using System.Globalization;
using Iris;
using Nnfs;

const int Epochs = 300;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
NumpyRandom random = new(seed: 0);
IReadOnlyList<Flower> flowers;

try
{
    string csv = args.Length > 0 ? File.ReadAllText(args[0]) : DrawnFlowers.Create(random);

    // The file of the UCI repository has no header: it begins with a number.
    flowers = Flower.ReadCsv(new StringReader(csv), new CsvOptions { HasHeader = !char.IsAsciiDigit(csv.TrimStart().FirstOrDefault()) });
}
catch (Exception exception) when (exception is CsvException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

if (flowers.Count < 10)
{
    Console.Error.WriteLine($"Expected at least 10 flowers to train on and to test with, but there are {flowers.Count}.");
    return 1;
}

// The network measures the training data, and keeps the scaling for whatever it reads later.
(IReadOnlyList<Flower> training, IReadOnlyList<Flower> test) = flowers.Split(testFraction: 0.2);
IrisNet net = new(random);
TrainingHistory history = net.Train(training, new TrainingOptions { Epochs = Epochs, BatchSize = 0, Optimizer = new Adam(learningRate: 0.01f) });

foreach (EpochReport report in history.Epochs.Where(static report => report.Epoch % (Epochs / 5) == 0))
{
    Console.WriteLine($"epoch {report.Epoch,3}  loss {report.Loss:0.0000}");
}

Evaluation evaluation = net.Evaluate(test);
Console.WriteLine(evaluation);
Console.WriteLine($"{flowers.Count} flowers; of {test.Count} for the test, {Math.Round(evaluation.Accuracy * test.Count)} are classified correctly");

Flower flower = new(5.9f, 3.0f, 5.1f, 1.8f, Kind: null);
Console.WriteLine($"{flower} is of the kind '{net.Classify(flower)}'");

return 0;
