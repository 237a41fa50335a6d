using System.Globalization;

namespace Nnfs.Generators.Tests.Graphs;

/// <summary>The C# of a graph under test: its declaration, as a user writes it, and the class that tests reach it by.</summary>
internal static class GraphSource
{
    public const string Namespace = "Graphs";

    public static string AdapterName(int index) => $"{Namespace}.Adapter{index}";

    public static string Of(GraphCase graph, int index)
    {
        string pass = string.Join(", ", graph.Inputs.Select(static (_, k) => $"inputs[{k}]"));
        bool takesLabels = graph.HasLoss && graph.Outputs.Any(static output => output.TakesLabels);

        return $$"""
            #pragma warning disable CS1591 // What is no part of the generated code has no documentation.
            using System;
            using Nnfs;
            using Nnfs.Generators.Tests.Gradients;
            using Nnfs.Generators.Tests.Graphs;

            namespace {{Namespace}};

            {{graph.Declaration()}}public partial class Graph{{index}};

            public sealed class Adapter{{index}} : IGraphNetwork
            {
                private readonly Graph{{index}} _network = new(seed: {{index}});
                private Graph{{index}}.Workspace _workspace = null!;

                public int ParameterCount => Graph{{index}}.ParameterCount;
                public string Summary => Graph{{index}}.Summary;
                public bool IsTraining {{Switch("IsTraining", graph.HasDropout || graph.HasBatchNorm)}}
                public ulong DropoutSeed {{Switch("DropoutSeed", graph.HasDropout)}}
                public float RegularizationLoss => {{(graph.HasPenalties ? "_workspace.RegularizationLoss" : "0f")}};
                public void CreateWorkspace(int batchSize, int threads) => _workspace = _network.CreateWorkspace(batchSize, threads);

                public void WriteTensors(float[][][] tensors)
                {
                    {{Layers(graph, Write)}}
                }

                public float[][][] ReadTensors() =>
                [
                    {{Layers(graph, static (layer, _) => Read(layer, "_network", layer.Kind == GraphLayerKind.BatchNorm))}}
                ];

                public float[][][] ReadGradients() =>
                [
                    {{Layers(graph, static (layer, _) => Read(layer, "_workspace", hasAverages: false))}}
                ];

                public float[] Parameters() => _network.Parameters.ToArray();
                public float[] Gradients() => _workspace.Gradients.ToArray();
                public float[][] Outputs() => [{{Outputs(graph, output => $"_workspace.{Output(graph, output)}.ToArray()")}}];
                public float[][] InputGradients() => [{{Inputs(graph, input => $"_workspace.{InputGradients(graph, input)}.ToArray()")}}];
                public float[] OutputLosses() => [{{Outputs(graph, output => OutputLoss(graph, output))}}];

                public void Fill(float value)
                {
                    {{Outputs(graph, output => $"_workspace.{Output(graph, output)}.Fill(value);", separator: " ")}}
                    {{Inputs(graph, input => $"_workspace.{InputGradients(graph, input)}.Fill(value);", separator: " ")}}
                }

                public void Forward(float[][] inputs) => _network.Forward({{pass}}, _workspace);
                {{Pass("float Forward", isThere: graph.HasLoss)}}
                {{Pass("void Backward", isThere: true)}}
                {{Pass("float ForwardBackward", isThere: graph.HasLoss)}}

                public float[][] Predict(float[][] inputs, int samples)
                {
                    float[][] outputs = [{{Outputs(graph, output => Rows(graph.OutputSize(output)))}}];
                    _network.Predict({{pass}}, {{Outputs(graph, static output => $"outputs[{output}]")}});

                    return outputs;
                }
            }
            """;

        // Only a network with such layers has these members.
        static string Switch(string member, bool isThere) =>
            isThere ? $"{{ get => _workspace.{member}; set => _workspace.{member} = value; }}" : "{ get; set; }";

        string Pass(string method, bool isThere)
        {
            string name = method[(method.IndexOf(' ', StringComparison.Ordinal) + 1)..];
            string Answer(int output, bool areLabels) =>
                areLabels && graph.Outputs[output].TakesLabels ? $"answers.Labels[{output}]" : $"answers.Targets[{output}]";

            string Call(bool areLabels) =>
                $"_network.{name}({pass}, {string.Join(", ", graph.AnsweredOutputs.Select(output => Answer(output, areLabels)))}, _workspace)";

            return $"public {method}(float[][] inputs, GraphAnswers answers) {(
                !isThere ? "=> throw new NotSupportedException();"
                : !takesLabels ? $"=> {Call(areLabels: false)};"
                : name == "Backward" ? $"{{ if (answers.AreLabels) {Call(areLabels: true)}; else {Call(areLabels: false)}; }}"
                : $"=> answers.AreLabels ? {Call(areLabels: true)} : {Call(areLabels: false)};")}";
        }
    }

    private static string Outputs(GraphCase graph, Func<int, string> text, string separator = ", ") =>
        string.Join(separator, Enumerable.Range(0, graph.Outputs.Length).Select(text));

    private static string Inputs(GraphCase graph, Func<int, string> text, string separator = ", ") =>
        string.Join(separator, Enumerable.Range(0, graph.Inputs.Length).Select(text));

    private static string Rows(int size) => string.Create(CultureInfo.InvariantCulture, $"new float[samples * {size}]");

    private static string OutputLoss(GraphCase graph, int output) =>
        graph.IsTyped && graph.Outputs[output].Loss != GraphLossKind.None ? $"_workspace.{Output(graph, output)}Loss" : "0f";

    private static string Output(GraphCase graph, int output) => graph.IsTyped ? Capital(graph.Outputs[output].Name!) : "Outputs";

    private static string InputGradients(GraphCase graph, int input) =>
        graph.IsTyped ? Capital(graph.Inputs[input].Name ?? "inputs") + "Gradients" : "InputGradients";

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private static string Layers(GraphCase graph, Func<GraphLayer, int, string> text) => string.Join("\n        ", graph.Layers.Select(text));

    private static string Write(GraphLayer layer, int index) => layer.Kind switch
    {
        GraphLayerKind.Dense =>
            $"DenseCopy.Write(tensors[{index}][0], _network.{layer.Name}.Weights); tensors[{index}][1].CopyTo(_network.{layer.Name}.Biases);",
        GraphLayerKind.LayerNorm => $"tensors[{index}][0].CopyTo(_network.{layer.Name}.Gamma); tensors[{index}][1].CopyTo(_network.{layer.Name}.Beta);",
        GraphLayerKind.RMSNorm => $"tensors[{index}][0].CopyTo(_network.{layer.Name}.Gamma);",
        GraphLayerKind.BatchNorm =>
            $"tensors[{index}][0].CopyTo(_network.{layer.Name}.Gamma); tensors[{index}][1].CopyTo(_network.{layer.Name}.Beta); " +
            $"tensors[{index}][2].CopyTo(_network.{layer.Name}.RunningMean); tensors[{index}][3].CopyTo(_network.{layer.Name}.RunningVariance);",
        _ => "",
    };

    private static string Read(GraphLayer layer, string from, bool hasAverages) => layer.Kind switch
    {
        GraphLayerKind.Dense => $"[DenseCopy.Read({from}.{layer.Name}.Weights), {from}.{layer.Name}.Biases.ToArray()],",
        GraphLayerKind.RMSNorm => $"[{from}.{layer.Name}.Gamma.ToArray()],",
        GraphLayerKind.LayerNorm or GraphLayerKind.BatchNorm =>
            $"[{from}.{layer.Name}.Gamma.ToArray(), {from}.{layer.Name}.Beta.ToArray()" +
            (hasAverages ? $", {from}.{layer.Name}.RunningMean.ToArray(), {from}.{layer.Name}.RunningVariance.ToArray()" : "") +
            "],",
        _ => "[],",
    };
}
