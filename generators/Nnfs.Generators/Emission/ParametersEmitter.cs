using Microsoft.CodeAnalysis.CSharp;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes the parameters: their block, the constructors that draw them, and a view for each layer that has some.</summary>
internal static class ParametersEmitter
{
    private const string Refusal =
        "The attributes of this class have errors, which the compiler reports. Its members are here so that other code still compiles.";

    public static void WritePublic(SourceWriter writer, NetworkSpec network)
    {
        WriteConstructors(writer, network);
        WritePretrained(writer, network);
        WriteInitialize(writer, network);

        writer.WriteLine($"""

            /// <summary>All weights and biases in one block, aligned to 64 bytes. What is in the padding between them has no effect.</summary>
            public {Names.FloatSpan} Parameters => {network.ParametersField}.Span;
            """);

        foreach (StageSpec stage in network.Stages.Where(static stage => stage.HasParameters))
        {
            string view = stage.View(tensor => TensorMembers.Parameter(network, stage, tensor), isOfGradients: false);

            writer.WriteLine($"""

                {Summary(stage.ParametersSummary)}
                public global::Nnfs.{stage.ParametersType} {Member(stage)} => {view};
                """);
        }

        writer.WriteLine();
    }

    public static void WritePrivate(SourceWriter writer, NetworkSpec network)
    {
        if (network.HasErrors)
        {
            string refused = $"The network '{network.MetadataName}' was declared with errors, so it cannot run";
            string[] lines = network.Errors.Count == 0 ? [refused + ". The compiler reports them."]
                : [refused + ":", .. network.Errors.Select(static error => "\n" + error)];

            writer.WriteLine($"""
                // {Refusal}
                private readonly {Names.Block} {network.ParametersField} = Refuse();

                private static {Names.Block} Refuse() =>
                    throw new global::System.InvalidOperationException({string.Join(" +\n        ", lines.Select(Literal))});
                """);
        }
        else
        {
            writer.WriteLine($"private readonly {Names.Block} {network.ParametersField} = new({network.ParameterLength});");
        }

        string[] tensors = [.. TensorMembers.OfNetwork(network)];

        if (tensors.Length > 0)
        {
            writer.WriteLine($"""
                // Where the tensors are, with the padding that the kernels read.
                {string.Join("\n", tensors)}
                """);
        }

        writer.WriteLine();
    }

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    private static string Member(StageSpec stage) => stage.Name.EscapeIdentifier();

    private static string Summary(IReadOnlyList<string> lines) => lines.Count == 1
        ? $"/// <summary>{lines[0]}</summary>"
        : $"/// <summary>\n{string.Join("\n", lines.Select(static line => "/// " + line))}\n/// </summary>";

    private static void WriteConstructors(SourceWriter writer, NetworkSpec network)
    {
        if (network.WritesSeedConstructor)
        {
            writer.WriteLine($"""

                /// <summary>A network with weights drawn from a generator of its own, so that the same seed gives the same network.</summary>
                /// <param name="seed">The generator's seed, not negative.</param>
                /// <exception cref="global::System.ArgumentOutOfRangeException"><paramref name="seed"/> is negative.</exception>
                public {network.Name}(int seed = 0){(network.SeedConstructorChains
                    ? " : this(new global::Nnfs.NumpyRandom(seed)) { }"
                    : " => InitializeParameters(new global::Nnfs.NumpyRandom(seed));")}

                """);
        }

        if (network.WritesRandomConstructor)
        {
            writer.WriteLine($"""
                /// <summary>A network with weights drawn from <paramref name="random"/>, layer by layer.</summary>
                /// <param name="random">The generator that the weights are drawn from; it advances.</param>
                public {network.Name}(global::Nnfs.NumpyRandom random) => InitializeParameters(random);

                """);
        }
    }

    private static void WritePretrained(SourceWriter writer, NetworkSpec network)
    {
        if (network.Pretrained is { } pretrained)
        {
            string resource = Literal(PretrainedSpec.ResourcePrefix + pretrained.File);

            writer.WriteLine($"""
                /// <summary>A network with the weights of the file that its <c>[Pretrained]</c> names. They are in this assembly: no file is read.</summary>
                /// <exception cref="global::Nnfs.SafetensorsException">The weights in the assembly are not those that the compiler saw.</exception>
                public static {network.Name} {GeneratedMembers.CreatePretrained}() => global::Nnfs.PretrainedWeights.Load<{network.Name}>({resource});

                """);
        }
    }

    private static void WriteInitialize(SourceWriter writer, NetworkSpec network)
    {
        bool startsBiases = network.Stages.Any(static stage => stage.Tensors.Any(static tensor => tensor.Shape.Rank == 1 && tensor.Initializer is not null));
        string biases = startsBiases ? "biases become what their layers say" : "biases become 0";

        writer.WriteLine($"""
            /// <summary>Draws all weights again, row by row; {biases}. Where no constructor is called that does so, all parameters are 0.</summary>
            /// <param name="random">The generator that the weights are drawn from; it advances.</param>
            """);

        using (writer.WriteBlock("public void InitializeParameters(global::Nnfs.NumpyRandom random)"))
        {
            writer.WriteLine("""
                global::System.ArgumentNullException.ThrowIfNull(random);
                Parameters.Clear();
                """);

            if (network.Sample is not null)
            {
                // Weights that have learnt nothing have no scaling.
                writer.WriteLine($"{network.ScalingField} = null;");
            }

            foreach (StageSpec stage in network.Stages)
            {
                // A layer may have the name of the parameter.
                string tensors = stage.Name == "random" ? $"this.{Member(stage)}" : Member(stage);

                foreach (TensorSpec tensor in stage.Tensors)
                {
                    if (tensor.Initializer is { } initializer)
                    {
                        writer.WriteLine($"global::Nnfs.WeightInitialization.{initializer}({tensors}.{tensor.Name}, random);");
                    }
                    else if (tensor.Fill != 0)
                    {
                        writer.WriteLine($"{tensors}.{tensor.Name}.Fill({Wording.Number(tensor.Fill)});");
                    }
                }
            }
        }
    }
}
