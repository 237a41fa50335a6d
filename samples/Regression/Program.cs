// Fits a network of 1, 64, 64 and 1 neurons to a sine, and draws the curve that it learned.
//
//     dotnet run -c Release --project samples/Regression [picture.png]

using System.Globalization;
using Nnfs;
using Regression;

const int Epochs = 300;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string picturePath = Path.GetFullPath(args.Length > 0 ? args[0] : "sine.png");

RegressionDataset sine = Datasets.Sine(samples: 1000);
SineNet net = new(seed: 0);
List<Curve> curves = [];

Console.WriteLine(SineNet.Summary);
Console.WriteLine();
Console.WriteLine("  epoch        loss  accuracy");

TrainingHistory history = net.Train(sine, new TrainingOptions
{
    Epochs = Epochs,
    BatchSize = 25,
    Optimizer = new Adam(learningRate: 0.003f),
    Schedule = LearningRateSchedule.Cosine(),
    ContinueAfterEpoch = report =>
    {
        if (report.Epoch is 1 or 20 or 30 or Epochs)
        {
            Console.WriteLine($"{report.Epoch,7}  {report.Loss,10:0.0000000}  {report.Accuracy,8:0.000}");
            curves.Add(Curve.Of(net, report.Epoch));
        }

        return true;
    },
});

RegressionEvaluation evaluation = net.Evaluate(sine);
Picture.Save(picturePath, sine, curves);

// As in the book, an output is right where it is less than a 250th of the targets' standard deviation off.
Console.WriteLine();
Console.WriteLine($"Loss           {evaluation.Loss:0.0000000}");
Console.WriteLine($"Accuracy       {evaluation.Accuracy:0.000} within {evaluation.Precision:0.0000}");
Console.WriteLine($"Training time  {history.Duration.TotalSeconds:0.0} s");
Console.WriteLine($"Picture        {picturePath}");
