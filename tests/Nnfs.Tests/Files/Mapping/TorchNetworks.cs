namespace Nnfs.Tests.Files.Mapping;

/// <summary>The networks of the models in Golden/pytorch.py, under the same names.</summary>
internal static partial class TorchNetworks
{
    [Network(4)]
    [Dense(5)]
    [ReLU]
    [Dense(3)]
    public sealed partial class Mlp;

    [Network(3)]
    [Dense(3)]
    [Tanh]
    [Dense(3)]
    [Tanh]
    [Dense(3)]
    [Tanh]
    [Dense(3)]
    [Tanh]
    [Dense(3)]
    [Tanh]
    [Dense(3)]
    [Tanh]
    public sealed partial class Deep;

    [Network(3)]
    [Dense(3)]
    [Tanh]
    [Dense(3)]
    public sealed partial class Pair;

    [Network(5, 6, 2)]
    [Conv2D(4, 3, Padding = Padding.Same)]
    [BatchNorm]
    [ReLU]
    [Conv2D(6, 2, 3, Groups = 2, UseBias = false)]
    [DepthwiseConv2D(2)]
    [ReLU]
    [Flatten]
    [BatchNorm]
    [Dropout(0.5)]
    [Dense(7)]
    [BatchNorm]
    [ReLU]
    [Dense(3)]
    public sealed partial class Image;

    [Network(4, 5, 2)]
    [Conv2D(3, 2)]
    [ReLU]
    [Flatten]
    [Dense(4)]
    [Tanh]
    [Concat("Tanh1", "Flatten1")]
    [Dense(2)]
    public sealed partial class Joined;

    [Network(3)]
    [Dense(24)]
    [ReLU]
    [Reshape(2, 3, 4)]
    [ConvTranspose2D(2, 3, Stride = 2)]
    public sealed partial class Decoder;

    [Network(8, 3)]
    [Conv1D(4, 3)]
    [DepthwiseConv1D(2)]
    [ReLU]
    [Dense(3)]
    public sealed partial class Sequence;

    [Network(5, 3)]
    [LSTM(4, ReturnSequences = true, Bidirectional = true)]
    [LSTM(4, ReturnSequences = true, Bidirectional = true)]
    [Flatten]
    [Dense(2)]
    public sealed partial class Lstm;

    [Network(6, 3)]
    [GRU(4, ReturnSequences = true, Bidirectional = true)]
    [SimpleRNN(5)]
    [Dense(2)]
    public sealed partial class Gru;

    [Network(6)]
    [Embedding(11, 8)]
    [PositionalEmbedding]
    [SelfAttention(2)]
    [Add("SelfAttention1", "PositionalEmbedding1")]
    [LayerNorm]
    [Dense(16, EachStep = true)]
    [ReLU]
    [Dense(8, EachStep = true)]
    [Add("LayerNorm1", "Dense2")]
    [LayerNorm]
    [Dense(3, EachStep = true)]
    public sealed partial class Transformer;
}
