namespace Nnfs.Generators.Tests;

/// <summary>Whole generated files, one for each kind of network, to be read by people.</summary>
public sealed class GeneratedFileSnapshots
{
    [Fact]
    public void Minimal() => Verify("""
        using Nnfs;

        [Network(1)]
        [Dense(1)]
        public partial class Net;
        """);

    /// <summary>A sample with features of every kind.</summary>
    [Fact]
    public void Sample() => Verify("""
        using System;
        using System.Collections.Immutable;
        using Nnfs;

        namespace Samples;

        [Sample]
        internal sealed partial record Rental(
            [Feature] float Temperature,
            [Feature(Scaling = FeatureScaling.Log)] decimal? Price,
            [Feature] Weather Weather,
            [Feature] Weather? Forecast,
            [Feature(Embedding = 4, Name = "station id")] Station? Station,
            [Feature] bool IsHoliday,
            [Feature(Cyclic = 360)] double? Wind,
            [Feature(Parts = DateParts.Hour | DateParts.DayOfWeek | DateParts.Year)] DateTime Start,
            [Feature] DateOnly? Bought,
            [Feature(3)] float[] Readings,
            [Feature(2)] ImmutableArray<int>? Counts,
            [Label] Outcome? Outcome);

        internal enum Weather { Fog = 3, Sun = 1, Rain = 2 }

        internal enum Station { North, South }

        internal enum Outcome { Returned, Late, Lost }
        """);

    /// <summary>A network of samples, two of whose features are embedded.</summary>
    [Fact]
    public void Network_of_samples() => Verify("""
        using Nnfs;

        namespace Samples;

        [Sample]
        internal sealed partial record Trip(
            [Feature(Embedding = 3)] Station Start, [Feature] float Length, [Feature(Embedding = 2, Name = "to")] Station? End, [Label] bool IsLate);

        internal enum Station { North, South, East }

        [Network(typeof(Trip))]
        [Dense(4)]
        [ReLU]
        [Dense]
        [SigmoidBinaryCrossEntropy]
        internal sealed partial class TripNet;
        """);

    /// <summary>A sample for a regression, which a constructor makes of what it takes and initializers of the rest.</summary>
    [Fact]
    public void Sample_of_a_regression() => Verify("""
        using Nnfs;

        [Sample]
        internal readonly partial struct House
        {
            public House(int rooms) => Rooms = rooms;

            [Feature]
            public int Rooms { get; }

            [Feature(Scaling = FeatureScaling.None)]
            public double? Area { get; init; }

            [Label]
            public float Price { get; init; }

            [Label(2, Scaling = FeatureScaling.None)]
            public double[]? Place { get; init; }
        }
        """);

    [Fact]
    public void Spiral() => Verify("""
        using Nnfs;

        namespace Samples;

        [Network(2)]
        [Dense(64)]
        [ReLU]
        [Dense(64, 3)]
        [SoftmaxCrossEntropy]
        public partial class SpiralNet;
        """);

    [Fact]
    public void Plain() => Verify("""
        using Nnfs;

        namespace Samples;

        [Network(2, Plain = true)]
        [Dense(64)]
        [ReLU]
        [Dense(3)]
        [SoftmaxCrossEntropy]
        public partial class PlainNet;
        """);

    [Fact]
    public void Recurrent() => Verify("""
        using Nnfs;

        namespace Samples;

        [Network(12, 4)]
        [GRU(16, ReturnSequences = true, Bidirectional = true)]
        [LSTM(24)]
        [Dense(3)]
        [SoftmaxCrossEntropy]
        public partial class GestureNet;
        """);

    [Fact]
    public void Transformer() => Verify("""
        using Nnfs;

        namespace Samples;

        [Network]
        [Input("letters", 16)]
        [Embedding(27, 24)]
        [PositionalEmbedding(Name = "Places")]
        [LayerNorm]
        [SelfAttention(4, Causal = true)]
        [Add("Places", "SelfAttention1")]
        [LayerNorm]
        [Dense(48, EachStep = true)]
        [GELU]
        [Dense(24, EachStep = true)]
        [Add("Add1", "Dense2")]
        [Dense(27, EachStep = true)]
        [SoftmaxCrossEntropy]
        public partial class NameNet;
        """);

    [Fact]
    public void Digits() => Verify("""
        using Nnfs;

        namespace Samples;

        [Network(784)]
        [Dense(128)]
        [ReLU]
        [Dense(64)]
        [ReLU]
        [Dense(10)]
        [SoftmaxCrossEntropy]
        public partial class DigitsNet;
        """);

    [Fact]
    public void Deep() => Verify("""
        using Nnfs;

        namespace Samples;

        [Network(28, 28, WeightInitializer = WeightInitializer.ScaledNormal)]
        [ReLU]
        [Dense(128)]
        [ReLU]
        [Dense(64, WeightInitializer = WeightInitializer.GlorotUniform)]
        [Softmax]
        [Dense(32)]
        [ReLU]
        [ReLU]
        [Dense(10)]
        [SoftmaxCrossEntropy]
        public partial class DeepNet;
        """);

    [Fact]
    public void Without_loss() => Verify("""
        using Nnfs;

        namespace Samples;

        [Network(8)]
        [Dense(16)]
        [ReLU]
        [Dense(2)]
        internal sealed partial class Regression;
        """);

    [Fact]
    public void Softmax_and_cross_entropy() => Verify("""
        using Nnfs;

        namespace Samples;

        [Network(4)]
        [Dense(8)]
        [ReLU]
        [Dense(3)]
        [Softmax]
        [CategoricalCrossEntropy]
        public partial class IrisNet;
        """);

    [Fact]
    public void Stream() => Verify("""
        using Nnfs;

        namespace Samples;

        [Network(256, 2)]
        [Conv1D(8, 3, Dilation = 2, Padding = Padding.Causal)]
        [Tanh]
        [LSTM(16, ReturnSequences = true)]
        [Dense(1, EachStep = true)]
        [MeanSquaredError]
        public partial class Amplifier;
        """);

    [Fact]
    public void Nested() => Verify("""
        using Nnfs;

        namespace Samples.Of.Nesting
        {
            internal partial struct Outer<T>
                where T : struct
            {
                private T Value { get; set; }

                public partial interface IMiddle
                {
                    [Network(3)]
                    [Dense(5)]
                    [ReLU]
                    [Dense(1)]
                    partial class Inner;
                }
            }
        }
        """);

    [Fact]
    public void Names_of_the_users_own() => Verify("""
        using Nnfs;

        namespace @event.Names;

        [Network(2)]
        [Dense(4, Name = "Encoder")]
        [ReLU(Name = "Code")]
        [Dense(3, Name = "class")]
        [Softmax(Name = "Verteilungsgröße")]
        public partial class @params;
        """);

    [Fact]
    public void Own_members() => Verify("""
        using Nnfs;

        namespace Samples;

        /// <summary>A network with members of the user's own.</summary>
        [Network(2)]
        [Dense(3)]
        [SoftmaxCrossEntropy]
        public partial class OwnNet
        {
            private readonly string _parameters;

            /// <summary>A network with a title.</summary>
            /// <param name="random">Draws the weights.</param>
            public OwnNet(NumpyRandom random)
            {
                _parameters = "untitled";
                InitializeParameters(random);
            }

            /// <summary>The title.</summary>
            public string Title => _parameters;
        }
        """);

    [Fact]
    public void Residual() => Verify("""
        using Nnfs;

        namespace Samples;

        [Network(16)]
        [Dense(32)]
        [ReLU(Name = "Stem")]
        [Dense(32)]
        [GELU]
        [Dense(32)]
        [Add("Stem", "Dense3", Name = "Block")]
        [ReLU]
        [Dense(5)]
        [SoftmaxCrossEntropy(LabelSmoothing = 0.1f)]
        public partial class ResidualNet;
        """);

    [Fact]
    public void Several_inputs_and_outputs() => Verify("""
        using Nnfs;

        namespace Samples;

        [Network]
        [Input("state", 8)]
        [Input("goal", 2)]
        [Concat("state", "goal")]
        [Dense(64)]
        [Tanh(Name = "Trunk")]
        [Dense(4)]
        [SoftmaxCrossEntropy]
        [Output("policy")]
        [Dense(1, From = "Trunk")]
        [MeanSquaredError(Weight = 0.5f)]
        [Output("value")]
        public partial class ActorCritic;
        """);

    [Fact]
    public void Everything_in_a_chain() => Verify("""
        using Nnfs;

        namespace Samples;

        [Network(12)]
        [Dense(24, WeightL2 = 5e-4f, BiasL2 = 5e-4f)]
        [BatchNorm]
        [Tanh]
        [Dropout(0.1f)]
        [Dense(16)]
        [LayerNorm]
        [Dense(8)]
        [RMSNorm]
        [Dense(1)]
        [MeanSquaredError]
        public partial class SensorNet;
        """);

    /// <summary>The activations, joins and losses that the other networks have not.</summary>
    [Fact]
    public void Activations_joins_and_losses() => Verify("""
        using Nnfs;

        namespace Samples;

        [Network]
        [Input("pixels", 4, 6)]
        [Dense(32, WeightL1 = 1e-4f)]
        [LeakyReLU(0.1f)]
        [Dense(16)]
        [ELU(0.5f)]
        [Dense(16, From = "LeakyReLU1")]
        [SiLU]
        [Multiply("ELU1", "SiLU1", "ELU1")]
        [GELU(Form = GELUForm.Tanh)]
        [Linear(Name = "Features")]
        [Dense(3)]
        [SigmoidBinaryCrossEntropy]
        [Output("attributes")]
        [Dense(1, From = "Features")]
        [Sigmoid]
        [BinaryCrossEntropy]
        [Output("isReal")]
        [Flatten(From = "pixels")]
        [Concat("Features", "Flatten1")]
        [HardSwish]
        [Dense(2)]
        [Huber(0.5f, Weight = 2)]
        [Output("position")]
        [Dense(2, From = "Features")]
        [Softplus]
        [MeanAbsoluteError]
        [Output("size")]
        public partial class VisionNet;
        """);

    /// <summary>Samples with several dimensions: what changes shapes, and what works on the last dimension.</summary>
    [Fact]
    public void Images() => Verify("""
        using Nnfs;

        namespace Samples;

        [Network(28, 28, 1)]
        [Conv2D(6, 5)]
        [ReLU]
        [MaxPool2D(2)]
        [Conv2D(16, 5)]
        [ReLU]
        [MaxPool2D(2)]
        [Dense(120)]
        [ReLU]
        [Dense(84)]
        [ReLU]
        [Dense(10)]
        [SoftmaxCrossEntropy]
        public partial class LeNet;
        """);

    [Fact]
    public void Residual_images() => Verify("""
        using Nnfs;

        namespace Samples;

        [Network(16, 16, 3)]
        [Conv2D(16, 3, Padding = Padding.Same, UseBias = false)]
        [BatchNorm]
        [ReLU(Name = "Stem")]
        [Conv2D(16, 3, Padding = Padding.Same, UseBias = false)]
        [BatchNorm]
        [ReLU]
        [Conv2D(16, 3, Padding = Padding.Same, Groups = 2, WeightL2 = 1e-4)]
        [Tanh(Name = "Block")]
        [Add("Block", "Stem")]
        [GlobalAveragePool]
        [Dense(10)]
        [SoftmaxCrossEntropy]
        public partial class ResidualImageNet;
        """);

    [Fact]
    public void Sequences() => Verify("""
        using Nnfs;

        namespace Samples;

        [Network(64, 2)]
        [Conv1D(16, 3, Padding = Padding.Causal, UseBias = false)]
        [BatchNorm]
        [ReLU(Name = "Stem")]
        [Conv1D(16, 3, Dilation = 2, Padding = Padding.Causal)]
        [Tanh]
        [Add("Tanh1", "Stem")]
        [DepthwiseConv1D(5, Padding = Padding.Same)]
        [MaxPool1D(2)]
        [Conv1D(8, 2, Stride = 2, Groups = 2, WeightL2 = 1e-4)]
        [GlobalAveragePool]
        [Dense(3)]
        [SoftmaxCrossEntropy]
        public partial class SequenceNet;
        """);

    /// <summary>Zeros around images and sequences, and short activations.</summary>
    [Fact]
    public void Zeros() => Verify("""
        using Nnfs;

        namespace Samples;

        [Network(8, 8, 3)]
        [ZeroPadding2D(0, 1, 2, 1)]
        [Conv2D(4, 3, Stride = 2)]
        [SELU]
        [Reshape(20, 4)]
        [ZeroPadding1D(1)]
        [HardSigmoid]
        [Dense(2)]
        [MeanSquaredError]
        public partial class PaddedNet;
        """);

    [Fact]
    public void Shapes() => Verify("""
        using Nnfs;

        namespace Samples;

        [Network(6, 4, 3)]
        [BatchNorm]
        [Dense(8, EachStep = true, Name = "Pixels")]
        [BatchNorm]
        [ReLU]
        [Reshape(24, 8)]
        [Dense(8, EachStep = true, Name = "Steps")]
        [Tanh]
        [Add("Reshape1", "Tanh1")]
        [LayerNorm]
        [Concat("LayerNorm1", "Steps")]
        [Softmax]
        [Flatten]
        [Dense(20)]
        [ReLU]
        [Reshape(5, 4)]
        [Dense(3, EachStep = true)]
        [SoftmaxCrossEntropy]
        public partial class ImageNet;
        """);

    [Fact]
    public void Pretrained() => SnapshotFolder.OfProject.Verify(GeneratorHarness.Generate(
        GeneratorHarness.Compile("""
            using Nnfs;

            namespace Samples;

            [Network(4)]
            [Dense(3)]
            [SoftmaxCrossEntropy]
            [Pretrained("models/flowers.safetensors")]
            public partial class FlowersNet;
            """),
        new WeightsTableText(WeightsTableText.File("models/flowers.safetensors", "F32 4,3 dense1.weights", "F32 3 dense1.biases"))));

    private static void Verify(string source) => SnapshotFolder.OfProject.Verify(GeneratorHarness.Generate(source));
}
