using Nnfs;

namespace Playground.Networks;

// The networks with ReLU that the page has at hand, without compiling one: by hidden layers, neurons of each, and classes.

[Network(2)]
[Dense(4)]
[ReLU]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class ReLUNet1x4To2;

[Network(2)]
[Dense(4)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class ReLUNet1x4To3;

[Network(2)]
[Dense(8)]
[ReLU]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class ReLUNet1x8To2;

[Network(2)]
[Dense(8)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class ReLUNet1x8To3;

[Network(2)]
[Dense(16)]
[ReLU]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class ReLUNet1x16To2;

[Network(2)]
[Dense(16)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class ReLUNet1x16To3;

[Network(2)]
[Dense(64)]
[ReLU]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class ReLUNet1x64To2;

[Network(2)]
[Dense(64)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class ReLUNet1x64To3;

[Network(2)]
[Dense(4)]
[ReLU]
[Dense(4)]
[ReLU]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class ReLUNet2x4To2;

[Network(2)]
[Dense(4)]
[ReLU]
[Dense(4)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class ReLUNet2x4To3;

[Network(2)]
[Dense(8)]
[ReLU]
[Dense(8)]
[ReLU]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class ReLUNet2x8To2;

[Network(2)]
[Dense(8)]
[ReLU]
[Dense(8)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class ReLUNet2x8To3;

[Network(2)]
[Dense(16)]
[ReLU]
[Dense(16)]
[ReLU]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class ReLUNet2x16To2;

[Network(2)]
[Dense(16)]
[ReLU]
[Dense(16)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class ReLUNet2x16To3;

[Network(2)]
[Dense(64)]
[ReLU]
[Dense(64)]
[ReLU]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class ReLUNet2x64To2;

[Network(2)]
[Dense(64)]
[ReLU]
[Dense(64)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class ReLUNet2x64To3;

[Network(2)]
[Dense(4)]
[ReLU]
[Dense(4)]
[ReLU]
[Dense(4)]
[ReLU]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class ReLUNet3x4To2;

[Network(2)]
[Dense(4)]
[ReLU]
[Dense(4)]
[ReLU]
[Dense(4)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class ReLUNet3x4To3;

[Network(2)]
[Dense(8)]
[ReLU]
[Dense(8)]
[ReLU]
[Dense(8)]
[ReLU]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class ReLUNet3x8To2;

[Network(2)]
[Dense(8)]
[ReLU]
[Dense(8)]
[ReLU]
[Dense(8)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class ReLUNet3x8To3;

[Network(2)]
[Dense(16)]
[ReLU]
[Dense(16)]
[ReLU]
[Dense(16)]
[ReLU]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class ReLUNet3x16To2;

[Network(2)]
[Dense(16)]
[ReLU]
[Dense(16)]
[ReLU]
[Dense(16)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class ReLUNet3x16To3;

[Network(2)]
[Dense(64)]
[ReLU]
[Dense(64)]
[ReLU]
[Dense(64)]
[ReLU]
[Dense(2)]
[SoftmaxCrossEntropy]
public sealed partial class ReLUNet3x64To2;

[Network(2)]
[Dense(64)]
[ReLU]
[Dense(64)]
[ReLU]
[Dense(64)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
public sealed partial class ReLUNet3x64To3;
