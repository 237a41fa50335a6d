using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Nnfs.Onnx.Tests;

/// <summary>Networks of samples with their scaling, run by ONNX Runtime from the values as they are.</summary>
public sealed class SampleModelTests
{
    private const double Tolerance = 1e-5;

    [Fact]
    public void Classifier_with_its_scaling_predicts_the_same_in_OnnxRuntime()
    {
        Parcel[] parcels = Parcel.Draw(80);
        ParcelNet network = new();
        network.Train(parcels, new TrainingOptions { Epochs = 5 }, TestContext.Current.CancellationToken);
        float[] expected = new float[3 * parcels.Length];
        network.Predict(parcels, expected);

        float[] outputs = Run(network, Values(parcels), out IReadOnlyDictionary<string, string> metadata);

        AssertClose(expected, outputs, scale: 1);
        Assert.Equal("Weight missing", metadata["value 1"]);
        Assert.Equal("Late", metadata["class 1"]);
    }

    [Fact]
    public void Regression_with_its_scaling_predicts_in_its_own_units_in_OnnxRuntime()
    {
        Parcel[] parcels = Parcel.Draw(80);
        Cost[] costs = [.. parcels.Select(static parcel => new Cost(parcel.Distance, 1000 + (parcel.Distance * 3)))];
        CostNet network = new();
        network.Train(costs, new TrainingOptions { Epochs = 20 }, TestContext.Current.CancellationToken);
        float[] expected = new float[costs.Length];
        network.Predict(costs, expected);

        float[] outputs = Run(network, [.. costs.SelectMany(static cost => (double[])[cost.Distance])], out _);

        AssertClose(expected, outputs, scale: expected.Max());
    }

    [Fact]
    public void Network_without_a_scaling_is_not_exported_with_one() =>
        Assert.Throws<InvalidOperationException>(static () => new ParcelNet().ExportOnnx(new MemoryStream(), new OnnxOptions { IncludesScaling = true }));

    private static float[] Run<TNetwork>(TNetwork network, double[] values, out IReadOnlyDictionary<string, string> metadata)
        where TNetwork : INetwork<TNetwork>
    {
        MemoryStream stream = new();
        network.ExportOnnx(stream, new OnnxOptions { IncludesScaling = true });
        using InferenceSession session = new(stream.ToArray());
        metadata = session.ModelMetadata.CustomMetadataMap;
        DenseTensor<double> input = new(values, [values.Length / TNetwork.InputSize, TNetwork.InputSize]);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run([NamedOnnxValue.CreateFromTensor("inputs", input)]);

        return [.. results[0].AsEnumerable<float>()];
    }

    private static double[] Values(Parcel[] parcels)
    {
        double[] values = new double[parcels.Length * Parcel.FeatureCount];

        for (int i = 0; i < parcels.Length; i++)
        {
            parcels[i].WriteFeatures(values.AsSpan(i * Parcel.FeatureCount, Parcel.FeatureCount));
        }

        return values;
    }

    private static void AssertClose(float[] expected, float[] outputs, double scale)
    {
        Assert.Equal(expected.Length, outputs.Length);
        Assert.All(expected.Zip(outputs), pair => Assert.Equal(pair.First, pair.Second, Tolerance * scale));
    }
}
