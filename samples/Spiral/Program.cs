// Trains a network of 2, 64 and 3 neurons on the spiral, tries it on points that it has never seen, and draws what it learned.
//
//     dotnet run -c Release --project samples/Spiral [picture.png]

using System.Diagnostics;
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

List<Measurement> history = [];
long start = Stopwatch.GetTimestamp();

ProgressTable.Show(addRow =>
{
    foreach (Measurement measurement in Training.Run(net, training, test, Epochs, every: 20))
    {
        history.Add(measurement);

        if (measurement.Epoch % (Epochs / 10) == 0)
        {
            addRow(measurement);
        }
    }
});

TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
float accuracy = net.Accuracy(training);
Picture.Save(picturePath, net, training, history);

Console.WriteLine($"Training accuracy  {accuracy:0.000}");
Console.WriteLine($"Test accuracy      {net.Accuracy(test):0.000} on a fresh spiral");
Console.WriteLine($"Training time      {elapsed.TotalSeconds:0.0} s");
Console.WriteLine($"Picture            {picturePath}");

if (accuracy < RequiredAccuracy)
{
    Console.Error.WriteLine($"The training accuracy is {accuracy:0.000}, but at least {RequiredAccuracy:0.00} is expected.");
    return 1;
}

return 0;
