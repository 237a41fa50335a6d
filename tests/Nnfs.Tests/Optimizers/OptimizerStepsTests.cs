using System.Text.Json;

namespace Nnfs.Tests;

/// <summary>Steps of AdamW, Nadam and Lion against those of PyTorch and of their papers.</summary>
public class OptimizerStepsTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, GoldenData.OptimizerSteps.GetProperty("cases").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Twenty_steps_give_the_parameters_of_the_reference(int number)
    {
        JsonElement golden = GoldenData.OptimizerSteps.GetProperty("cases")[number];
        float[] parameters = GoldenData.OptimizerSteps.GetProperty("start").Floats();
        double[] expected = golden.GetProperty("after").Doubles();
        Optimizer optimizer = Create(golden);

        foreach (JsonElement gradients in GoldenData.OptimizerSteps.GetProperty("gradients").EnumerateArray())
        {
            optimizer.Step(parameters, gradients.Floats());
        }

        // Twenty steps of a few float32 roundings each, of numbers up to about 3.
        Assert.All(expected.Zip(parameters), static pair => Assert.Equal(pair.First, pair.Second, 2e-6 * (1.0 + Math.Abs(pair.First))));
    }

    private static Optimizer Create(JsonElement golden)
    {
        float rate = Setting("lr");

        return golden.GetProperty("optimizer").GetString() switch
        {
            "adamw" => new AdamW(rate)
            {
                Beta1 = Setting("beta1"),
                Beta2 = Setting("beta2"),
                Epsilon = Setting("epsilon"),
                WeightDecay = Setting("weight_decay"),
            },
            "nadam" => new Nadam(rate) { Beta1 = Setting("beta1"), Beta2 = Setting("beta2"), Epsilon = Setting("epsilon") },
            "lion" => new Lion(rate) { Beta1 = Setting("beta1"), Beta2 = Setting("beta2"), WeightDecay = Setting("weight_decay") },
            string name => throw new InvalidDataException($"No optimizer is named '{name}'."),
            null => throw new InvalidDataException("The optimizer has no name."),
        };

        float Setting(string name) => golden.GetProperty(name).GetSingle();
    }
}
