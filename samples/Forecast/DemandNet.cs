using Nnfs;

namespace Forecast;

/// <summary>
/// Hourly values of a week, and after each hour a forecast of the next 24. No hour sees a later one: so the network learns from every hour of a week at once,
/// and its last forecast is that of a whole week. The convolutions reach 1 + 2 · (1 + 2 + 4 + 8 + 16 + 32 + 64) = 255 hours back.
/// </summary>
[Network(168, 1)]
[Conv1D(16, 3, Padding = Padding.Causal)]
[ReLU]
[Conv1D(16, 3, Dilation = 2, Padding = Padding.Causal)]
[ReLU]
[Add("ReLU1", "ReLU2")]
[Conv1D(16, 3, Dilation = 4, Padding = Padding.Causal)]
[ReLU]
[Add("Add1", "ReLU3")]
[Conv1D(16, 3, Dilation = 8, Padding = Padding.Causal)]
[ReLU]
[Add("Add2", "ReLU4")]
[Conv1D(16, 3, Dilation = 16, Padding = Padding.Causal)]
[ReLU]
[Add("Add3", "ReLU5")]
[Conv1D(16, 3, Dilation = 32, Padding = Padding.Causal)]
[ReLU]
[Add("Add4", "ReLU6")]
[Conv1D(32, 3, Dilation = 64, Padding = Padding.Causal)]
[ReLU]
[Dense(24, EachStep = true)]
[MeanSquaredError]
internal sealed partial class DemandNet;
