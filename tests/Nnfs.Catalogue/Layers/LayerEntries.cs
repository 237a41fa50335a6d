using System.Collections.Immutable;

namespace Nnfs.Catalogue.Layers;

/// <summary>The kinds of layers: a new one is added here.</summary>
internal static class LayerEntries
{
    public static readonly ImmutableArray<LayerEntry> All =
    [
        DenseLayer.Kind,
        ReLULayer.Kind,
        LeakyReLULayer.Kind,
        SigmoidLayer.Kind,
        TanhLayer.Kind,
        ELULayer.Kind,
        SELULayer.Kind,
        GELULayer.Kind,
        SoftplusLayer.Kind,
        HardSigmoidLayer.Kind,
        HardSwishLayer.Kind,
        SiLULayer.Kind,
        LinearLayer.Kind,
        SoftmaxLayer.Kind,
        DropoutLayer.Kind,
        LayerNormLayer.Kind,
        RMSNormLayer.Kind,
        BatchNormLayer.Kind,
        AddLayer.Kind,
        MultiplyLayer.Kind,
        ConcatLayer.Kind,
        FlattenLayer.Kind,
        ReshapeLayer.Kind,
        Conv2DLayer.Kind,
        DepthwiseConv2DLayer.Kind,
        ConvTranspose2DLayer.Kind,
        MaxPool2DLayer.Kind,
        AveragePool2DLayer.Kind,
        GlobalMaxPoolLayer.Kind,
        GlobalAveragePoolLayer.Kind,
        Upsample2DLayer.Kind,
        ZeroPadding2DLayer.Kind,
        ZeroPadding1DLayer.Kind,
        Conv1DLayer.Kind,
        DepthwiseConv1DLayer.Kind,
        MaxPool1DLayer.Kind,
        AveragePool1DLayer.Kind,
        SimpleRNNLayer.Kind,
        GRULayer.Kind,
        LSTMLayer.Kind,
        EmbeddingLayer.Kind,
        PositionalEmbeddingLayer.Kind,
        SelfAttentionLayer.Kind,
    ];
}
