using System.Numerics.Tensors;
using System.Reflection;
using Microsoft.ML.OnnxRuntime;
using Nnfs.Import.Evaluation;
using Nnfs.Import.Onnx;
using Nnfs.Import.Tests.Models;
using Nnfs.Tool.Compilation;

namespace Nnfs.Import.Tests.Tool;

/// <summary>A model comes in, is trained further, and goes out again.</summary>
public sealed class RoundTripTests
{
    private const int Side = 28;
    private const int Classes = 10;
    private const int Images = 200;

    /// <summary>ONNX Runtime computes in float32, and adds in another order.</summary>
    private const double Tolerance = 1e-5;

    [Fact]
    public void LeNet_is_imported_trained_and_exported_again()
    {
        ImportedNetwork imported = OnnxImport.Read(OnnxReader.Read(ReferenceModel.Resource("lenet.onnx")), "LeNet");

        // All that a model of logits lacks to be trained is its loss.
        string source = imported.Source.Replace(
            "public partial class", "[SoftmaxCrossEntropy]\npublic partial class", StringComparison.Ordinal);
        CompiledNetwork network = CompiledNetwork.Compile(source, "LeNet.cs");
        network.LoadParameters(Written(imported.WriteParameters));
        (float[] images, int[] labels) = DrawImages(new Random(1));

        Assert.InRange(Right(network, images, labels), 0, Images / 2);

        Train(network, images, labels);

        Assert.InRange(Right(network, images, labels), Images * 9 / 10, Images);
        byte[] file = Written(network.ExportOnnx).ToArray();
        float[] predicted = network.Predict([images], Images)[0];
        AssertEqual(predicted, RunInOnnxRuntime(file, images));
        OnnxModel model = OnnxReader.Read(file);
        TensorValue x = TensorValue.OfReals(images, [Images, .. network.Inputs[0].Shape]);
        AssertEqual(
            predicted, Assert.Single(Evaluator.Run(model, new Dictionary<string, TensorValue> { [model.Graph.Inputs[0].Name] = x })).Value.ToFloats());
    }

    /// <summary>Noisy images of bars, at a height that tells their class.</summary>
    private static (float[] Images, int[] Labels) DrawImages(Random random)
    {
        float[] images = new float[Images * Side * Side];
        int[] labels = new int[Images];

        for (int i = 0; i < images.Length; i++)
        {
            int image = i / (Side * Side);
            int row = i / Side % Side;
            labels[image] = image % Classes;
            images[i] = (float)(random.NextDouble() * 0.3) + (row / 2 == 2 + labels[image] ? 1 : 0);
        }

        return (images, labels);
    }

    private static void Train(CompiledNetwork network, float[] images, int[] labels)
    {
        Type[] types = network.Instance.GetType().GetInterfaces()
            .Single(static type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IClassifier<,>))
            .GetGenericArguments();

        typeof(RoundTripTests).GetMethod(nameof(TrainAs), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(types)
            .Invoke(null, [network.Instance, images, labels]);
    }

    private static void TrainAs<TNetwork, TWorkspace>(TNetwork network, float[] images, int[] labels)
        where TNetwork : class, IClassifier<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace =>
        network.Train(
            new Dataset(images, labels, Side * Side, Classes),
            new TrainingOptions { Epochs = 8, BatchSize = 20, Optimizer = new Adam(learningRate: 0.002f) });

    /// <summary>The number of images whose class gets the greatest probability.</summary>
    private static int Right(CompiledNetwork network, float[] images, int[] labels)
    {
        float[] probabilities = network.Predict([images], Images)[0];

        return labels.Where((label, i) => TensorPrimitives.IndexOfMax(probabilities.AsSpan(i * Classes, Classes)) == label).Count();
    }

    private static float[] RunInOnnxRuntime(byte[] file, float[] images)
    {
        using SessionOptions options = new() { IntraOpNumThreads = 1 };
        using InferenceSession session = new(file, options);
        using RunOptions run = new();
        long[] shape = [Images, .. session.InputMetadata[session.InputNames[0]].Dimensions[1..].Select(static length => (long)length)];
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(images, shape);
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, session.InputNames, [input], session.OutputNames);

        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static void AssertEqual(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);

        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], Tolerance);
        }
    }

    private static MemoryStream Written(Action<Stream> write)
    {
        MemoryStream stream = new();
        write(stream);
        stream.Position = 0;

        return stream;
    }
}
