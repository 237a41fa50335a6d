using Nnfs;
using NnfsClassifier;

// The measurements in the file are drawn at random, with the means and deviations of R. A. Fisher's irises. For data of your own, change the record in
// Flower.cs and the file.
IReadOnlyList<Flower> flowers = Flower.ReadCsv(Path.Combine(AppContext.BaseDirectory, "flowers.csv"));
(IReadOnlyList<Flower> training, IReadOnlyList<Flower> test) = flowers.Split(testFraction: 0.2);

Console.WriteLine(FlowerNet.Summary);

// Trained on four fifths of the flowers, measured on the others.
FlowerNet net = new(seed: 0);
net.Train(training, new TrainingOptions
{
    Epochs = 100,
    Optimizer = new AdamW(learningRate: 0.01),
    Schedule = LearningRateSchedule.Cosine(),
    Progress = ProgressBar.ToConsole(),
});

Console.WriteLine();
Console.WriteLine(net.Evaluate(test));

// The file has all that another program needs to classify flowers, the scaling of their measurements too.
net.Save("FlowerNet.safetensors");
FlowerNet loaded = FlowerNet.Load("FlowerNet.safetensors");

Flower flower = new(SepalLength: 5.9f, SepalWidth: 3.0f, PetalLength: 5.1f, PetalWidth: 1.8f);
Console.WriteLine();
Console.WriteLine($"The flower is of the species {loaded.Classify(flower)}.");
