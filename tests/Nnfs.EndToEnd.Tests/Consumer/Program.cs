using System.Globalization;
using System.Numerics.Tensors;
using Nnfs;

// The 2-3-3 network of the reference notebook: its loss and accuracy before any training.
NumpyRandom random = new(seed: 0);
Dataset spiral = Datasets.Spiral(samplesPerClass: 100, classes: 3, random);
NotebookNet notebook = new(random);
NotebookNet.Workspace notebookPass = notebook.CreateWorkspace(batchSize: 300);
float notebookLoss = notebook.Forward(spiral.Features, spiral.Labels, notebookPass);
Console.WriteLine($"notebook loss {notebookLoss.ToString(CultureInfo.InvariantCulture)}");
Console.WriteLine($"notebook accuracy {Accuracy(notebookPass.Outputs).ToString(CultureInfo.InvariantCulture)}");

// The 2-64-3 network, trained as a user would.
Demo.SpiralNet net = new(random);
Demo.SpiralNet.Workspace pass = net.CreateWorkspace(batchSize: 300);
Adam adam = new(learningRate: 0.05f) { Decay = 5e-7f };
float first = net.Forward(spiral.Features, spiral.Labels, pass);

for (int step = 0; step < 1000; step++)
{
    net.Forward(spiral.Features, spiral.Labels, pass);
    net.Backward(spiral.Features, spiral.Labels, pass);
    adam.Step(net.Parameters, pass.Gradients);
}

float last = net.Forward(spiral.Features, spiral.Labels, pass);
Console.WriteLine(Demo.SpiralNet.Summary);
Console.WriteLine(last < first / 2 ? "training learns" : $"training fails: {first} to {last}");
Console.WriteLine($"class {net.Classify([0.1f, -0.3f]) is >= 0 and < 3}");

// Trained by the library's own loop, it learns the same way; stopped and resumed, it gives the same.
string checkpoint = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
(Dataset training, Dataset test) = spiral.Split(testFraction: 0.2);
TrainingOptions options = new() { Epochs = 20, BatchSize = 30, ValidationData = new(test), EarlyStopping = new() { Patience = 20 } };
Demo.SpiralNet trained = new(seed: 1);
TrainingHistory history = trained.Train(training, options);
Demo.SpiralNet resumed = new(seed: 1);
resumed.Train(training, options with { Checkpoint = new(checkpoint), ContinueAfterBatch = static report => report.Epoch < 7 || report.Batch < 3 });
resumed.Resume(training, options with { Checkpoint = new(checkpoint) });
File.Delete(checkpoint);
Console.WriteLine($"trained {history.StopReason == StopReason.Completed && trained.Evaluate(training).Loss < history.Epochs[0].Loss}");
Console.WriteLine($"resumed {resumed.Parameters.SequenceEqual(trained.Parameters)}");

// Saved and loaded again it is the same network, and other programs run it as an ONNX model.
using MemoryStream file = new();
net.Save(file);
file.Position = 0;
Console.WriteLine($"loaded {Demo.SpiralNet.Load(file).Parameters.SequenceEqual(net.Parameters)}");
using MemoryStream onnx = new();
net.ExportOnnx(onnx);
Console.WriteLine($"exported {onnx.Length > sizeof(float) * Demo.SpiralNet.ParameterCount}");

// The weights of this network are in the program: no file is read.
CarriedNet carried = CarriedNet.CreatePretrained();
float[] outputs = new float[CarriedNet.OutputSize];
carried.Predict([2f, -1f], outputs);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"carried {outputs[0]} {outputs[1]} {outputs[2]}"));

double Accuracy(ReadOnlySpan<float> outputs)
{
    int right = 0;

    for (int i = 0; i < spiral.Count; i++)
    {
        right += TensorPrimitives.IndexOfMax(outputs.Slice(i * 3, 3)) == spiral.Labels[i] ? 1 : 0;
    }

    return (double)right / spiral.Count;
}

[Network(2, WeightInitializer = WeightInitializer.ScaledNormal)]
[Dense(3)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class NotebookNet;

[Network(2)]
[Dense(3)]
[Pretrained("carried.safetensors")]
internal sealed partial class CarriedNet;

namespace Demo
{
    [Network(2)]
    [Dense(64)]
    [ReLU]
    [Dense(64, 3)]
    [SoftmaxCrossEntropy]
    public partial class SpiralNet;
}
