using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>The descriptions of a network's inputs, layers and outputs that generic code reads.</summary>
internal static class LayerList
{
    public static IEnumerable<string> Lines(NetworkSpec network)
    {
        string previous = network.Inputs[0].Name;

        foreach (InputSpec input in network.Inputs.Where(static input => input.IsDeclared))
        {
            yield return Layer(input.Name, "Input", input.Size, input.Size);
            previous = input.Name;
        }

        foreach (StageSpec stage in network.Stages)
        {
            string sources = Sources(network, stage.Sources, previous);
            previous = stage.OutputName;

            switch (stage)
            {
                case DenseSpec dense:
                    yield return
                        $"global::Nnfs.LayerInfo.Dense(\"{dense.Name}\", \"{dense.StoredAs}\", inputs: {dense.Inputs}, neurons: {dense.Outputs}, " +
                        $"weights: {dense.WeightsOffset}, {Names.WeightStrides(dense)}, biases: {dense.BiasesOffset}{Argument(sources)}),";

                    if (dense.Activation is { } fused)
                    {
                        yield return Layer(fused.Name, fused.Kind.ToString(), dense.Outputs, dense.Outputs, setting: fused.Parameter);
                    }

                    break;

                case NormSpec norm:
                    string vectors = string.Join(", ", Enumerable.Range(0, norm.Vectors).Select(vector => norm.Offset + (vector * norm.Stride)));
                    yield return
                        $"global::Nnfs.LayerInfo.Norm(\"{norm.Name}\", global::Nnfs.LayerKind.{(norm.TakesBatch ? "BatchNorm" : "LayerNorm")}, \"{norm.StoredAs}\", " +
                        $"size: {norm.Size}, epsilon: {Names.Number(norm.Epsilon)}, tensors: [{vectors}]{Argument(sources)}),";
                    break;

                case ActivationSpec activation:
                    yield return Layer(activation.Name, activation.Kind.ToString(), activation.Size, activation.Size, sources, activation.Parameter);
                    break;

                case SoftmaxSpec softmax:
                    yield return Layer(softmax.Name, "Softmax", softmax.Classes, softmax.Classes, sources);
                    break;

                case DropoutSpec dropout:
                    yield return Layer(dropout.Name, "Dropout", dropout.Size, dropout.Size, sources, dropout.Rate);
                    break;

                case JoinSpec join:
                    yield return Layer(join.Name, join.Kind.ToString(), join.Kind == JoinKind.Concat ? join.Outputs : join.Sizes[0], join.Outputs, sources);
                    break;
            }
        }

        foreach (OutputSpec output in network.Outputs)
        {
            string sources = Sources(network, new EquatableArray<int>([output.Source]), previous);

            if (network.Outputs.Any(static other => other.IsDeclared))
            {
                yield return Layer(output.Name, output.Loss == LossKind.None ? "Output" : $"{output.Loss}", output.Size, output.Size, Sources(network, new EquatableArray<int>([output.Source]), ""), output.Parameter);
            }
            else if (output.Loss != LossKind.None)
            {
                yield return Layer($"{output.Loss}", $"{output.Loss}", output.Size, output.Size, sources, output.Parameter);
            }
        }
    }

    /// <summary>The names of what a layer reads, as a list; nothing where that is what stands before it.</summary>
    private static string Sources(NetworkSpec network, EquatableArray<int> sources, string previous)
    {
        string[] names = [.. sources.Select(source => SummaryTable.NameOf(network, source))];

        return names is [var only] && only == previous ? "" : $"[{string.Join(", ", names.Select(static name => $"\"{name}\""))}]";
    }

    private static string Layer(string name, string kind, int inputs, int outputs, string sources = "", float setting = 0f)
    {
        string members = string.Join(", ", new[] { sources.Length == 0 ? "" : $"Sources = {sources}", setting == 0f ? "" : $"Setting = {Names.Number(setting)}" }.Where(static member => member.Length > 0));

        return $"new(\"{name}\", global::Nnfs.LayerKind.{kind}, inputs: {inputs}, outputs: {outputs}){(members.Length == 0 ? "" : $" {{ {members} }}")},";
    }

    private static string Argument(string sources) => sources.Length == 0 ? "" : $", sources: {sources}";
}
