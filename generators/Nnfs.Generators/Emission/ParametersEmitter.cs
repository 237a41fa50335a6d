using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes the parameters: their block, the constructors that draw them, and a view for each layer that has some.</summary>
internal static class ParametersEmitter
{
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

        foreach (StageSpec stage in network.Stages)
        {
            switch (stage)
            {
                case DenseSpec dense:
                    writer.WriteLine($"""

                        /// <summary>
                        /// {dense.Name}: {Formula(dense)}, from {dense.Inputs} to {dense.Outputs} values. Weights W [{dense.Inputs}, {dense.Outputs}] and biases b [{dense.Outputs}],
                        /// {Names.Count(((long)dense.Inputs * dense.Outputs) + dense.Outputs, "parameter")}; the weights start from {Distribution(dense)}.{Penalties(dense)}
                        /// </summary>
                        public global::Nnfs.DenseParameters {Member(dense)} =>
                            new({network.ParametersField}.{Names.Weights(dense)}, {network.ParametersField}.Slice({dense.BiasesOffset}, {dense.Outputs}), inputs: {dense.Inputs}, {Names.WeightStrides(dense)});
                        """);
                    break;

                case NormSpec norm:
                    writer.WriteLine($"""

                        /// <summary>
                        /// {norm.Name}: y = γ · (x − mean) / √(variance + {Names.Number(norm.Epsilon).TrimEnd('f')}) + β, {(norm.TakesBatch ? "over the samples of a batch" : "over the values of a sample")}. γ and β [{norm.Size}],
                        /// {Names.Count(2L * norm.Size, "parameter")}; γ starts at 1 and β at 0.
                        /// </summary>
                        public global::Nnfs.{(norm.TakesBatch ? "BatchNormParameters" : "NormParameters")} {Member(norm)} =>
                            new({string.Join(", ", Enumerable.Range(0, norm.Vectors).Select(vector => $"{network.ParametersField}.{Names.Vector(norm, vector)}"))});
                        """);
                    break;
            }
        }

        writer.WriteLine();
    }

    /// <summary>Where a layer's parameters lie in the block.</summary>
    private static string Place(StageSpec stage) => stage switch
    {
        DenseSpec dense => $"{dense.Name}: weights from {dense.WeightsOffset}{Rows(dense)}, biases from {dense.BiasesOffset}.",
        NormSpec norm => $"{norm.Name}: γ{(norm.TakesBatch ? ", β, running mean and running variance" : " and β")} from {norm.Offset}, {norm.Stride} apart.",
        _ => throw new ArgumentOutOfRangeException(nameof(stage)),
    };

    private static string Rows(DenseSpec dense)
    {
        int length = dense.IsByNeuron ? dense.Inputs : dense.Outputs;
        string rows = dense.RowStride == length ? $"rows of {length}" : $"rows of {length} padded to {dense.RowStride}";

        return dense.IsByNeuron ? $" neuron by neuron, {rows}" : dense.RowStride == length ? "" : $", {rows}";
    }

    private static string Formula(DenseSpec dense) => dense.Activation switch
    {
        null => "y = x·W + b",
        { Kind: ActivationKind.ReLU } relu => $"y = max(0, x·W + b), with {relu.Name}",
        var activation => $"x·W + b, with {activation.Name} behind it",
    };

    private static string Penalties(StageSpec stage) => stage.Tensors.Any(static tensor => tensor.Penalty.AddsUp)
        ? $"\n/// They add to the loss: {string.Join(", ", stage.Tensors.SelectMany(Terms))}."
        : "";

    private static IEnumerable<string> Terms(TensorSpec tensor)
    {
        string symbol = tensor.Name == "Weights" ? "W" : "b";
        (float Factor, string Sum)[] terms = [(tensor.Penalty.L1, $"Σ|{symbol}|"), (tensor.Penalty.L2, $"Σ{symbol}²")];

        return terms.Where(static term => term.Factor > 0).Select(static term => $"{Names.Number(term.Factor).TrimEnd('f')} · {term.Sum}");
    }

    private static string Distribution(DenseSpec dense) => dense.WeightInitializer switch
    {
        WeightInitializer.HeNormal => "N(0, 2 / inputs)",
        WeightInitializer.GlorotUniform => "U(−l, l), l = √(6 / (inputs + neurons))",
        _ => "0.01 · N(0, 1)",
    };

    private static string Member(StageSpec stage) => Parsing.SymbolExtensions.EscapeIdentifier(stage.Name);

    private static void WriteField(SourceWriter writer, NetworkSpec network)
    {
        writer.WriteLine($"/// <summary>{string.Join(" ", network.Stages.Where(static stage => stage.HasParameters).Select(Place).DefaultIfEmpty("No parameters."))}</summary>");

        if (!network.HasErrors)
        {
            writer.WriteLine($"private readonly {Names.Block} {network.ParametersField} = new({network.ParameterLength});");

            return;
        }

        writer.WriteLine($"""
            private readonly {Names.Block} {network.ParametersField} = Refuse();

            /// <summary>The attributes of this class have errors, which the compiler reports. Its members stand here so that other code still compiles.</summary>
            private static {Names.Block} Refuse() =>
                throw new global::System.InvalidOperationException("The network '{network.MetadataName}' was declared with errors, so it cannot run. The compiler reports them.");
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
                switch (stage)
                {
                    case DenseSpec dense:
                        writer.WriteLine($"global::Nnfs.WeightInitialization.{dense.WeightInitializer}({Member(dense)}.Weights, random);");
                        break;

                    case NormSpec norm:
                        writer.WriteLine($"{Member(norm)}.Gamma.Fill(1f);");

                        if (norm.TakesBatch)
                        {
                            writer.WriteLine($"{Member(norm)}.RunningVariance.Fill(1f);");
                        }

                        break;
                }
            }
        }
    }
}
