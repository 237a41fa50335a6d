// Reads measured flowers from a CSV file, standardizes them, and trains a network to tell their kinds.
//
//     dotnet run -c Release --project samples/Iris              # flowers drawn at random
//     dotnet run -c Release --project samples/Iris iris.csv     # a header, then four numbers and a name in each row

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
catch (Exception exception) when (exception is InvalidDataException or IOException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

// Measured on the training data alone: the test data stands for flowers that nobody has seen yet.
(Dataset training, Dataset test) = table.Flowers.Split(testFraction: 0.2);
Standardization standardization = Standardization.Of(training);
training = standardization.Apply(training);
test = standardization.Apply(test);

IrisNet net = new(random);
IrisNet.Workspace pass = net.CreateWorkspace(training.Count);
Adam adam = new(learningRate: 0.01f);

for (int epoch = 0; epoch < Epochs; epoch++)
{
    float loss = net.Forward(training.Features, training.Labels, pass);
    net.Backward(training.Features, training.Labels, pass);
    adam.Step(net.Parameters, pass.Gradients);

    if ((epoch + 1) % (Epochs / 5) == 0)
    {
        Console.WriteLine($"epoch {epoch + 1,3}  loss {loss:0.0000}");
    }
}

int right = Enumerable.Range(0, test.Count).Count(i => net.Classify(test.GetSample(i)) == test.Labels[i]);
Console.WriteLine($"{table.Flowers.Count} flowers; of {test.Count} for the test, {right} are told right");

// A new flower goes through the same standardization.
float[] flower = [5.9f, 3.0f, 5.1f, 1.8f];
string lengths = string.Join(", ", flower);
standardization.Apply(flower);
Console.WriteLine($"A flower of {lengths} cm is of the kind '{table.Kinds[net.Classify(flower)]}'");

return 0;
