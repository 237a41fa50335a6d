// Trains a deep network on the spiral, once with a sum after each layer that adds what the layer read, and once without.
//
//     dotnet run -c Release --project samples/Residual

using System.Globalization;
using System.Text;
using Nnfs;
using Residual;

const int Epochs = 300;
const int EveryEpochs = 50;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = Encoding.UTF8;

Dataset spiral = Datasets.Spiral(samplesPerClass: 100, classes: 3, new NumpyRandom(seed: 0));

// The same seed: a sum has no parameters, so that both start with the same weights.
PlainNet plain = new(seed: 1);
ResidualNet residual = new(seed: 1);

TrainingHistory without = plain.Train(spiral, Options());
TrainingHistory with = residual.Train(spiral, Options());

Console.WriteLine($"{PlainNet.ParameterCount} parameters each, {spiral.Count} samples");
Console.WriteLine();
Console.WriteLine("              without skips           with skips");
Console.WriteLine("  epoch      loss  accuracy       loss  accuracy");

for (int epoch = 0; epoch <= Epochs; epoch += EveryEpochs)
{
    int i = Math.Max(epoch, 1) - 1;
    EpochReport left = without.Epochs[i], right = with.Epochs[i];
    Console.WriteLine($"{i + 1,7}  {left.Loss,8:0.0000}  {left.Accuracy,8:0.000}   {right.Loss,8:0.0000}  {right.Accuracy,8:0.000}");
}

Console.WriteLine();
Console.WriteLine($"Loss without skips  {plain.Evaluate(spiral).Loss:0.0000}");
Console.WriteLine($"Loss with skips     {residual.Evaluate(spiral).Loss:0.0000}");
Console.WriteLine($"Training time       {without.Duration.TotalSeconds:0.0} s and {with.Duration.TotalSeconds:0.0} s");

static TrainingOptions Options() => new()
{
    Epochs = Epochs,
    BatchSize = 32,
    Seed = 2,
    Optimizer = new Adam(learningRate: 0.003f),
    Schedule = LearningRateSchedule.Cosine(),
};
