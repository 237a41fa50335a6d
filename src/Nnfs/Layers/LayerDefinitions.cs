using Nnfs.Losses;

namespace Nnfs.Layers;

/// <summary>The list of all kinds of layers, losses, inputs and outputs. A new kind is added here, and has everything else in its own folder.</summary>
internal static class LayerDefinitions
{
    private static readonly Dictionary<LayerKind, LayerDefinition> s_all = new()
    {
        [LayerKind.Dense] = new DenseDefinition(),
        [LayerKind.ReLU] = new ReLUDefinition(),
        [LayerKind.LeakyReLU] = new LeakyReLUDefinition(),
        [LayerKind.ELU] = new ELUDefinition(),
        [LayerKind.SELU] = new SELUDefinition(),
        [LayerKind.Sigmoid] = new SigmoidDefinition(),
        [LayerKind.Tanh] = new TanhDefinition(),
        [LayerKind.GELU] = new GELUDefinition(),
        [LayerKind.GELUTanh] = new GELUTanhDefinition(),
        [LayerKind.SiLU] = new SiLUDefinition(),
        [LayerKind.HardSigmoid] = new HardSigmoidDefinition(),
        [LayerKind.HardSwish] = new HardSwishDefinition(),
        [LayerKind.Softplus] = new SoftplusDefinition(),
        [LayerKind.Linear] = new LinearDefinition(),
        [LayerKind.Softmax] = new SoftmaxDefinition(),
        [LayerKind.Dropout] = new DropoutDefinition(),
        [LayerKind.LayerNorm] = new LayerNormDefinition(),
        [LayerKind.RMSNorm] = new RMSNormDefinition(),
        [LayerKind.BatchNorm] = new BatchNormDefinition(),
        [LayerKind.Add] = new AddDefinition(),
        [LayerKind.Multiply] = new MultiplyDefinition(),
        [LayerKind.Concat] = new ConcatDefinition(),
        [LayerKind.Flatten] = new FlattenDefinition(),
        [LayerKind.Reshape] = new ReshapeDefinition(),
        [LayerKind.Conv2D] = new Conv2DDefinition(),
        [LayerKind.DepthwiseConv2D] = new DepthwiseConv2DDefinition(),
        [LayerKind.ConvTranspose2D] = new ConvTranspose2DDefinition(),
        [LayerKind.Upsample2D] = new Upsample2DDefinition(),
        [LayerKind.ZeroPadding2D] = new ZeroPadding2DDefinition(),
        [LayerKind.MaxPool2D] = new MaxPool2DDefinition(),
        [LayerKind.AveragePool2D] = new AveragePool2DDefinition(),
        [LayerKind.GlobalMaxPool] = new GlobalMaxPoolDefinition(),
        [LayerKind.GlobalAveragePool] = new GlobalAveragePoolDefinition(),
        [LayerKind.Conv1D] = new Conv2DDefinition(),
        [LayerKind.DepthwiseConv1D] = new DepthwiseConv2DDefinition(),
        [LayerKind.MaxPool1D] = new MaxPool2DDefinition(),
        [LayerKind.AveragePool1D] = new AveragePool2DDefinition(),
        [LayerKind.ZeroPadding1D] = new ZeroPadding2DDefinition(),
        [LayerKind.SimpleRNN] = new SimpleRNNDefinition(),
        [LayerKind.GRU] = new GRUDefinition(),
        [LayerKind.LSTM] = new LSTMDefinition(),
        [LayerKind.Embedding] = new EmbeddingDefinition(),
        [LayerKind.FeatureEmbedding] = new FeatureEmbeddingDefinition(),
        [LayerKind.PositionalEmbedding] = new PositionalEmbeddingDefinition(),
        [LayerKind.SelfAttention] = new SelfAttentionDefinition(),
        [LayerKind.Input] = new InputDefinition(),
        [LayerKind.Output] = new OutputDefinition(),

        [LayerKind.SoftmaxCrossEntropy] = new SoftmaxCrossEntropyDefinition(),
        [LayerKind.CategoricalCrossEntropy] = new CategoricalCrossEntropyDefinition(),
        [LayerKind.BinaryCrossEntropy] = new BinaryCrossEntropyDefinition(),
        [LayerKind.SigmoidBinaryCrossEntropy] = new SigmoidBinaryCrossEntropyDefinition(),
        [LayerKind.MeanSquaredError] = new MeanSquaredErrorDefinition(),
        [LayerKind.MeanAbsoluteError] = new MeanAbsoluteErrorDefinition(),
        [LayerKind.Huber] = new HuberDefinition(),
    };

    /// <summary>What the library knows about a kind; <see langword="null"/> for one that it does not know.</summary>
    public static LayerDefinition? Find(LayerKind kind) => s_all.GetValueOrDefault(kind);

    /// <summary>What the library knows about a kind.</summary>
    /// <exception cref="NotSupportedException">The library does not know the kind: the network comes from a newer generator.</exception>
    public static LayerDefinition Of(LayerKind kind) =>
        Find(kind) ?? throw new NotSupportedException($"This version of Nnfs does not know layers of kind {kind}.");
}
