using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes the parameters: their block, the constructors that draw them, and a view for each layer that has some.</summary>
internal static class ParametersEmitter
{
    private const string Refusal =
        "The attributes of this class have errors, which the compiler reports. Its members stand here so that other code still compiles.";

    public static void Write(SourceWriter writer, NetworkSpec network)
    {
        WriteField(writer, network);
        WriteConstructors(writer, network);
        WriteInitialize(writer, network);

        writer.WriteLine($"""

            /// <summary>
            /// All weights and biases in one block, aligned to 64 bytes. Between them lies padding, which is zero and must stay
            /// zero; <see cref="ParameterCount"/> does not count it.
            /// </summary>
            public {Names.FloatSpan} Parameters => {network.ParametersField}.Span;
            """);

        foreach (StageSpec stage in network.Stages.Where(static stage => stage.HasParameters))
        {
            writer.WriteLine($"""

                /// <summary>
                {string.Join("\n", stage.ParametersSummary.Select(static line => "/// " + line))}
                /// </summary>
                public global::Nnfs.{stage.ParametersType} {Member(stage)} =>
                    {stage.View(network.ParametersField, isOfGradients: false)};
                """);
        }

        writer.WriteLine();
    }

    private static string Member(StageSpec stage) => stage.Name.EscapeIdentifier();

    private static void WriteField(SourceWriter writer, NetworkSpec network)
    {
        IEnumerable<string> places = network.Stages.Where(static stage => stage.HasParameters).Select(static stage => stage.PlaceSummary);
        writer.WriteLine($"/// <summary>{string.Join(" ", places.DefaultIfEmpty("No parameters."))}</summary>");

        if (!network.HasErrors)
        {
            writer.WriteLine($"private readonly {Names.Block} {network.ParametersField} = new({network.ParameterLength});");

            return;
        }

        string refused = $"The network '{network.MetadataName}' was declared with errors, so it cannot run. The compiler reports them.";

        writer.WriteLine($"""
            private readonly {Names.Block} {network.ParametersField} = Refuse();

            /// <summary>{Refusal}</summary>
            private static {Names.Block} Refuse() =>
                throw new global::System.InvalidOperationException("{refused}");
            """);
    }

    private static void WriteConstructors(SourceWriter writer, NetworkSpec network)
    {
        if (network.WritesSeedConstructor)
        {
            writer.WriteLine($"""

                /// <summary>A network with weights drawn from a generator of its own, so that the same seed gives the same network.</summary>
                /// <param name="seed">The generator's seed, not negative.</param>
                /// <exception cref="global::System.ArgumentOutOfRangeException"><paramref name="seed"/> is negative.</exception>
                public {network.Name}(int seed = 0)
                """);

            writer.WriteLine(network.SeedConstructorChains
                ? """
                      : this(new global::Nnfs.NumpyRandom(seed))
                  {
                  }
                  """
                : """
                  {
                      InitializeParameters(new global::Nnfs.NumpyRandom(seed));
                  }
                  """);
        }

        if (network.WritesRandomConstructor)
        {
            writer.WriteLine($$"""

                /// <summary>A network with weights drawn from <paramref name="random"/>, layer by layer.</summary>
                /// <param name="random">The generator that the weights are drawn from; it advances.</param>
                public {{network.Name}}(global::Nnfs.NumpyRandom random)
                {
                    InitializeParameters(random);
                }
                """);
        }
    }

    private static void WriteInitialize(SourceWriter writer, NetworkSpec network)
    {
        writer.WriteLine("""

            /// <summary>
            /// Draws all weights anew, layer by layer and row by row, and sets all biases to zero. A constructor that neither calls
            /// this nor another constructor leaves every parameter at zero.
            /// </summary>
            /// <param name="random">The generator that the weights are drawn from; it advances.</param>
            """);

        using (writer.WriteBlock("public void InitializeParameters(global::Nnfs.NumpyRandom random)"))
        {
            writer.WriteLine("""
                global::System.ArgumentNullException.ThrowIfNull(random);
                Parameters.Clear();
                """);

            foreach (StageSpec stage in network.Stages)
            {
                foreach (TensorSpec tensor in stage.Tensors)
                {
                    if (tensor.Initializer is { } initializer)
                    {
                        writer.WriteLine($"global::Nnfs.WeightInitialization.{initializer}({Member(stage)}.{tensor.Name}, random);");
                    }
                    else if (tensor.Fill != 0)
                    {
                        writer.WriteLine($"{Member(stage)}.{tensor.Name}.Fill({Wording.Number(tensor.Fill)});");
                    }
                }
            }
        }
    }
}
