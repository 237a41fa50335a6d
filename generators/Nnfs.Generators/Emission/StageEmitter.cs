using System.Globalization;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes one stage of a forward pass: a comment of intent and the call of its kernel.</summary>
internal static class StageEmitter
{
    /// <summary>What a stage computes, as a comment.</summary>
    public static string Comment(NetworkSpec network, StageSpec stage, PassKind pass) => stage switch
    {
        DenseSpec dense => DenseComment(network, dense, pass),
        ActivationSpec { Kind: ActivationKind.Linear } linear => $"// {linear.Name}: {Rows(linear.Size, pass)} as they are.",
        ActivationSpec activation => $"// {activation.Name}: {Formula(activation.Kind)} of {Rows(activation.Size, pass)}.",
        SoftmaxSpec softmax => $"// {softmax.Name}: probabilities of {Names.Count(softmax.Classes, "class", "classes")}{(pass == PassKind.Sample ? "" : " per sample")}.",
        DropoutSpec dropout when pass == PassKind.Training =>
            $"// {dropout.Name}: in training each value is 0 with probability {Names.Number(dropout.Rate).TrimEnd('f')}, and divided by {(1m - (decimal)dropout.Rate).ToString(CultureInfo.InvariantCulture)} otherwise.",
        DropoutSpec dropout => $"// {dropout.Name}: {Rows(dropout.Size, pass)} as they are, outside training.",
        NormSpec { TakesBatch: false } norm => $"// {norm.Name}: each sample's {Names.Count(norm.Size, "value")} to mean 0 and variance 1, then · γ + β.",
        NormSpec norm when pass == PassKind.Training =>
            $"// {norm.Name}: each of {Names.Count(norm.Size, "value")} to mean 0 and variance 1 over the samples, then · γ + β; by the running averages outside training.",
        NormSpec norm => $"// {norm.Name}: each of {Names.Count(norm.Size, "value")} less its running mean, divided by its running deviation, then · γ + β.",
        JoinSpec { Kind: JoinKind.Concat } join => $"// {join.Name}: {string.Join(" + ", join.Sizes)} values side by side.",
        JoinSpec join => $"// {join.Name}: the {(join.Kind == JoinKind.Add ? "sum" : "product")} of {string.Join(", ", join.Sources.Select(source => Names.ValueTitle(network, source)))}, {Rows(join.Outputs, pass)}.",
        _ => throw new ArgumentOutOfRangeException(nameof(stage)),
    };

    /// <summary>Writes the calls that compute a stage.</summary>
    /// <param name="writer">Takes the text.</param>
    /// <param name="network">The network.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="sources">The values that it reads, one for each of its sources.</param>
    /// <param name="destination">The memory that it writes.</param>
    /// <param name="pass">What the pass is for.</param>
    public static void WriteCalls(SourceWriter writer, NetworkSpec network, StageSpec stage, IReadOnlyList<string> sources, string destination, PassKind pass)
    {
        string samples = pass == PassKind.Sample ? "samples: 1" : "samples";
        string source = sources[0];

        switch (stage)
        {
            case DenseSpec dense:
                writer.WriteLine(DenseCall(network, dense, source, destination, pass));
                WriteInPlaceActivation(writer, dense, destination, pass);
                break;

            case ActivationSpec { Kind: ActivationKind.Linear } linear:
                writer.WriteLine($"{Exactly(source, linear.Size, pass)}.CopyTo({destination});");
                break;

            case ActivationSpec activation:
                writer.WriteLine(Names.Call($"{activation.Kind}.Forward", [$"x: {Exactly(source, activation.Size, pass)}", .. Parameter(activation.Kind, activation.Parameter), $"y: {destination}"]));
                break;

            case SoftmaxSpec softmax:
                writer.WriteLine(Names.Call($"Softmax.Forward<{Names.Dimension(network, softmax.Classes)}>", $"x: {source}", $"y: {destination}", samples));
                break;

            case DropoutSpec dropout when pass == PassKind.Training:
                WriteDropout(writer, dropout, source, destination);
                break;

            case DropoutSpec dropout:
                writer.WriteLine($"{Exactly(source, dropout.Size, pass)}.CopyTo({destination});");
                break;

            case NormSpec { TakesBatch: true } norm:
                WriteBatchNorm(writer, network, norm, source, destination, pass, samples);
                break;

            case NormSpec norm:
                writer.WriteLine(Names.Call(
                    $"LayerNorm.Forward<{Names.Dimension(network, norm.Size)}>",
                    [
                        $"x: {source}",
                        .. Scales(network, norm),
                        $"epsilon: {Names.Number(norm.Epsilon)}",
                        $"y: {destination}",
                        .. pass == PassKind.Training ? new[] { $"statistics: {Names.Activations(network, Names.StatisticsField(norm), 2)}" } : [],
                        samples,
                    ]));
                break;

            case JoinSpec { Kind: JoinKind.Concat } join:
                WriteConcat(writer, join, sources, destination, samples);
                break;

            case JoinSpec join:
                WriteElementwise(writer, join, sources, destination, pass);
                break;

            default:
                throw new ArgumentOutOfRangeException(nameof(stage));
        }
    }

    /// <summary>What an activation computes of x.</summary>
    public static string Formula(ActivationKind kind) => kind switch
    {
        ActivationKind.ReLU => "max(0, x)",
        ActivationKind.LeakyReLU => "x where it is positive, slope · x elsewhere,",
        ActivationKind.Sigmoid => "1 / (1 + exp(−x))",
        ActivationKind.Tanh => "tanh(x)",
        ActivationKind.ELU => "x where it is positive, alpha · (exp(x) − 1) elsewhere,",
        ActivationKind.GELU => "x · Φ(x)",
        ActivationKind.GELUTanh => "x / 2 · (1 + tanh(√(2 / π) · (x + 0.044715 · x³)))",
        ActivationKind.SiLU => "x / (1 + exp(−x))",
        ActivationKind.Linear => "x",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The slope or alpha as an argument, for an activation that has one.</summary>
    public static string[] Parameter(ActivationKind kind, float parameter) => kind switch
    {
        ActivationKind.LeakyReLU => [$"slope: {Names.Number(parameter)}"],
        ActivationKind.ELU => [$"alpha: {Names.Number(parameter)}"],
        _ => [],
    };

    private static string DenseComment(NetworkSpec network, DenseSpec dense, PassKind pass)
    {
        string then = dense.ReLUName is { } relu ? $", then {relu}" : "";

        return pass == PassKind.Sample ? $"// {dense.Name}: [{dense.Inputs}] · [{dense.Inputs} × {dense.Outputs}] + [{dense.Outputs}]{then}."
            : network.Plan == NetworkPlan.Lanes ? $"// {dense.Name}, 16 samples a vector: [{dense.Outputs} × {dense.Inputs}] · [{dense.Inputs} × samples] + [{dense.Outputs}]{then}."
            : $"// {dense.Name}: [samples × {dense.Inputs}] · [{dense.Inputs} × {dense.Outputs}] + [{dense.Outputs}]{then}.";
    }

    private static string DenseCall(NetworkSpec network, DenseSpec dense, string source, string destination, PassKind pass)
    {
        string method = dense.ReLUName is null ? "Forward" : "ForwardReLU";
        string[] arguments =
        [
            $"x: {source}",
            $"w: {network.ParametersField}.{Names.Weights(dense)}",
            $"b: {network.ParametersField}.{Names.Biases(dense)}",
            $"y: {destination}",
        ];

        return pass == PassKind.Sample ? Names.Call($"DenseSample.{method}{Names.LayoutArguments(network, dense)}", arguments)
            : network.Plan == NetworkPlan.Lanes ? Names.Call($"DenseLanes.{method}{Names.LayoutArguments(network, dense)}", [.. arguments, "stride", "samples"])
            : Names.Call($"Dense.{method}<{Names.Dimension(network, dense.Inputs)}, {Names.Dimension(network, dense.Outputs)}>", [.. arguments, "samples"]);
    }

    /// <summary>An activation that is not part of the product works where the product lies.</summary>
    private static void WriteInPlaceActivation(SourceWriter writer, DenseSpec dense, string destination, PassKind pass)
    {
        if (dense.InPlaceActivation is { } activation)
        {
            string values = Exactly(destination, dense.Outputs, pass);

            writer.WriteLine($"""

                // {activation.Name}: {Formula(activation.Kind)} in place.
                {Names.Call($"{activation.Kind}.Forward", [$"x: {values}", .. Parameter(activation.Kind, activation.Parameter), $"y: {values}"])}
                """);
        }
    }

    private static void WriteDropout(SourceWriter writer, DropoutSpec dropout, string source, string destination)
    {
        string values = Exactly(source, dropout.Size, PassKind.Training);

        using (writer.WriteBlock($"if (workspace._masks is {{ }} seed{dropout.Number})"))
        {
            writer.WriteLine(Names.Call("Dropout.Forward", $"x: {values}", $"rate: {Names.Number(dropout.Rate)}", $"seed: {Names.Kernels}.Dropout.Seed(seed{dropout.Number}, layer: {dropout.Number})", $"first: start * {dropout.Size}L", $"y: {destination}"));
        }

        writer.WriteLine("else");

        using (writer.WriteBody())
        {
            writer.WriteLine($"{values}.CopyTo({destination});");
        }
    }

    private static void WriteBatchNorm(SourceWriter writer, NetworkSpec network, NormSpec norm, string source, string destination, PassKind pass, string samples)
    {
        string dimension = Names.Dimension(network, norm.Size);
        string epsilon = $"epsilon: {Names.Number(norm.Epsilon)}";
        string[] running = [$"runningMean: {network.ParametersField}.{Names.Vector(norm, 2)}", $"runningVariance: {network.ParametersField}.{Names.Vector(norm, 3)}"];
        string predict = Names.Call($"BatchNorm.Predict<{dimension}>", [$"x: {source}", .. Scales(network, norm), .. running, epsilon, $"y: {destination}", samples]);

        if (pass != PassKind.Training)
        {
            writer.WriteLine(predict);

            return;
        }

        string statistics = $"statistics: workspace.{Names.StatisticsField(norm)}.Span";

        using (writer.WriteBlock("if (workspace._isTrainingPass)"))
        {
            writer.WriteLine(Names.Call($"BatchNorm.Forward<{dimension}>", [$"x: {source}", .. Scales(network, norm), epsilon, $"y: {destination}", statistics, samples]));
            writer.WriteLine(Names.Call($"BatchNorm.UpdateRunning<{dimension}>", [statistics, epsilon, $"momentum: {Names.Number(norm.Momentum)}", samples, .. running]));
        }

        writer.WriteLine("else");

        using (writer.WriteBody())
        {
            writer.WriteLine(predict);
        }
    }

    private static void WriteConcat(SourceWriter writer, JoinSpec join, IReadOnlyList<string> sources, string destination, string samples)
    {
        int column = 0;

        for (int i = 0; i < sources.Count; i++)
        {
            int size = join.Sizes[i];
            writer.WriteLine(Names.Call(
                "Columns.Copy", $"x: {sources[i]}", "xStart: 0", $"xSize: {size}", $"y: {destination}", $"yStart: {column}", $"ySize: {join.Outputs}", $"count: {size}", samples));
            column += size;
        }
    }

    private static void WriteElementwise(SourceWriter writer, JoinSpec join, IReadOnlyList<string> sources, string destination, PassKind pass)
    {
        string method = join.Kind == JoinKind.Add ? "Add" : "Multiply";
        string result = Exactly(destination, join.Outputs, pass);
        string left = Exactly(sources[0], join.Outputs, pass);

        if (sources.Count == 1)
        {
            writer.WriteLine($"{left}.CopyTo({destination});");
        }

        for (int i = 1; i < sources.Count; i++)
        {
            writer.WriteLine(Names.Elements(method, left, Exactly(sources[i], join.Outputs, pass), result));
            left = result;
        }
    }

    private static string[] Scales(NetworkSpec network, NormSpec norm) =>
        [$"gamma: {network.ParametersField}.{Names.Vector(norm, 0)}", $"beta: {network.ParametersField}.{Names.Vector(norm, 1)}"];

    /// <summary>The values of the samples and no more: a sample's memory is padded, and a tile's may be longer than the samples in it.</summary>
    private static string Exactly(string values, int size, PassKind pass) => pass switch
    {
        PassKind.Sample => $"{values}.Slice(0, {size})",
        PassKind.Tile => $"{values}.Slice(0, samples * {size})",
        _ => values,
    };

    private static string Rows(int size, PassKind pass) => pass == PassKind.Sample ? $"[{size}]" : $"[samples × {size}]";
}
