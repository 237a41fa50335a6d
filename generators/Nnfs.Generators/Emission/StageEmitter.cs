using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes one stage of a forward pass: a comment of intent and the call of its kernel.</summary>
internal static class StageEmitter
{
    public static string ForwardComment(NetworkSpec network, StageSpec stage)
    {
        bool isInLanes = network.Plan == NetworkPlan.Lanes;

        return stage switch
        {
            DenseSpec dense when isInLanes => $"// {dense.Name}, 16 samples a vector: [{dense.Outputs} × {dense.Inputs}] · [{dense.Inputs} × samples] + [{dense.Outputs}]{Then(dense)}.",
            DenseSpec dense => $"// {dense.Name}: [samples × {dense.Inputs}] · [{dense.Inputs} × {dense.Outputs}] + [{dense.Outputs}]{Then(dense)}.",
            ReLUSpec relu => $"// {relu.Name}: max(0, x) of [samples × {relu.Size}].",
            SoftmaxSpec softmax => $"// {softmax.Name}: probabilities of {Names.Count(softmax.Classes, "class", "classes")} per sample.",
            _ => throw new ArgumentOutOfRangeException(nameof(stage)),
        };
    }

    public static string ForwardCall(NetworkSpec network, StageSpec stage, string source, string destination)
    {
        bool isInLanes = network.Plan == NetworkPlan.Lanes;

        return stage switch
        {
            DenseSpec dense when isInLanes => Names.Call(
                $"DenseLanes.{Method(dense)}{Names.LayoutArguments(network, dense)}",
                [.. DenseArguments(network, dense, source, destination), "stride", "samples"]),
            DenseSpec dense => Names.Call(
                $"Dense.{Method(dense)}<{Names.Dimension(network, dense.Inputs)}, {Names.Dimension(network, dense.Outputs)}>",
                [.. DenseArguments(network, dense, source, destination), "samples"]),
            ReLUSpec relu => Names.Call("ReLU.Forward", $"x: {source}.Slice(0, samples * {relu.Size})", $"y: {destination}"),
            SoftmaxSpec softmax => Names.Call($"Softmax.Forward<{Names.Dimension(network, softmax.Classes)}>", $"x: {source}", $"y: {destination}", "samples"),
            _ => throw new ArgumentOutOfRangeException(nameof(stage)),
        };
    }

    public static string SampleComment(StageSpec stage) => stage switch
    {
        DenseSpec dense => $"// {dense.Name}: [{dense.Inputs}] · [{dense.Inputs} × {dense.Outputs}] + [{dense.Outputs}]{Then(dense)}.",
        ReLUSpec relu => $"// {relu.Name}: max(0, x) of [{relu.Size}].",
        SoftmaxSpec softmax => $"// {softmax.Name}: probabilities of {Names.Count(softmax.Classes, "class", "classes")}.",
        _ => throw new ArgumentOutOfRangeException(nameof(stage)),
    };

    public static string SampleCall(NetworkSpec network, StageSpec stage, string source, string destination) => stage switch
    {
        DenseSpec dense => Names.Call(
            $"DenseSample.{Method(dense)}{Names.LayoutArguments(network, dense)}",
            [.. DenseArguments(network, dense, source, destination)]),
        ReLUSpec relu => Names.Call("ReLU.Forward", $"x: {source}.Slice(0, {relu.Size})", $"y: {destination}"),
        SoftmaxSpec softmax => Names.Call($"Softmax.Forward<{Names.Dimension(network, softmax.Classes)}>", $"x: {source}", $"y: {destination}", "samples: 1"),
        _ => throw new ArgumentOutOfRangeException(nameof(stage)),
    };

    private static string Method(DenseSpec dense) => dense.ReLUName is null ? "Forward" : "ForwardReLU";

    private static string Then(DenseSpec dense) => dense.ReLUName is { } relu ? $", then {relu}" : "";

    private static string[] DenseArguments(NetworkSpec network, DenseSpec dense, string source, string destination) =>
    [
        $"x: {source}",
        $"w: {network.ParametersField}.{Names.Weights(dense)}",
        $"b: {network.ParametersField}.{Names.Biases(dense)}",
        $"y: {destination}",
    ];
}
