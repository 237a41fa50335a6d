namespace Nnfs;

/// <summary>What a layer computes.</summary>
/// <remarks>The numbers are part of compiled networks: they never change, and a new kind takes the next one.</remarks>
public enum LayerKind
{
    /// <summary>y = x·W + b, with the tensors weights W [inputs, neurons] and biases b [neurons].</summary>
    Dense = 0,

    /// <summary>y = max(0, x).</summary>
    ReLU = 1,

    /// <summary>yᵢ = exp(xᵢ) / Σⱼ exp(xⱼ).</summary>
    Softmax = 2,

    /// <summary>The loss of logits; as a layer it gives their softmax. Its setting is the label smoothing.</summary>
    SoftmaxCrossEntropy = 3,

    /// <summary>The loss of probabilities; as a layer it passes them on unchanged.</summary>
    CategoricalCrossEntropy = 4,

    /// <summary>y = x where x is positive, and the setting times x elsewhere.</summary>
    LeakyReLU = 5,

    /// <summary>y = 1 / (1 + exp(−x)).</summary>
    Sigmoid = 6,

    /// <summary>y = tanh(x).</summary>
    Tanh = 7,

    /// <summary>y = x where x is positive, and the setting times exp(x) − 1 elsewhere.</summary>
    ELU = 8,

    /// <summary>y = x · (1 + erf(x / √2)) / 2.</summary>
    GELU = 9,

    /// <summary>y = x / 2 · (1 + tanh(√(2 / π) · (x + 0.044715 · x³))).</summary>
    GELUTanh = 10,

    /// <summary>y = x / (1 + exp(−x)).</summary>
    SiLU = 11,

    /// <summary>y = x.</summary>
    Linear = 12,

    /// <summary>In predictions y = x; in training some values are dropped, with the setting as their rate.</summary>
    Dropout = 13,

    /// <summary>y = γ · (x − mean) / √(variance + ε) + β over the values of a row, with the tensors γ and β [size]; ε is the setting.</summary>
    LayerNorm = 14,

    /// <summary>
    /// y = γ · (x − mean) / √(variance + ε) + β, in predictions with the running mean and variance, with the tensors γ, β, running mean and running
    /// variance [size]; ε is the setting.
    /// </summary>
    BatchNorm = 15,

    /// <summary>The sum of its sources.</summary>
    Add = 16,

    /// <summary>The product of its sources, element by element.</summary>
    Multiply = 17,

    /// <summary>Its sources side by side.</summary>
    Concat = 18,

    /// <summary>An input of the network.</summary>
    Input = 19,

    /// <summary>An output of the network without a loss: its source, unchanged.</summary>
    Output = 20,

    /// <summary>The loss −t·log p − (1 − t)·log(1 − p) of probabilities; as a layer it passes them on unchanged.</summary>
    BinaryCrossEntropy = 21,

    /// <summary>The same loss of logits; as a layer it gives their sigmoid.</summary>
    SigmoidBinaryCrossEntropy = 22,

    /// <summary>The loss (y − t)²; as a layer it passes y on unchanged.</summary>
    MeanSquaredError = 23,

    /// <summary>The loss |y − t|; as a layer it passes y on unchanged.</summary>
    MeanAbsoluteError = 24,

    /// <summary>The loss that is ½(y − t)² for errors up to the setting, and a line beyond; as a layer it passes y on unchanged.</summary>
    Huber = 25,

    /// <summary>y = log(1 + exp(x)).</summary>
    Softplus = 26,

    /// <summary>y = x · min(max(x / 6 + 1/2, 0), 1).</summary>
    HardSwish = 27,

    /// <summary>y = γ · x / √(mean(x²) + ε), with the mean over the values of a row and the tensor γ [size]; ε is the setting.</summary>
    RMSNorm = 28,

    /// <summary>The values of a sample as they are, in one dimension.</summary>
    Flatten = 29,

    /// <summary>The values of a sample as they are, in another shape.</summary>
    Reshape = 30,

    /// <summary>
    /// y[f] = b[f] + Σ x[pixel, channel] · w[pixel, channel, f] over the pixels of a window and the channels of a group, with the tensors weights
    /// [kernel height, kernel width, channels / groups, filters] and, where it has some, biases [filters].
    /// </summary>
    Conv2D = 31,

    /// <summary>
    /// y[c] = b[c] + Σ x[pixel, c] · w[pixel, c] over the pixels of a window, with the tensors weights [kernel height, kernel width, channels] and, where it
    /// has some, biases [channels].
    /// </summary>
    DepthwiseConv2D = 32,

    /// <summary>
    /// Each value of a pixel times the weights of a filter is added to the pixels of a window around it, with the tensors weights
    /// [kernel height, kernel width, channels, filters] and, where it has some, biases [filters].
    /// </summary>
    ConvTranspose2D = 33,

    /// <summary>Each pixel several times, along both dimensions.</summary>
    Upsample2D = 34,

    /// <summary>The greatest value of each channel in a window.</summary>
    MaxPool2D = 35,

    /// <summary>The mean of each channel in a window; zeros around the image do not count.</summary>
    AveragePool2D = 36,

    /// <summary>The greatest value of each channel over all steps or pixels.</summary>
    GlobalMaxPool = 37,

    /// <summary>The mean of each channel over all steps or pixels.</summary>
    GlobalAveragePool = 38,

    /// <summary>
    /// y[step, f] = b[f] + Σ x[step · stride + tap · dilation, channel] · w[tap, channel, f] over the taps of a window and the channels of a group, with
    /// the tensors weights [kernel, channels / groups, filters] and, where it has some, biases [filters].
    /// </summary>
    Conv1D = 39,

    /// <summary>The same of each channel by itself, with the tensors weights [kernel, channels] and, where it has some, biases [channels].</summary>
    DepthwiseConv1D = 40,

    /// <summary>The greatest value of each channel in a window of steps.</summary>
    MaxPool1D = 41,

    /// <summary>The mean of each channel in a window of steps; zeros around the sequence do not count.</summary>
    AveragePool1D = 42,

    /// <summary>
    /// The state h after the last step, or after each, of h = tanh(x·W + h'·U + b), with the tensors input weights W [features, units], recurrent weights U
    /// [units, units] and biases b [units], and where it is bidirectional the same again for the steps in reverse.
    /// </summary>
    SimpleRNN = 43,

    /// <summary>
    /// The same of a gated recurrent unit, with the gates update, reset, candidate: z and r are sigmoids of x·W + b + h'·U + c,
    /// n = tanh(x·W + b + r · (h'·U + c)), h = (1 − z) · n + z · h'. The tensors are input weights W [features, 3 · units], recurrent weights U
    /// [units, 3 · units], biases b and recurrent biases c [3 · units], and where it is bidirectional the same again for the steps in reverse.
    /// </summary>
    GRU = 44,

    /// <summary>
    /// The same of a long short-term memory, with the gates input, forget, candidate, output: i, f and o are sigmoids, and g is the hyperbolic tangent, of
    /// x·W + h'·U + b, the memory is c = f · c' + i · g, and h = o · tanh(c). The tensors are input weights W [features, 4 · units], recurrent weights U
    /// [units, 4 · units] and biases b [4 · units], and where it is bidirectional the same again for the steps in reverse.
    /// </summary>
    LSTM = 45,

    /// <summary>y[p] = W[x[p]] of indices x, with the tensor weights [vocabulary, dimensions].</summary>
    Embedding = 46,

    /// <summary>y = x + W at each step, with the tensor weights [steps, features].</summary>
    PositionalEmbedding = 47,

    /// <summary>
    /// Each step takes from all steps, or from those up to itself, what its heads find alike, with the tensors query, key, value and output weights
    /// [features, features], and then their biases [features]; the setting is the number of heads.
    /// </summary>
    SelfAttention = 48,

    /// <summary>Zeros around an image.</summary>
    ZeroPadding2D = 49,

    /// <summary>Zeros before and after a sequence.</summary>
    ZeroPadding1D = 50,

    /// <summary>y = min(max(x / 6 + 1/2, 0), 1).</summary>
    HardSigmoid = 51,

    /// <summary>y = 1.050701 · x where x is positive, and 1.7580993 · (exp(x) − 1) elsewhere.</summary>
    SELU = 52,

    /// <summary>
    /// y = W[k], x without its last value, the index k, with the tensor weights [vocabulary, dimensions]: what reads a feature with an embedding.
    /// </summary>
    FeatureEmbedding = 53,
}
