namespace Nnfs.Benchmarks;

/// <summary>One value a step through eight causal convolutions of 16 channels, each of which reaches twice as far back as the one before.</summary>
[Network(64, 1)]
[Conv1D(16, 3, Padding = Padding.Causal)]
[Tanh]
[Conv1D(16, 3, Dilation = 2, Padding = Padding.Causal)]
[Tanh]
[Conv1D(16, 3, Dilation = 4, Padding = Padding.Causal)]
[Tanh]
[Conv1D(16, 3, Dilation = 8, Padding = Padding.Causal)]
[Tanh]
[Conv1D(16, 3, Dilation = 16, Padding = Padding.Causal)]
[Tanh]
[Conv1D(16, 3, Dilation = 32, Padding = Padding.Causal)]
[Tanh]
[Conv1D(16, 3, Dilation = 64, Padding = Padding.Causal)]
[Tanh]
[Conv1D(16, 3, Dilation = 128, Padding = Padding.Causal)]
[Tanh]
[Dense(1, EachStep = true)]
public sealed partial class ConvolutionSteps;
