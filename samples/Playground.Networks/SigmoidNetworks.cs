using Nnfs;

namespace Playground.Networks;

// The networks with Sigmoid that the page has at hand, without compiling one: by hidden layers, neurons of each, and classes.

[Network(2)]
[Dense(4)]
[Sigmoid]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class SigmoidNet1x4To2;

[Network(2)]
[Dense(4)]
[Sigmoid]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class SigmoidNet1x4To3;

[Network(2)]
[Dense(8)]
[Sigmoid]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class SigmoidNet1x8To2;

[Network(2)]
[Dense(8)]
[Sigmoid]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class SigmoidNet1x8To3;

[Network(2)]
[Dense(16)]
[Sigmoid]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class SigmoidNet1x16To2;

[Network(2)]
[Dense(16)]
[Sigmoid]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class SigmoidNet1x16To3;

[Network(2)]
[Dense(64)]
[Sigmoid]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class SigmoidNet1x64To2;

[Network(2)]
[Dense(64)]
[Sigmoid]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class SigmoidNet1x64To3;

[Network(2)]
[Dense(4)]
[Sigmoid]
[Dense(4)]
[Sigmoid]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class SigmoidNet2x4To2;

[Network(2)]
[Dense(4)]
[Sigmoid]
[Dense(4)]
[Sigmoid]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class SigmoidNet2x4To3;

[Network(2)]
[Dense(8)]
[Sigmoid]
[Dense(8)]
[Sigmoid]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class SigmoidNet2x8To2;

[Network(2)]
[Dense(8)]
[Sigmoid]
[Dense(8)]
[Sigmoid]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class SigmoidNet2x8To3;

[Network(2)]
[Dense(16)]
[Sigmoid]
[Dense(16)]
[Sigmoid]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class SigmoidNet2x16To2;

[Network(2)]
[Dense(16)]
[Sigmoid]
[Dense(16)]
[Sigmoid]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class SigmoidNet2x16To3;

[Network(2)]
[Dense(64)]
[Sigmoid]
[Dense(64)]
[Sigmoid]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class SigmoidNet2x64To2;

[Network(2)]
[Dense(64)]
[Sigmoid]
[Dense(64)]
[Sigmoid]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class SigmoidNet2x64To3;

[Network(2)]
[Dense(4)]
[Sigmoid]
[Dense(4)]
[Sigmoid]
[Dense(4)]
[Sigmoid]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class SigmoidNet3x4To2;

[Network(2)]
[Dense(4)]
[Sigmoid]
[Dense(4)]
[Sigmoid]
[Dense(4)]
[Sigmoid]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class SigmoidNet3x4To3;

[Network(2)]
[Dense(8)]
[Sigmoid]
[Dense(8)]
[Sigmoid]
[Dense(8)]
[Sigmoid]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class SigmoidNet3x8To2;

[Network(2)]
[Dense(8)]
[Sigmoid]
[Dense(8)]
[Sigmoid]
[Dense(8)]
[Sigmoid]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class SigmoidNet3x8To3;

[Network(2)]
[Dense(16)]
[Sigmoid]
[Dense(16)]
[Sigmoid]
[Dense(16)]
[Sigmoid]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class SigmoidNet3x16To2;

[Network(2)]
[Dense(16)]
[Sigmoid]
[Dense(16)]
[Sigmoid]
[Dense(16)]
[Sigmoid]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class SigmoidNet3x16To3;

[Network(2)]
[Dense(64)]
[Sigmoid]
[Dense(64)]
[Sigmoid]
[Dense(64)]
[Sigmoid]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class SigmoidNet3x64To2;

[Network(2)]
[Dense(64)]
[Sigmoid]
[Dense(64)]
[Sigmoid]
[Dense(64)]
[Sigmoid]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class SigmoidNet3x64To3;
