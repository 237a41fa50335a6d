namespace Nnfs.Tests.Networks.Samples;

/// <summary>Three classes.</summary>
[Network(typeof(Customer))]
[Dense(8)]
[ReLU]
[Dense]
[SoftmaxCrossEntropy]
public partial class CustomerNet;

/// <summary>The same layers on floats.</summary>
[Network(13)]
[Dense(8)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class PlainCustomerNet;

/// <summary>The same, written plainly, with layers that train otherwise than they predict.</summary>
[Network(typeof(Customer), Plain = true)]
[Dense(8)]
[BatchNorm]
[ReLU]
[Dropout(0.2f)]
[Dense]
[Softmax]
[CategoricalCrossEntropy]
public partial class SlowCustomerNet;

/// <summary>Yes or no by one output.</summary>
[Network(typeof(Visit))]
[Dense(6)]
[Tanh]
[Dense]
[SigmoidBinaryCrossEntropy]
public partial class VisitNet;

/// <summary>Yes or no by two outputs.</summary>
[Network(typeof(Visit))]
[Dense(6)]
[Tanh]
[Dense]
[SoftmaxCrossEntropy]
public partial class TwoVisitNet;

/// <summary>Two numbers.</summary>
[Network(typeof(House))]
[Dense(8)]
[Tanh]
[Dense]
[MeanSquaredError]
public partial class HouseNet;

/// <summary>A network that is wide enough for rows and threads.</summary>
[Network(typeof(Customer))]
[Dense(256)]
[ReLU]
[Dense(128)]
[ReLU]
[Dense]
[SoftmaxCrossEntropy]
public partial class WideCustomerNet;

/// <summary>Probabilities without a loss.</summary>
[Network(typeof(Customer))]
[Dense]
[Softmax]
public partial class UntrainedCustomerNet;

/// <summary>A network with two embedded features.</summary>
[Network(typeof(Trip))]
[Dense(5)]
[Tanh]
[Dense]
[SoftmaxCrossEntropy]
public partial class TripNet;

/// <summary>The same, written plainly.</summary>
[Network(typeof(Trip), Plain = true)]
[Dense(5)]
[Tanh]
[Dense]
[SoftmaxCrossEntropy]
public partial class SlowTripNet;

/// <summary>What comes after the embeddings: 3 + 2 values of the rows, the length, and whether it is a holiday.</summary>
[Network(7)]
[Dense(5)]
[Tanh]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class PlainTripNet;

/// <summary>A network that is wide enough for threads.</summary>
[Network(typeof(Trip))]
[Dense(256)]
[ReLU]
[Dense(128)]
[ReLU]
[Dense]
[SoftmaxCrossEntropy]
public partial class WideTripNet;

/// <summary>A table and a layer.</summary>
[Network(typeof(Halt))]
[Dense]
[MeanSquaredError]
public partial class HaltNet;
