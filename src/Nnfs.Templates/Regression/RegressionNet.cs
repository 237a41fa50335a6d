using Nnfs;

namespace NnfsRegression;

/// <summary>Predicts one number from one number.</summary>
[Network(1)]            // features of a sample
[Dense(32)]
[Tanh]
[Dense(32)]
[Tanh]
[Dense(1)]              // numbers to predict
[MeanSquaredError]
public partial class RegressionNet;
