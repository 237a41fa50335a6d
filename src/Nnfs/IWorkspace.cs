namespace Nnfs;

/// <summary>The memory of one training thread: what a network's passes over a batch leave behind.</summary>
public interface IWorkspace
{
    /// <summary>The greatest number of samples of a batch.</summary>
    int BatchSize { get; }

    /// <summary>
    /// Whether the next passes are for training, as they are at first. Outside training dropout drops nothing, and batch normalisation takes its running
    /// averages; it makes no difference to a network without such layers.
    /// </summary>
    bool IsTraining { get; set; }

    /// <summary>What the masks of dropout are drawn from in the next training pass; each such pass adds 1, so that it has masks of its own.</summary>
    ulong DropoutSeed { get; set; }

    /// <summary>
    /// The weights of the samples of the next passes, finite and at least 0: one for each sample, or where each has several positions with a class, one for
    /// each position. Empty, as at first, all count alike. The loss of the data is the mean over samples and positions of their losses, each times its weight,
    /// and gradients are those of that mean. It is not divided by the sum of the weights, so that weighted batches add up as others do.
    /// </summary>
    /// <remarks>The memory is read by each pass with a loss, until it is set again. A pass with another number of samples throws.</remarks>
    /// <exception cref="NotSupportedException">
    /// The network has no loss, so that weights are part of the gradients that its backward pass takes; or it was compiled with an earlier version of the
    /// package.
    /// </exception>
    ReadOnlyMemory<float> SampleWeights
    {
        get => default;
        set
        {
            if (!value.IsEmpty)
            {
                throw new NotSupportedException(
                    "Expected a network with a loss of the library, compiled with this version of Nnfs.Generators, but this one's passes weigh no samples.");
            }
        }
    }

    /// <summary>What L1 and L2 on weights and biases added to the loss of the last pass; 0 where no layer has them.</summary>
    float RegularizationLoss { get; }

    /// <summary>The outputs of the last pass [samples × <see cref="INetwork{TSelf}.OutputSize"/>], row-major.</summary>
    Span<float> Outputs { get; }

    /// <summary>The gradient with respect to the parameters, laid out as <see cref="INetworkModel{TSelf}.Parameters"/> are; its padding stays zero.</summary>
    Span<float> Gradients { get; }

    /// <summary>The gradient with respect to the inputs of the last pass [samples × <see cref="INetwork{TSelf}.InputSize"/>], row-major.</summary>
    Span<float> InputGradients { get; }
}
