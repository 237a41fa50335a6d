using System.Globalization;
using System.Text;

namespace Nnfs.Generators.Tests.Gradients;

/// <summary>The C# of a network under test: its declaration, as a user writes it, and the class that tests reach it by.</summary>
internal static class NetworkSource
{
    public const string Namespace = "Networks";

    public static string AdapterName(int index) => $"{Namespace}.Adapter{index}";

    public static string Of(NetworkCase network, int index)
    {
        StringBuilder attributes = new();

        foreach (Layer layer in network.Layers)
        {
            attributes.Append('[').Append(layer).Append("]\n");
        }

        if (network.HasLoss)
        {
            attributes.Append('[').Append(network.Head).Append("]\n");
        }

        return $$"""
            #pragma warning disable CS1591 // What is no part of the generated code has no documentation.
            using System;
            using System.IO;
            using Nnfs;
            using Nnfs.Generators.Tests.Gradients;

            namespace {{Namespace}};

            [Network({{network.Inputs}})]
            {{attributes}}public partial class Network{{index}};

            public sealed class Adapter{{index}} : ITestNetwork
            {
                private readonly Network{{index}} _network = new(seed: {{index}});
                private readonly Adam _optimizer = new(learningRate: 0.01f);
                private Network{{index}}.Workspace _workspace = null!;

                public int ParameterCount => Network{{index}}.ParameterCount;

                public void CreateWorkspace(int batchSize) => _workspace = _network.CreateWorkspace(batchSize);

            {{DenseMembers(network)}}

                public float[] Parameters() => _network.Parameters.ToArray();

                public float[] Gradients() => _workspace.Gradients.ToArray();

                public float[] Outputs() => _workspace.Outputs.ToArray();

                public float[] InputGradients() => _workspace.InputGradients.ToArray();

                public void Fill(float value)
                {
                    _workspace.Outputs.Fill(value);
                    _workspace.InputGradients.Fill(value);
                }

                public void Forward(float[] inputs) => _network.Forward(inputs, _workspace);

            {{PassMembers(network)}}

                public float[] Predict(float[] inputs)
                {
                    float[] outputs = new float[inputs.Length / Network{{index}}.InputSize * Network{{index}}.OutputSize];
                    _network.Predict(inputs, outputs);

                    return outputs;
                }

                public int Classify(float[] input) => {{(network.Classifies ? "_network.Classify(input)" : "throw new NotSupportedException()")}};

                public void Descend() => _optimizer.Step(_network.Parameters, _workspace.Gradients);

                public byte[] ExportOnnx()
                {
                    using MemoryStream stream = new();
                    _network.ExportOnnx(stream);

                    return stream.ToArray();
                }
            }
            """;
    }

    private static string DenseMembers(NetworkCase network)
    {
        int count = network.Layers.Count(static layer => layer.Kind == LayerKind.Dense);
        StringBuilder writes = new();
        StringBuilder reads = new();

        for (int i = 0; i < count; i++)
        {
            writes.Append(
                CultureInfo.InvariantCulture,
                $"if (layer == {i}) {{ DenseCopy.Write(weights, _network.Dense{i + 1}.Weights); biases.CopyTo(_network.Dense{i + 1}.Biases); }}\n");
            reads.Append(
                CultureInfo.InvariantCulture, $"{i} => (DenseCopy.Read(_workspace.Dense{i + 1}.Weights), _workspace.Dense{i + 1}.Biases.ToArray()),\n");
        }

        return $$"""
            public void SetDense(int layer, float[] weights, float[] biases)
            {
            {{writes}}}

            public (float[] Weights, float[] Biases) DenseGradients(int layer) => layer switch
            {
            {{reads}}_ => throw new ArgumentOutOfRangeException(nameof(layer)),
            };
            """;
    }

    private static string PassMembers(NetworkCase network) => network.HasLoss
        ? """
          public float Forward(float[] inputs, int[] labels) => _network.Forward(inputs, labels, _workspace);
          public float Forward(float[] inputs, float[] targets) => _network.Forward(inputs, targets, _workspace);
          public void Backward(float[] inputs, int[] labels) => _network.Backward(inputs, labels, _workspace);
          public void Backward(float[] inputs, float[] targets) => _network.Backward(inputs, targets, _workspace);
          public float ForwardBackward(float[] inputs, int[] labels) => _network.ForwardBackward(inputs, labels, _workspace);
          public float ForwardBackward(float[] inputs, float[] targets) => _network.ForwardBackward(inputs, targets, _workspace);
          """
        : """
          public float Forward(float[] inputs, int[] labels) => throw new NotSupportedException();
          public float Forward(float[] inputs, float[] targets) => throw new NotSupportedException();
          public void Backward(float[] inputs, int[] labels) => throw new NotSupportedException();
          public void Backward(float[] inputs, float[] targets) => _network.Backward(inputs, targets, _workspace);
          public float ForwardBackward(float[] inputs, int[] labels) => throw new NotSupportedException();
          public float ForwardBackward(float[] inputs, float[] targets) => throw new NotSupportedException();
          """;
}
