using Nnfs;
using NnfsRegression;

// Points on a sine. With data of your own, begin with new RegressionDataset(features, targets, featureCount, targetCount).
RegressionDataset points = Datasets.Sine(samples: 1000);
(RegressionDataset training, RegressionDataset test) = points.Split(testFraction: 0.2);

Console.WriteLine(RegressionNet.Summary);

// Trained on four fifths of the points, measured on the others.
RegressionNet net = new(seed: 0);
net.Train(training, new TrainingOptions
{
    Epochs = 200,
    Optimizer = new Adam(learningRate: 0.01),
    Schedule = LearningRateSchedule.Cosine(),
    Progress = ProgressBar.ToConsole(),
});

Console.WriteLine();
Console.WriteLine(net.Evaluate(test, RegressionEvaluation.PrecisionOf(training.Targets)));

// The file has all that another program needs to predict.
net.Save("RegressionNet.safetensors");
RegressionNet loaded = RegressionNet.Load("RegressionNet.safetensors");

float[] input = [0.25f];
float[] output = new float[RegressionNet.OutputSize];
loaded.Predict(input, output);
Console.WriteLine();
Console.WriteLine($"The network predicts {output[0]:0.00} for {input[0]}.");
