namespace Nnfs.Import.Translating;

/// <summary>The layers of a graph, each after those that it reads.</summary>
/// <param name="Layers">The layers, without the inputs.</param>
/// <param name="Inputs">The inputs.</param>
/// <param name="Outputs">The outputs.</param>
/// <param name="Problems">All that can't be expressed; if there is any, there are no layers.</param>
internal sealed record TranslatedGraph(
    IReadOnlyList<ImportedLayer> Layers, IReadOnlyList<ImportedPort> Inputs, IReadOnlyList<ImportedPort> Outputs, IReadOnlyList<ImportProblem> Problems)
{
    /// <summary>The layers that outputs need, with recurrent layers that give what is read of them.</summary>
    public static TranslatedGraph Of(IReadOnlyList<ImportedPort> inputs, List<ImportedPort> outputs)
    {
        List<ImportProblem> problems = [];
        List<ImportedLayer> layers = Needed(outputs);
        Dictionary<ImportedLayer, ImportedLayer> replaced = LastSteps(layers, outputs, problems);

        foreach (ImportedLayer layer in layers)
        {
            for (int i = 0; i < layer.Sources.Count; i++)
            {
                layer.Sources[i] = replaced.GetValueOrDefault(layer.Sources[i], layer.Sources[i]);
            }
        }

        layers.RemoveAll(replaced.ContainsKey);

        for (int i = 0; i < outputs.Count; i++)
        {
            outputs[i] = outputs[i] with { Layer = replaced.GetValueOrDefault(outputs[i].Layer, outputs[i].Layer) };
        }

        CheckIndices(layers, inputs, problems);
        CheckLogarithms(layers, outputs, problems);
        problems.AddRange(layers.Where(static layer => layer.Kind == ImportedLayer.LastOfDirection).Select(static layer => new ImportProblem(
            layer.Origin, layer.OriginOperator, "it takes the state of one direction; a layer gives those of both, the first and then the second")));
        problems.AddRange(layers.Where(Attention.IsPart).Select(static layer => new ImportProblem(
            layer.Origin, layer.OriginOperator, "it is a part of an attention that does not end in a dense layer of its outputs")));

        return problems.Count > 0 ? new([], inputs, outputs, problems) : new(layers, inputs, outputs, []);
    }

    /// <summary>The layers that lead to an output, each after those that it reads.</summary>
    private static List<ImportedLayer> Needed(List<ImportedPort> outputs)
    {
        List<ImportedLayer> layers = [];
        HashSet<ImportedLayer> seen = [];
        Stack<(ImportedLayer Layer, int Next)> path = new();

        foreach (ImportedPort output in outputs)
        {
            Enter(output.Layer);

            while (path.TryPop(out (ImportedLayer Layer, int Next) top))
            {
                if (top.Next < top.Layer.Sources.Count)
                {
                    path.Push((top.Layer, top.Next + 1));
                    Enter(top.Layer.Sources[top.Next]);
                }
                else
                {
                    layers.Add(top.Layer);
                }
            }
        }

        return layers;

        void Enter(ImportedLayer layer)
        {
            if (layer.Kind != ImportedLayer.Input && seen.Add(layer))
            {
                path.Push((layer, 0));
            }
        }
    }

    /// <summary>Decides for each recurrent layer whether it gives all steps or the last one.</summary>
    private static Dictionary<ImportedLayer, ImportedLayer> LastSteps(List<ImportedLayer> layers, List<ImportedPort> outputs, List<ImportProblem> problems)
    {
        Dictionary<ImportedLayer, ImportedLayer> replaced = [];

        foreach (ImportedLayer layer in layers.Where(static layer => layer.Kind is "LSTM" or "GRU" or "SimpleRNN"))
        {
            ImportedLayer[] readers = [.. layers.Where(reader => reader.Sources.Contains(layer))];

            if (Array.TrueForAll(readers, static reader => reader.Kind != ImportedLayer.LastStep))
            {
                layer.Settings.Insert(0, ("ReturnSequences", "true"));
            }
            else if (Array.TrueForAll(readers, static reader => reader.Kind == ImportedLayer.LastStep) && outputs.TrueForAll(output => output.Layer != layer))
            {
                layer.Shape = readers[0].Shape;
                Array.ForEach(readers, reader => replaced.Add(reader, layer));
            }
            else
            {
                problems.Add(new(layer.Origin, layer.OriginOperator, "both the states of all steps and that of the last are read; a layer gives one of them"));
            }
        }

        return replaced;
    }

    private static void CheckIndices(List<ImportedLayer> layers, IReadOnlyList<ImportedPort> inputs, List<ImportProblem> problems)
    {
        foreach (ImportedPort input in inputs)
        {
            ImportedLayer[] readers = [.. layers.Where(layer => layer.Sources.Contains(input.Layer))];
            input.AreIndices = Array.Exists(readers, static reader => reader.Kind == "Embedding");

            if (input.AreIndices && Array.Exists(readers, static reader => reader.Kind != "Embedding"))
            {
                problems.Add(new(input.Name, "input", "it is read both as indices and as numbers; give the network two inputs"));
            }
        }
    }

    private static void CheckLogarithms(List<ImportedLayer> layers, List<ImportedPort> outputs, List<ImportProblem> problems)
    {
        foreach (ImportedLayer layer in layers.Where(static layer => layer.Kind == ImportedLayer.LogSoftmax))
        {
            if (layers.Exists(reader => reader.Sources.Contains(layer)) || outputs.Count(output => output.Layer == layer) != 1
                || layer.Sources[0].Kind == ImportedLayer.Input)
            {
                problems.Add(new(layer.Origin, "LogSoftmax", "logarithms of probabilities are only expressed at the end of a network, by its loss"));
            }
        }

        for (int i = 0; i < outputs.Count; i++)
        {
            outputs[i] = outputs[i] with { IsLogarithm = outputs[i].Layer.Kind == ImportedLayer.LogSoftmax };
        }
    }
}
