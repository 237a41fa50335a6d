using Nnfs;

namespace NnfsClassifier;

/// <summary>Tells three classes of points apart by their two coordinates.</summary>
[Network(2)]            // features of a sample
[Dense(64)]
[ReLU]
[Dense(64)]
[ReLU]
[Dense(3)]              // classes
[SoftmaxCrossEntropy]
public partial class ClassifierNet;
