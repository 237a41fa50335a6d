// Trains a network of 2, 64 and 3 neurons on the spiral, tries it on points that it has never seen, and draws what it learned.
//
//     dotnet run -c Release --project samples/Spiral [picture.png]

using System.Globalization;
using System.Text;
using Nnfs;
using Spectre.Console;
using Spiral;

const int Epochs = 10_000;
const float RequiredAccuracy = 0.95f;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = Encoding.UTF8;
string picturePath = Path.GetFullPath(args.Length > 0 ? args[0] : "spiral.png");

// One stream of random numbers, as in a NumPy script: first the data, then the weights.
NumpyRandom random = new(seed: 0);
Dataset training = Datasets.Spiral(samplesPerClass: 100, classes: 3, random);
Dataset test = Datasets.Spiral(samplesPerClass: 100, classes: 3, new NumpyRandom(seed: 1));
SpiralNet net = new(random);

// The generator has counted everything already.
AnsiConsole.Write(new Panel(new Text(SpiralNet.Summary)).Header(" SpiralNet ").RoundedBorder());

// Gradient descent on all samples at once, as in the book. The fresh spiral is only measured: 300 points are soon learned by heart, and how
// little of that holds for others is to be seen. Once the gradients are tiny, Adam overshoots now and then and takes a while to return; so
// the network ends with its best parameters, and training ends where they stay the best for long.
TrainingOptions options = new()
{
    Epochs = Epochs,
    BatchSize = 0,
    Shuffle = false,
    Optimizer = new Adam(learningRate: 0.05f) { Decay = 5e-7f },
    ValidationData = new ValidationData(test),
    EarlyStopping = new EarlyStopping { Patience = Epochs / 5, WatchTrainingLoss = true },
};

TrainingHistory history = ProgressTable.Show(progress => net.Train(training, options with { Progress = progress }));

float accuracy = net.Evaluate(training).Accuracy;
Picture.Save(picturePath, net, training, history);

Console.WriteLine($"Training accuracy  {accuracy:0.000}");
Console.WriteLine($"Test accuracy      {net.Evaluate(test).Accuracy:0.000} on a fresh spiral");
Console.WriteLine($"Training           {history.Epochs.Count:N0} epochs, the best was {history.BestEpoch:N0} ({history.StopReason})");
Console.WriteLine($"Training time      {history.Duration.TotalSeconds:0.0} s");
Console.WriteLine($"Picture            {picturePath}");

if (accuracy < RequiredAccuracy)
{
    Console.Error.WriteLine($"The training accuracy is {accuracy:0.000}, but at least {RequiredAccuracy:0.00} is expected.");
    return 1;
}

return 0;
