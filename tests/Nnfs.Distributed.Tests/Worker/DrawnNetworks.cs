using System.Reflection;

namespace Nnfs.Distributed.Worker;

/// <summary>Trains each network of an assembly on samples that are drawn.</summary>
/// <param name="group">The processes that train.</param>
internal sealed class DrawnNetworks(ITrainingGroup group)
{
    private const int Samples = 29;

    /// <summary>A line for each network: its name and what came of its training.</summary>
    public IEnumerable<string> Run(string assembly)
    {
        MethodInfo train = typeof(DrawnNetworks).GetMethod(nameof(Train), BindingFlags.Instance | BindingFlags.NonPublic)!;

        foreach (Type network in Assembly.LoadFrom(assembly).GetExportedTypes().OrderBy(static type => type.Name, StringComparer.Ordinal))
        {
            Type? trainable = network.GetInterfaces().FirstOrDefault(static face =>
                face.IsGenericType && face.GetGenericTypeDefinition() == typeof(ITrainableNetwork<,>));

            if (trainable is not null)
            {
                yield return $"{network.Name} {train.MakeGenericMethod(trainable.GetGenericArguments()).Invoke(this, null)}";
            }
        }
    }

    private string Train<TNetwork, TWorkspace>()
        where TNetwork : class, ITrainableNetwork<TNetwork, TWorkspace>
        where TWorkspace : class, IWorkspace
    {
        TNetwork network = TNetwork.Create(new NumpyRandom(seed: 1 + group.Rank));
        NumpyRandom random = new(seed: 7);
        float[] features = Rows(TNetwork.Inputs.Select<InputInfo, Func<float>>(input => () => input.TakesIndices
            ? (int)(random.NextDouble() * input.Vocabulary)
            : (float)random.NextGaussian()), [.. TNetwork.Inputs.Select(static input => input.Size)]);
        bool leavesOut = TNetwork.Inputs.Length == 1 && TNetwork.Outputs.Length == 1;
        float[] targets = Rows(
            TNetwork.Outputs.Select<OutputInfo, Func<float>>(output => () => Target(output, random, leavesOut)),
            [.. TNetwork.Outputs.Select(static output => output.TargetSize)]);
        TrainingOptions options = new()
        {
            Group = group,
            Epochs = 2,
            BatchSize = 12,
            Optimizer = new Adam(0.001f),
            ClipNorm = 10f,
            SampleWeights = random.NextDouble() < 0.5 ? default : Rows([() => (float)random.NextDouble()], [1]),
        };

        try
        {
            return TrainingResult.Of(network, network is IClassifier<TNetwork, TWorkspace> classifier
                ? classifier.Train(features, Array.ConvertAll(targets, static target => (int)target), options)
                : network.Train(features, targets, options));
        }
        catch (TrainingDivergedException exception)
        {
            return exception.Message.ReplaceLineEndings(" ");
        }
    }

    /// <summary>A row for each sample: numbers of each kind, as many as there are of it.</summary>
    private static float[] Rows(IEnumerable<Func<float>> draws, int[] counts)
    {
        Func<float>[] all = [.. draws];

        return [.. Enumerable.Range(0, Samples).SelectMany(_ => all.SelectMany((draw, kind) => Enumerable.Range(0, counts[kind]).Select(_ => draw())))];
    }

    /// <summary>A number, a class, or 0 or 1; of several classes of a sample some are left out, which a group can't where there are several outputs.</summary>
    private static float Target(OutputInfo output, NumpyRandom random, bool leavesOut)
    {
        bool hasClasses = output.TargetSize < output.Size || output.Shape[^1] == 1;

        return !output.TakesLabels ? (float)random.NextGaussian()
            : !hasClasses ? (int)(random.NextDouble() * 2)
            : leavesOut && output.TargetSize > 1 && output.TargetSize < output.Size && random.NextDouble() < 0.1 ? -1
            : output.TargetSize < output.Size ? (int)(random.NextDouble() * output.Shape[^1])
            : 0;
    }
}
