// Reads measured flowers from a CSV file, standardizes them, and trains a network to tell their kinds.
//
//     dotnet run -c Release --project samples/Iris              # flowers drawn at random
//     dotnet run -c Release --project samples/Iris iris.csv     # four numbers and a name in each row, with or without a header

using System.Globalization;
using Iris;
using Nnfs;

const int Epochs = 300;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
NumpyRandom random = new(seed: 0);
FlowerTable table;

try
{
    using TextReader text = args.Length > 0 ? new StreamReader(args[0]) : new StringReader(DrawnFlowers.Create(random));
    table = FlowerTable.Read(text);
}
catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

// Measured on the training data alone: the test data represents flowers that nobody has seen yet.
(Dataset training, Dataset test) = table.Flowers.Split(testFraction: 0.2);
training = training.Standardize(out Standardization standardization);
test = standardization.Apply(test);

IrisNet net = new(random);
TrainingHistory history = net.Train(training, new TrainingOptions { Epochs = Epochs, BatchSize = 0, Optimizer = new Adam(learningRate: 0.01f) });

foreach (EpochReport report in history.Epochs.Where(static report => report.Epoch % (Epochs / 5) == 0))
{
    Console.WriteLine($"epoch {report.Epoch,3}  loss {report.Loss:0.0000}");
}

float accuracy = net.Evaluate(test).Accuracy;
Console.WriteLine($"{table.Flowers.Count} flowers; of {test.Count} for the test, {Math.Round(accuracy * test.Count)} are told right");

// A new flower goes through the same standardization.
float[] flower = [5.9f, 3.0f, 5.1f, 1.8f];
string lengths = string.Join(", ", flower);
standardization.Apply(flower);
Console.WriteLine($"A flower of {lengths} cm is of the kind '{table.Kinds[net.Classify(flower)]}'");

return 0;
