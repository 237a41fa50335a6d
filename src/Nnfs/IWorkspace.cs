namespace Nnfs;

/// <summary>The memory of one training thread: what a network's passes over a batch leave behind.</summary>
public interface IWorkspace
{
    /// <summary>The greatest number of samples of a batch.</summary>
    int BatchSize { get; }

    /// <summary>The outputs of the network [batch × <see cref="INetwork{TSelf}.OutputSize"/>], row-major.</summary>
    Span<float> Outputs { get; }

    /// <summary>The gradient with respect to the parameters, laid out as <see cref="INetwork{TSelf}.Parameters"/> are; its padding stays zero.</summary>
    Span<float> Gradients { get; }

    /// <summary>The gradient with respect to the inputs [batch × <see cref="INetwork{TSelf}.InputSize"/>], row-major.</summary>
    Span<float> InputGradients { get; }
}
