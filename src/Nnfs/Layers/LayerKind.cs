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

    /// <summary>The loss of logits; as a layer it gives their softmax.</summary>
    SoftmaxCrossEntropy,

    /// <summary>The loss of probabilities; as a layer it gives them on as they are.</summary>
    CategoricalCrossEntropy,
}
