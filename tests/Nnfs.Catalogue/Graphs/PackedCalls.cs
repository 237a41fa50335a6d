namespace Nnfs.Catalogue.Graphs;

/// <summary>Calls of a network by generic code, which gives and takes all of a sample in one row.</summary>
public static class PackedCalls
{
    /// <summary>Both passes; gives the loss.</summary>
    public static float ForwardBackward<TNetwork, TWorkspace>(
        ITrainableNetwork<TNetwork, TWorkspace> network, TWorkspace workspace, float[][] inputs, GraphAnswers answers)
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        int samples = inputs[0].Length / TNetwork.Inputs[0].Size;
        IEnumerable<float[]> targets = Enumerable.Range(0, TNetwork.Outputs.Length)
            .Where(static i => TNetwork.Outputs[i].Loss is not null)
            .Select(i => TNetwork.Outputs[i].TakesLabels ? Array.ConvertAll(answers.Labels[i], static label => (float)label) : answers.Targets[i]);

        return network.ForwardBackward(Rows(samples, inputs), Rows(samples, [.. targets]), workspace);
    }

    /// <summary>The outputs of all samples, a row for each.</summary>
    public static float[] Predict<TNetwork>(TNetwork network, float[][] inputs)
        where TNetwork : INetwork<TNetwork>
    {
        int samples = inputs[0].Length / TNetwork.Inputs[0].Size;
        float[] outputs = new float[samples * TNetwork.OutputSize];
        network.Predict(Rows(samples, inputs), outputs);

        return outputs;
    }

    /// <summary>The values of several things for each sample, one after another.</summary>
    public static float[] Rows(int samples, params float[][] parts) =>
    [
        .. Enumerable.Range(0, samples)
            .SelectMany(sample => parts.SelectMany(part => part.Skip(sample * (part.Length / samples)).Take(part.Length / samples))),
    ];
}
