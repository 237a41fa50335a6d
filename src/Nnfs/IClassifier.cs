namespace Nnfs;

/// <summary>What every generated network with a cross-entropy loss has, whose samples have labels: for code that is generic over networks.</summary>
/// <typeparam name="TSelf">The network itself.</typeparam>
/// <typeparam name="TWorkspace">Its workspace.</typeparam>
public interface IClassifier<TSelf, TWorkspace> : ITrainableNetwork<TSelf, TWorkspace>
    where TSelf : class, ITrainableNetwork<TSelf, TWorkspace>
    where TWorkspace : class, IWorkspace
{
    /// <summary>Runs the network on a batch and returns the mean loss of its outputs against <paramref name="labels"/>.</summary>
    /// <param name="inputs">[samples × <see cref="INetwork{TSelf}.InputSize"/>], row-major: at least one sample, at most the workspace's batch size.</param>
    /// <param name="labels">
    /// The class of each sample, or of each of its positions, from 0 to the last size of <see cref="INetwork{TSelf}.OutputShape"/> − 1; for a binary
    /// cross-entropy 0 or 1 for each output of each sample.
    /// </param>
    /// <param name="workspace">Takes the activations, and with them the outputs.</param>
    /// <exception cref="ArgumentException">
    /// A length is wrong, the workspace is too small, or a span overlaps its outputs. Nothing is written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is out of range. Nothing is written.</exception>
    float Forward(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, TWorkspace workspace);

    /// <summary>Runs the network forward and back: what <c>Forward</c> and then <c>Backward</c> do, except for the gradients of the inputs.</summary>
    /// <param name="inputs">[samples × <see cref="INetwork{TSelf}.InputSize"/>], row-major: at least one sample, at most the workspace's batch size.</param>
    /// <param name="labels">
    /// The class of each sample, or of each of its positions, from 0 to the last size of <see cref="INetwork{TSelf}.OutputShape"/> − 1; for a binary
    /// cross-entropy 0 or 1 for each output of each sample.
    /// </param>
    /// <param name="workspace">Takes the activations and the gradients of the parameters.</param>
    /// <returns>The mean loss.</returns>
    /// <exception cref="ArgumentException">
    /// A length is wrong, the workspace is too small, or a span overlaps its outputs. Nothing is written.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is out of range. Nothing is written.</exception>
    float ForwardBackward(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, TWorkspace workspace);

    /// <summary>Overwrites the workspace's gradients with the gradient of the mean loss. It follows a forward pass of the same inputs.</summary>
    /// <param name="inputs">The inputs of the forward pass.</param>
    /// <param name="labels">
    /// The class of each sample, or of each of its positions, from 0 to the last size of <see cref="INetwork{TSelf}.OutputShape"/> − 1; for a binary
    /// cross-entropy 0 or 1 for each output of each sample.
    /// </param>
    /// <param name="workspace">Holds the activations of the forward pass, and takes the gradients.</param>
    /// <exception cref="ArgumentException">A length is wrong, or not that of the workspace's last forward pass. Nothing is written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is out of range. Nothing is written.</exception>
    void Backward(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, TWorkspace workspace);
}
