using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes one stage of a forward pass: a comment of intent and the call of its kernel.</summary>
internal static class StageEmitter
{
    public static string ForwardComment(StageSpec stage, string rows) => stage switch
    {
        DenseSpec { ReLUName: { } relu } dense => $"// {dense.Name}: [{rows} × {dense.Inputs}] · [{dense.Inputs} × {dense.Outputs}] + [{dense.Outputs}], then {relu}.",
        DenseSpec dense => $"// {dense.Name}: [{rows} × {dense.Inputs}] · [{dense.Inputs} × {dense.Outputs}] + [{dense.Outputs}].",
        ReLUSpec relu => $"// {relu.Name}: max(0, x) of [{rows} × {relu.Size}].",
        SoftmaxSpec softmax => $"// {softmax.Name}: probabilities of {Names.Count(softmax.Classes, "class", "classes")} per sample.",
        _ => throw new ArgumentOutOfRangeException(nameof(stage)),
    };

    public static string ForwardCall(NetworkSpec network, StageSpec stage, string source, string destination) => stage switch
    {
        DenseSpec dense => Names.Call(
            $"Dense.{(dense.ReLUName is null ? "Forward" : "ForwardReLU")}<{Names.Dimension(network, dense.Inputs)}, {Names.Dimension(network, dense.Outputs)}>",
            $"x: {source}",
            $"w: {network.ParametersField}.{Names.Weights(dense)}",
            $"b: {network.ParametersField}.{Names.Biases(dense)}",
            $"y: {destination}",
            "samples"),
        ReLUSpec relu => Names.Call("ReLU.Forward", $"x: {source}.Slice(0, samples * {relu.Size})", $"y: {destination}"),
        SoftmaxSpec softmax => Names.Call($"Softmax.Forward<{Names.Dimension(network, softmax.Classes)}>", $"x: {source}", $"y: {destination}", "samples"),
        _ => throw new ArgumentOutOfRangeException(nameof(stage)),
    };
}
