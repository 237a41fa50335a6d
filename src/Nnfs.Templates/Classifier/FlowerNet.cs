using Nnfs;

namespace NnfsClassifier;

/// <summary>Tells the species of a flower by its measurements.</summary>
[Network(typeof(Flower))]    // the features of a flower
[Dense(16)]
[ReLU]
[Dense]                      // an output for each species
[SoftmaxCrossEntropy]
public partial class FlowerNet;
