namespace Nnfs;

/// <summary>How a file has the tensors of layers: their shapes, the order of their dimensions, and that of gates.</summary>
public enum TensorLayout
{
    /// <summary>
    /// As the network has them: the weights of dense layers [inputs, neurons], of convolutions [kernel height, kernel width, channels, filters]. Keras has the
    /// same for these, and for the kernels of its LSTM and GRU.
    /// </summary>
    Network,

    /// <summary>
    /// As the modules of PyTorch have them in a <c>state_dict</c>: the weights of dense layers [neurons, inputs], of convolutions [filters, channels, kernel
    /// height, kernel width], and images with their channels first, so that a dense layer after a flattened image has its inputs in another order.
    /// </summary>
    PyTorch,
}
