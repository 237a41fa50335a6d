using Nnfs;

namespace Playground.Networks;

// The networks with Tanh that the page has at hand, without compiling one: by hidden layers, neurons of each, and classes.

[Network(2)]
[Dense(4)]
[Tanh]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class TanhNet1x4To2;

[Network(2)]
[Dense(4)]
[Tanh]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class TanhNet1x4To3;

[Network(2)]
[Dense(8)]
[Tanh]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class TanhNet1x8To2;

[Network(2)]
[Dense(8)]
[Tanh]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class TanhNet1x8To3;

[Network(2)]
[Dense(16)]
[Tanh]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class TanhNet1x16To2;

[Network(2)]
[Dense(16)]
[Tanh]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class TanhNet1x16To3;

[Network(2)]
[Dense(64)]
[Tanh]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class TanhNet1x64To2;

[Network(2)]
[Dense(64)]
[Tanh]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class TanhNet1x64To3;

[Network(2)]
[Dense(4)]
[Tanh]
[Dense(4)]
[Tanh]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class TanhNet2x4To2;

[Network(2)]
[Dense(4)]
[Tanh]
[Dense(4)]
[Tanh]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class TanhNet2x4To3;

[Network(2)]
[Dense(8)]
[Tanh]
[Dense(8)]
[Tanh]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class TanhNet2x8To2;

[Network(2)]
[Dense(8)]
[Tanh]
[Dense(8)]
[Tanh]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class TanhNet2x8To3;

[Network(2)]
[Dense(16)]
[Tanh]
[Dense(16)]
[Tanh]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class TanhNet2x16To2;

[Network(2)]
[Dense(16)]
[Tanh]
[Dense(16)]
[Tanh]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class TanhNet2x16To3;

[Network(2)]
[Dense(64)]
[Tanh]
[Dense(64)]
[Tanh]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class TanhNet2x64To2;

[Network(2)]
[Dense(64)]
[Tanh]
[Dense(64)]
[Tanh]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class TanhNet2x64To3;

[Network(2)]
[Dense(4)]
[Tanh]
[Dense(4)]
[Tanh]
[Dense(4)]
[Tanh]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class TanhNet3x4To2;

[Network(2)]
[Dense(4)]
[Tanh]
[Dense(4)]
[Tanh]
[Dense(4)]
[Tanh]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class TanhNet3x4To3;

[Network(2)]
[Dense(8)]
[Tanh]
[Dense(8)]
[Tanh]
[Dense(8)]
[Tanh]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class TanhNet3x8To2;

[Network(2)]
[Dense(8)]
[Tanh]
[Dense(8)]
[Tanh]
[Dense(8)]
[Tanh]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class TanhNet3x8To3;

[Network(2)]
[Dense(16)]
[Tanh]
[Dense(16)]
[Tanh]
[Dense(16)]
[Tanh]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class TanhNet3x16To2;

[Network(2)]
[Dense(16)]
[Tanh]
[Dense(16)]
[Tanh]
[Dense(16)]
[Tanh]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class TanhNet3x16To3;

[Network(2)]
[Dense(64)]
[Tanh]
[Dense(64)]
[Tanh]
[Dense(64)]
[Tanh]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class TanhNet3x64To2;

[Network(2)]
[Dense(64)]
[Tanh]
[Dense(64)]
[Tanh]
[Dense(64)]
[Tanh]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class TanhNet3x64To3;
