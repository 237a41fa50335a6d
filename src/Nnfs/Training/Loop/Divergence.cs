namespace Nnfs.Training;

/// <summary>Says where in a batch numbers stopped being finite. That it is so is found first, and cheaply; only then is the place looked for.</summary>
/// <typeparam name="TNetwork">The network.</typeparam>
/// <param name="batch">The batch.</param>
internal readonly struct Divergence<TNetwork>(BatchReport batch)
    where TNetwork : INetworkModel<TNetwork>
{
    /// <summary>The loss of a batch, or a gradient, is not finite.</summary>
    /// <param name="gradients">Its gradients.</param>
    /// <param name="input">What of its data is not finite, if anything.</param>
    public TrainingDivergedException OfBatch(ReadOnlySpan<float> gradients, string? input)
    {
        string loss = float.IsFinite(batch.RegularizationLoss) ? TNetwork.Layers[^1].Name : nameof(IWorkspace.RegularizationLoss);
        string? layer = FiniteCheck.FirstFailingLayer<TNetwork>(gradients);

        return layer is null
            ? Of(loss, $"all gradients are finite: it is '{loss}' that overflows.", input)
            : Of(layer, $"the first layer with a gradient that is infinite or not a number is '{layer}'.", input);
    }

    /// <summary>Checks gradients of several batches, each of which was finite.</summary>
    /// <exception cref="TrainingDivergedException">Their sum is not.</exception>
    public void CheckSum(ReadOnlySpan<float> sum)
    {
        if (!FiniteCheck.IsFinite(sum) && FiniteCheck.FirstFailingLayer<TNetwork>(sum) is { } layer)
        {
            throw Of(layer, $"the first layer whose gradients overflow when those of several batches are added up is '{layer}'.", input: null);
        }
    }

    /// <summary>Checks what a step left behind. Padding does not count.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="optimizer">The optimizer.</param>
    /// <exception cref="TrainingDivergedException">A parameter or a number that the optimizer remembers is not finite.</exception>
    public void CheckStep(ReadOnlySpan<float> parameters, Optimizer optimizer)
    {
        if (!FiniteCheck.IsFinite(parameters) && FiniteCheck.FirstFailingLayer<TNetwork>(parameters) is { } layer)
        {
            throw Of(layer, $"the step would make parameters infinite or not a number, first those of '{layer}'.", input: null);
        }

        foreach (string name in optimizer.StateNames)
        {
            ReadOnlySpan<float> state = optimizer.GetState(name);

            if (!FiniteCheck.IsFinite(state) && FiniteCheck.FirstFailingLayer<TNetwork>(state) is { } place)
            {
                string type = optimizer.GetType().Name;

                throw Of(place, $"what {type} remembers as '{name}' would become infinite or not a number, first for '{place}'.", input: null);
            }
        }
    }

    private TrainingDivergedException Of(string layer, string cause, string? input) =>
        new(batch.Epoch, batch.Batch, batch.Loss, layer, input is null ? cause : $"{cause} Among the data, {input}.");
}
