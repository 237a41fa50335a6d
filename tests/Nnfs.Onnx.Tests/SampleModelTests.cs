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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Embedded_features_are_read_the_same_in_OnnxRuntime(bool includesScaling)
    {
        Route[] routes = Route.Draw(80);
        RouteNet network = new();
        network.Train(routes, new TrainingOptions { Epochs = 5 }, TestContext.Current.CancellationToken);
        float[] expected = new float[3 * routes.Length];
        network.Predict(routes, expected);
        double[] values = Values(routes);
        float[] features = new float[values.Length];
        network.Scaling!.Apply(values, features);

        float[] outputs = includesScaling ? Run(network, values, out _) : Run(network, features);

        AssertClose(expected, outputs, scale: 1);
    }

    [Fact]
    public void Embedded_feature_alone_is_read_the_same_in_OnnxRuntime()
    {
        Place[] places = [.. Enumerable.Range(0, 40).Select(static i => new Place((Zone)(i % 4), 100 + (i % 4)))];
        PlaceNet network = new();
        network.Train(places, new TrainingOptions { Epochs = 20 }, TestContext.Current.CancellationToken);
        float[] expected = new float[places.Length];
        network.Predict(places, expected);

        AssertClose(expected, Run(network, Values(places), out _), scale: expected.Max());
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

    private static float[] Run<TNetwork>(TNetwork network, float[] features)
        where TNetwork : INetwork<TNetwork>
    {
        MemoryStream stream = new();
        network.ExportOnnx(stream);
        using InferenceSession session = new(stream.ToArray());
        DenseTensor<float> input = new(features, [features.Length / TNetwork.InputSize, TNetwork.InputSize]);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run([NamedOnnxValue.CreateFromTensor("inputs", input)]);

        return [.. results[0].AsEnumerable<float>()];
    }

    private static double[] Values<TSample>(TSample[] samples)
        where TSample : ISample<TSample>
    {
        int count = TSample.Schema.FeatureCount;
        double[] values = new double[samples.Length * count];

        for (int i = 0; i < samples.Length; i++)
        {
            samples[i].WriteFeatures(values.AsSpan(i * count, count));
        }

        return values;
    }

    private static void AssertClose(float[] expected, float[] outputs, double scale)
    {
        Assert.Equal(expected.Length, outputs.Length);
        Assert.All(expected.Zip(outputs), pair => Assert.Equal(pair.First, pair.Second, Tolerance * scale));
    }
}
