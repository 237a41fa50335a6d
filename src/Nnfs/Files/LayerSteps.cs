using System.Collections.Immutable;
using Nnfs.Layers;

namespace Nnfs.Files;

/// <summary>The layers of a table as steps that two networks are compared by.</summary>
internal static class LayerSteps
{
    /// <summary>Every layer as it is: two networks that agree train alike.</summary>
    public static IReadOnlyList<LayerStep> InTraining(IReadOnlyList<LayerRow> rows) =>
    [
        .. rows.Select(static row => new LayerStep(
            row.Name, row.Kind, row.Setting, $"{Text(row.InputShape)} → {Text(row.OutputShape)}", row.Sources, row.Sources)),
    ];

    /// <summary>
    /// What is left of the layers in predictions: two networks that agree, and have the same tensors, predict the same. Names don't count, nor layers that
    /// pass values on, such as a dropout. A loss counts as what it makes of the values, such as a softmax.
    /// </summary>
    public static IReadOnlyList<LayerStep> InPredictions(IReadOnlyList<LayerRow> rows)
    {
        List<LayerStep> steps = [];
        Dictionary<string, (string Label, string Name)> values = new(StringComparer.Ordinal);
        (string Label, string Name) arriving = ("input 0", "the inputs");
        int inputs = 0;
        int outputs = 0;

        foreach (LayerRow row in rows)
        {
            LayerDefinition? definition = Enum.TryParse(row.Kind, out LayerKind kind) ? LayerDefinitions.Find(kind) : null;

            if (definition is { IsInput: true })
            {
                arriving = ($"input {inputs++}", row.Name);
                values[row.Name] = arriving;

                continue;
            }

            (string Label, string Name)[] sources =
                row.Sources.IsEmpty ? [arriving] : [.. row.Sources.Select(name => values.GetValueOrDefault(name, (name, name)))];
            string computes = definition?.InPredictions is { } other ? Enum.GetName(other)! : row.Kind;
            LayerDefinition? acting = definition?.InPredictions is { } acts ? LayerDefinitions.Find(acts) : definition;

            if (acting is not { PassesOn: true })
            {
                float setting = definition?.InPredictions is null ? row.Setting : 0f;
                steps.Add(Step(row.Name, computes, setting, Text(row.OutputShape), sources));
                sources = [($"layer {steps.Count}", row.Name)];
            }

            arriving = sources[0];
            values[row.Name] = arriving;

            if (definition is { EndsOutput: true })
            {
                steps.Add(Output(row.Name, outputs++, row.OutputShape, arriving));
            }
        }

        if (outputs == 0 && rows.Count > 0)
        {
            steps.Add(Output("the outputs", 0, rows[^1].OutputShape, arriving));
        }

        return steps;
    }

    private static LayerStep Output(string name, int number, ImmutableArray<int> shape, (string Label, string Name) source) =>
        Step(name, $"output {number + 1}", setting: 0f, Text(shape), [source]);

    private static LayerStep Step(string name, string kind, float setting, string shape, (string Label, string Name)[] sources) =>
        new(name, kind, setting, shape, [.. sources.Select(static source => source.Label)], [.. sources.Select(static source => source.Name)]);

    private static string Text(ImmutableArray<int> shape) => string.Join(" × ", shape);
}
