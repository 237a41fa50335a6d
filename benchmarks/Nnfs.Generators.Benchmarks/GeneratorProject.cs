using System.Numerics.Tensors;
using System.Text;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nnfs.Generators.Benchmarks;

/// <summary>A project with many networks, one a file, and the edits that are made to it while somebody types.</summary>
internal sealed class GeneratorProject
{
    private static readonly CSharpParseOptions s_options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14);

    public GeneratorProject(int networks, int layers)
    {
        SyntaxTree[] files = [.. Enumerable.Range(0, networks).Select(network => Parse(NetworkFile(network, layers, firstSize: 16, method: 0)))];
        Other = Parse("internal static class Other { public static int Value() => 0; }");

        Compilation = CSharpCompilation.Create(
            "Project",
            [.. files, Other],
            [
                .. Net100.References.All,
                MetadataReference.CreateFromFile(typeof(NetworkAttribute).Assembly.Location),
                MetadataReference.CreateFromFile(typeof(TensorPrimitives).Assembly.Location),
            ],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, concurrentBuild: false));

        First = files[0];
        Networks = networks;
        Layers = layers;
    }

    public CSharpCompilation Compilation { get; }

    private SyntaxTree First { get; }

    private SyntaxTree Other { get; }

    private int Networks { get; }

    private int Layers { get; }

    public static GeneratorDriver CreateDriver() => CreateDriver(new NetworkGenerator());

    public static GeneratorDriver CreateDriver(IIncrementalGenerator generator) =>
        CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: s_options);

    public override string ToString() => $"{Networks} × {Layers} layers";

    /// <summary>An edit in a file without networks.</summary>
    public CSharpCompilation EditOtherFile(int edit) =>
        Compilation.ReplaceSyntaxTree(Other, Parse($"internal static class Other {{ public static int Value() => {edit}; }}"));

    /// <summary>An edit in the file of a network, outside its attributes.</summary>
    public CSharpCompilation EditSameFile(int edit) =>
        Compilation.ReplaceSyntaxTree(First, Parse(NetworkFile(0, Layers, firstSize: 16, method: edit)));

    /// <summary>An edit of a layer's size.</summary>
    public CSharpCompilation EditNetwork(int edit) =>
        Compilation.ReplaceSyntaxTree(First, Parse(NetworkFile(0, Layers, firstSize: 16 + edit, method: 0)));

    private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, s_options);

    private static string NetworkFile(int network, int layers, int firstSize, int method)
    {
        StringBuilder text = new($"using System;\nusing Nnfs;\n\nnamespace Project;\n\n[Network(8)]\n[Dense({firstSize})]\n[ReLU]\n");

        // A dense layer and its ReLU count as two.
        for (int layer = 2; layer + 1 < layers; layer += 2)
        {
            text.Append("[Dense(16)]\n[ReLU]\n");
        }

        return text.Append($$"""
            [SoftmaxCrossEntropy]
            public partial class Net{{network}}
            {
                public int Method() => {{method}};

                public static float Train(float[] features, int[] labels, int epochs)
                {
                    Net{{network}} net = new(seed: 1);
                    Workspace pass = net.CreateWorkspace(batchSize: 64);
                    float[] outputs = new float[2 * OutputSize];
                    float loss = 0;

                    for (int epoch = 0; epoch < epochs; epoch++)
                    {
                        loss = net.Forward(features, labels, pass);
                        net.Backward(features, labels, pass);

                        for (int i = 0; i < net.Parameters.Length; i++)
                        {
                            net.Parameters[i] -= 0.01f * pass.Gradients[i];
                        }
                    }

                    net.Predict(features.AsSpan(0, 2 * InputSize), outputs);

                    return loss + net.Classify(features.AsSpan(0, InputSize)) + outputs[0];
                }
            }

            """).ToString();
    }
}
