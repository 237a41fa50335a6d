using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Nnfs;

namespace Playground.Training;

/// <summary>A network of a class, with a workspace for batches and another one for looking at it.</summary>
/// <typeparam name="TNetwork">The generated class.</typeparam>
/// <typeparam name="TWorkspace">Its workspace.</typeparam>
internal sealed class Trainee<TNetwork, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TWorkspace> : ITrainee
    where TNetwork : class, IClassifier<TNetwork, TWorkspace>
    where TWorkspace : class, IWorkspace, IGradients<TNetwork>
{
    private readonly TNetwork _network;
    private readonly TWorkspace _training;
    private readonly TWorkspace _looking;
    private readonly Dictionary<string, OutputsOf> _outputs = new(StringComparer.Ordinal);

    /// <summary>Draws the weights, and takes memory.</summary>
    /// <param name="random">The generator that the weights are drawn from.</param>
    /// <param name="batchSize">The most samples of a step.</param>
    /// <param name="mostSamples">The most samples that are looked at at once.</param>
    public Trainee(NumpyRandom random, int batchSize, int mostSamples)
    {
        _network = TNetwork.Create(random);
        _training = _network.CreateWorkspace(batchSize);
        _looking = _network.CreateWorkspace(mostSamples);
        _looking.IsTraining = false;

        foreach (LayerInfo layer in TNetwork.Layers)
        {
            if (FindOutputs(layer.Name) is { } outputs)
            {
                _outputs.Add(layer.Name, outputs);
            }
        }
    }

    private delegate TensorSpan<float> OutputsOf(TWorkspace workspace);

    private delegate DenseStage DenseOf(TWorkspace workspace);

    private delegate ActivationStage ActivationOf(TWorkspace workspace);

    private delegate NormStage NormOf(TWorkspace workspace);

    /// <inheritdoc/>
    public INetwork Network => _network;

    /// <inheritdoc/>
    public Span<float> Gradients => ((IWorkspace)_training).Gradients;

    /// <inheritdoc/>
    public float ForwardBackward(ReadOnlySpan<float> features, ReadOnlySpan<int> labels)
    {
        _training.DropoutSeed++;

        return _network.ForwardBackward(features, labels, _training);
    }

    /// <inheritdoc/>
    public void Update(Optimizer optimizer) => optimizer.Step(_network, _training);

    /// <inheritdoc/>
    public float Evaluate(ReadOnlySpan<float> features, ReadOnlySpan<int> labels, out ReadOnlySpan<float> outputs)
    {
        float loss = _network.Forward(features, labels, _looking);
        outputs = _looking.Outputs;

        return loss;
    }

    /// <inheritdoc/>
    public bool Shows(LayerInfo layer) => _outputs.ContainsKey(layer.Name);

    /// <inheritdoc/>
    public void CopyOutputs(LayerInfo layer, int neuron, ReadOnlySpan<int> samples, Span<float> values)
    {
        TensorSpan<float> outputs = _outputs[layer.Name](_looking);
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, samples.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(TensorPrimitives.Max(samples), (int)outputs.Lengths[0] - 1, nameof(samples));
        ArgumentOutOfRangeException.ThrowIfNegative(TensorPrimitives.Min(samples), nameof(samples));

        // The indexer of a tensor computes each place anew, which the interpreter of a browser takes a microsecond for.
        ref float first = ref outputs[0, neuron];
        nint stride = outputs.Strides[0];

        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Unsafe.Add(ref first, samples[i] * stride);
        }
    }

    /// <inheritdoc/>
    public void Save(Stream stream) => _network.Save(stream);

    /// <inheritdoc/>
    public void ExportOnnx(Stream stream) => _network.ExportOnnx(stream);

    /// <summary>How to get what a layer gives from the workspace, whose member has the layer's name; null where it has none.</summary>
    private static OutputsOf? FindOutputs(string layer)
    {
        System.Reflection.MethodInfo? get = typeof(TWorkspace).GetProperty(layer)?.GetMethod;

        if (get?.ReturnType == typeof(ActivationStage))
        {
            ActivationOf view = get.CreateDelegate<ActivationOf>();

            return workspace => view(workspace).Outputs;
        }

        if (get?.ReturnType == typeof(DenseStage))
        {
            DenseOf view = get.CreateDelegate<DenseOf>();

            return workspace => view(workspace).Outputs;
        }

        if (get?.ReturnType == typeof(NormStage))
        {
            NormOf view = get.CreateDelegate<NormOf>();

            return workspace => view(workspace).Outputs;
        }

        return null;
    }
}
