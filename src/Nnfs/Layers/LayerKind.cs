namespace Nnfs;

/// <summary>What a layer computes.</summary>
public enum LayerKind
{
    /// <summary>y = x·W + b, with the tensors weights W [inputs, neurons] and biases b [neurons].</summary>
    Dense,

    /// <summary>y = max(0, x).</summary>
    ReLU,

    /// <summary>yᵢ = exp(xᵢ) / Σⱼ exp(xⱼ).</summary>
    Softmax,

    /// <summary>The loss of logits; as a layer it gives their softmax. Its setting is the label smoothing.</summary>
    SoftmaxCrossEntropy,

    /// <summary>The loss of probabilities; as a layer it gives them on as they are.</summary>
    CategoricalCrossEntropy,

    /// <summary>y = x where x is positive, and the setting times x elsewhere.</summary>
    LeakyReLU,

    /// <summary>y = 1 / (1 + exp(−x)).</summary>
    Sigmoid,

    /// <summary>y = tanh(x).</summary>
    Tanh,

    /// <summary>y = x where x is positive, and the setting times exp(x) − 1 elsewhere.</summary>
    ELU,

    /// <summary>y = x · (1 + erf(x / √2)) / 2.</summary>
    GELU,

    /// <summary>y = x / 2 · (1 + tanh(√(2 / π) · (x + 0.044715 · x³))).</summary>
    GELUTanh,

    /// <summary>y = x / (1 + exp(−x)).</summary>
    SiLU,

    /// <summary>y = x.</summary>
    Linear,

    /// <summary>In predictions y = x; in training some values are dropped, with the setting as their rate.</summary>
    Dropout,

    /// <summary>y = γ · (x − mean) / √(variance + ε) + β over the values of a sample, with the tensors γ and β [size]; ε is the setting.</summary>
    LayerNorm,

    /// <summary>
    /// y = γ · (x − mean) / √(variance + ε) + β, in predictions with the running mean and variance, with the tensors γ, β, running mean and running
    /// variance [size]; ε is the setting.
    /// </summary>
    BatchNorm,

    /// <summary>The sum of its sources.</summary>
    Add,

    /// <summary>The product of its sources, element by element.</summary>
    Multiply,

    /// <summary>Its sources side by side.</summary>
    Concat,

    /// <summary>An input of the network.</summary>
    Input,

    /// <summary>An output of the network without a loss: its source as it is.</summary>
    Output,

    /// <summary>The loss −t·log p − (1 − t)·log(1 − p) of probabilities; as a layer it gives them on as they are.</summary>
    BinaryCrossEntropy,

    /// <summary>The same loss of logits; as a layer it gives their sigmoid.</summary>
    SigmoidBinaryCrossEntropy,

    /// <summary>The loss (y − t)²; as a layer it gives y on as it is.</summary>
    MeanSquaredError,

    /// <summary>The loss |y − t|; as a layer it gives y on as it is.</summary>
    MeanAbsoluteError,

    /// <summary>The loss that is ½(y − t)² for errors up to the setting, and a line beyond; as a layer it gives y on as it is.</summary>
    Huber,
}
