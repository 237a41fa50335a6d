using Nnfs.Catalogue.Layers;

namespace Nnfs.Catalogue.Graphs;

/// <summary>The C# of a graph under test: its declaration, as a user writes it, and the class that tests reach it by.</summary>
internal static class GraphSource
{
    public const string Namespace = "Graphs";

    public static string AdapterName(int index) => $"{Namespace}.Adapter{index}";

    public static string Of(GraphCase graph, int index)
    {
        string pass = string.Join(", ", graph.Inputs.Select((_, k) => Input(graph, k, $"inputs[{k}]")));
        string classify = graph.IsClassifier ? $"_network.Classify({Input(graph, 0, "input")})" : "throw new NotSupportedException()";
        bool takesLabels = graph.HasLoss && graph.Outputs.Any(static output => output.TakesLabels);

        return $$"""
            #pragma warning disable CS1591 // What is not part of the generated code has no documentation.
            using System;
            using System.Collections.Generic;
            using System.IO;
            using Nnfs;
            using Nnfs.Catalogue.Graphs;

            namespace {{Namespace}};

            {{graph.Declaration()}}public partial class Graph{{index}};

            public sealed class Adapter{{index}} : IGraphNetwork
            {
                private readonly Graph{{index}} _network = new(seed: {{index}});
                private readonly Adam _optimizer = new(learningRate: 0.01f);
                private Graph{{index}}.Workspace _workspace = null!;
                private int[][] _indices = [{{Inputs(graph, static _ => "[]")}}];

                public int ParameterCount => Graph{{index}}.ParameterCount;
                public string Summary => Graph{{index}}.Summary;
                public IReadOnlyList<LayerInfo> Layers => LayersOf<Graph{{index}}>();
                public bool IsTraining {{Switch("IsTraining", graph.IsRandom || graph.MixesSamples)}}
                public ulong DropoutSeed {{Switch("DropoutSeed", graph.IsRandom)}}
                public float RegularizationLoss => {{(graph.HasPenalties ? "_workspace.RegularizationLoss" : "0f")}};
                public void Weigh(float[] weights) {{(graph.HasLoss ? "=> _workspace.SampleWeights = weights;" : "{ }")}}
                public void CreateWorkspace(int batchSize, int threads) => _workspace = _network.CreateWorkspace(batchSize, threads);

                public void WriteTensors(float[][][] tensors)
                {
                    {{string.Join("\n        ", graph.Layers.Select(Write))}}
                }

                public float[][][] ReadTensors() =>
                [
                    {{string.Join("\n        ", graph.Layers.Select(static layer => Read(layer, "_network", layer.Tensors)))}}
                ];

                public float[][][] ReadGradients() =>
                [
                    {{string.Join("\n        ", graph.Layers.Select(
                        static layer => Read(layer, "_workspace", layer.Tensors.Where(static tensor => tensor.IsTrained))))}}
                ];

                public float[] Parameters() => _network.Parameters.ToArray();
                public void WriteParameters(float[] block) => block.CopyTo(_network.Parameters);
                public float[] Gradients() => _workspace.Gradients.ToArray();
                public float[][] Outputs() => [{{Outputs(graph, output => $"_workspace.{Output(graph, output)}.ToArray()")}}];
                public float[][] InputGradients() => [{{Inputs(graph, k => OfNumbers(k, $"_workspace.{InputGradients(graph, k)}.ToArray()", "[]"))}}];
                public float[] OutputLosses() => [{{Outputs(graph, output => OutputLoss(graph, output))}}];

                public void Fill(float value)
                {
                    {{Outputs(graph, output => $"_workspace.{Output(graph, output)}.Fill(value);", separator: " ")}}
                    {{Inputs(graph, input => OfNumbers(input, $"_workspace.{InputGradients(graph, input)}.Fill(value);", ""), separator: " ")}}
                }

                public void Forward(float[][] inputs) => _network.Forward({{pass}}, _workspace);
                {{Pass("float Forward", isThere: graph.HasLoss)}}
                {{Pass("void Backward", isThere: true)}}
                public void BackwardFrom(float[][] inputs, float[][] gradients) =>
                    _network.BackwardFrom({{pass}}, {{string.Join(", ", graph.AnsweredOutputs.Select(static output => $"gradients[{output}]"))}}, _workspace);
                {{Pass("float ForwardBackward", isThere: graph.HasLoss)}}
                public float PackedForwardBackward(float[][] inputs, GraphAnswers answers) =>
                    {{(graph is { HasLoss: true, IsTyped: true } ? "PackedCalls.ForwardBackward(_network, _workspace, inputs, answers)"
                        : "throw new NotSupportedException()")}};
                public float[] PackedPredict(float[][] inputs) => PackedCalls.Predict(_network, inputs);
                public void Descend() => _optimizer.Step(_network.Parameters, _workspace.Gradients);

                public void Predict(float[][] inputs, float[][] outputs) =>
                    _network.Predict({{pass}}, {{Outputs(graph, static output => $"outputs[{output}]")}});
                public int Classify(float[] input) => {{classify}};
                public bool HasStreams => typeof(Graph{{index}}).GetMethod("CreateStream") is not null;
                {{Streams(graph, index).Replace("\n", "\n    ", StringComparison.Ordinal)}}
                public byte[] Save() => Written(_network.Save);
                public void Load(byte[] file) => _network.LoadParameters(new MemoryStream(file));
                public byte[] ExportOnnx() => Written(_network.ExportOnnx);

                private static IReadOnlyList<LayerInfo> LayersOf<TNetwork>() where TNetwork : INetworkModel<TNetwork> => TNetwork.Layers;

                private static byte[] Written(Action<Stream> write)
                {
                    using MemoryStream stream = new();
                    write(stream);

                    return stream.ToArray();
                }
            }
            """;

        // Indices have no gradients.
        string OfNumbers(int input, string text, string ofIndices) => graph.VocabularyOf(input) is null ? text : ofIndices;

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

    /// <summary>The members that go through sequences step by step; a single sequence has a stream of its own.</summary>
    private static string Streams(GraphCase graph, int index) => graph.IsCausal
        ? $$"""
            private Graph{{index}}.Stream _stream = null!;

            public float[] StreamState { get => _stream.State.ToArray(); set => value.CopyTo(_stream.State); }
            public void CreateStreams(int count) => _stream = count == 1 ? _network.CreateStream() : _network.CreateStreams(count);
            public void ResetStream(int? sequence) { if (sequence is { } one) _stream.Reset(one); else _stream.Reset(); }
            public void StepStream(float[][] inputs, float[][] outputs) =>
                _stream.Step({{Inputs(graph, k => Input(graph, k, $"inputs[{k}]"))}}, {{Outputs(graph, static output => $"outputs[{output}]")}});
            """
        : """
            public float[] StreamState { get; set; } = [];
            public void CreateStreams(int count) => throw new NotSupportedException();
            public void ResetStream(int? sequence) => throw new NotSupportedException();
            public void StepStream(float[][] inputs, float[][] outputs) => throw new NotSupportedException();
            """;

    private static string Outputs(GraphCase graph, Func<int, string> text, string separator = ", ") =>
        string.Join(separator, Enumerable.Range(0, graph.Outputs.Length).Select(text));

    private static string Inputs(GraphCase graph, Func<int, string> text, string separator = ", ") =>
        string.Join(separator, Enumerable.Range(0, graph.Inputs.Length).Select(text));

    /// <summary>An input as the network takes it.</summary>
    private static string Input(GraphCase graph, int input, string values) =>
        graph.VocabularyOf(input) is null ? values : $"TensorCopy.Indices({values}, ref _indices[{input}])";

    private static string OutputLoss(GraphCase graph, int output) =>
        graph.IsTyped && graph.Outputs[output].Loss is not null ? $"_workspace.{Output(graph, output)}Loss" : "0f";

    private static string Output(GraphCase graph, int output) => graph.IsTyped ? Capital(graph.Outputs[output].Name ?? "outputs") : "Outputs";

    private static string InputGradients(GraphCase graph, int input) =>
        graph.IsTyped ? Capital(graph.Inputs[input].Name ?? "inputs") + "Gradients" : "InputGradients";

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private static string Write(GraphLayer layer, int index) =>
        string.Join(" ", layer.Tensors.Select((tensor, k) => $"TensorCopy.Write(tensors[{index}][{k}], _network.{layer.Name}.{tensor.Name});"));

    private static string Read(GraphLayer layer, string from, IEnumerable<ReferenceTensor> tensors) =>
        $"[{string.Join(", ", tensors.Select(tensor => $"TensorCopy.Read({from}.{layer.Name}.{tensor.Name})"))}],";
}
