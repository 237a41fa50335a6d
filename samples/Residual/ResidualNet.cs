using Nnfs;

namespace Residual;

/// <summary>The same layers, but each adds to what it reads: gradients reach the first layer by the sums, past all others.</summary>
[Network(2)]
[Dense(16), Tanh]
[Dense(16), Tanh, Add("Tanh1", "Tanh2")]
[Dense(16), Tanh, Add("Add1", "Tanh3")]
[Dense(16), Tanh, Add("Add2", "Tanh4")]
[Dense(16), Tanh, Add("Add3", "Tanh5")]
[Dense(16), Tanh, Add("Add4", "Tanh6")]
[Dense(16), Tanh, Add("Add5", "Tanh7")]
[Dense(16), Tanh, Add("Add6", "Tanh8")]
[Dense(16), Tanh, Add("Add7", "Tanh9")]
[Dense(16), Tanh, Add("Add8", "Tanh10")]
[Dense(16), Tanh, Add("Add9", "Tanh11")]
[Dense(16), Tanh, Add("Add10", "Tanh12")]
[Dense(16), Tanh, Add("Add11", "Tanh13")]
[Dense(16), Tanh, Add("Add12", "Tanh14")]
[Dense(16), Tanh, Add("Add13", "Tanh15")]
[Dense(16), Tanh, Add("Add14", "Tanh16")]
[Dense(16), Tanh, Add("Add15", "Tanh17")]
[Dense(16), Tanh, Add("Add16", "Tanh18")]
[Dense(16), Tanh, Add("Add17", "Tanh19")]
[Dense(16), Tanh, Add("Add18", "Tanh20")]
[Dense(3)]
[SoftmaxCrossEntropy]
internal sealed partial class ResidualNet;
