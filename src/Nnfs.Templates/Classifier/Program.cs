using Nnfs;
using NnfsClassifier;

// Points in the plane, each on one of three arms of a spiral. With data of your own, begin with
// new Dataset(features, labels, featureCount, classCount).
NumpyRandom random = new(seed: 0);
Dataset points = Datasets.Spiral(samplesPerClass: 200, classes: 3, random);
(Dataset training, Dataset test) = points.Split(testFraction: 0.2);

Console.WriteLine(ClassifierNet.Summary);

// Trained on four fifths of the points, measured on the others.
ClassifierNet net = new(random);
net.Train(training, new TrainingOptions
{
    Epochs = 300,
    Optimizer = new AdamW(learningRate: 0.01),
    Schedule = LearningRateSchedule.Cosine(),
    Progress = ProgressBar.ToConsole(),
});

Console.WriteLine();
Console.WriteLine(net.Evaluate(test));

// The file has all that another program needs to classify.
net.Save("ClassifierNet.safetensors");
ClassifierNet loaded = ClassifierNet.Load("ClassifierNet.safetensors");

float[] point = [0.2f, -0.4f];
Console.WriteLine();
Console.WriteLine($"The point ({string.Join(", ", point)}) is of class {loaded.Classify(point)}.");
