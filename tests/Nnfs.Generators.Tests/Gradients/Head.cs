namespace Nnfs.Generators.Tests.Gradients;

/// <summary>What stands at the end of a network, and so what its backward pass starts from.</summary>
internal enum Head
{
    /// <summary>No loss: the gradient of the outputs is given.</summary>
    None,

    /// <summary>A softmax without a loss: the gradient of the probabilities is given.</summary>
    Softmax,

    /// <summary>Softmax and cross-entropy in one.</summary>
    SoftmaxCrossEntropy,

    /// <summary>A softmax, and cross-entropy as a layer of its own.</summary>
    CategoricalCrossEntropy,
}
