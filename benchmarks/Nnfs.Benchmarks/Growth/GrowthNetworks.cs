namespace Nnfs.Benchmarks;

// The widths: three layers, all as wide as the inputs.

[Network(16)]
[Dense(16), ReLU, Dense(16), ReLU, Dense(16)]
[SoftmaxCrossEntropy]
internal sealed partial class Width16;

[Network(32)]
[Dense(32), ReLU, Dense(32), ReLU, Dense(32)]
[SoftmaxCrossEntropy]
internal sealed partial class Width32;

[Network(64)]
[Dense(64), ReLU, Dense(64), ReLU, Dense(64)]
[SoftmaxCrossEntropy]
internal sealed partial class Width64;

[Network(128)]
[Dense(128), ReLU, Dense(128), ReLU, Dense(128)]
[SoftmaxCrossEntropy]
internal sealed partial class Width128;

[Network(256)]
[Dense(256), ReLU, Dense(256), ReLU, Dense(256)]
[SoftmaxCrossEntropy]
internal sealed partial class Width256;

[Network(512)]
[Dense(512), ReLU, Dense(512), ReLU, Dense(512)]
[SoftmaxCrossEntropy]
internal sealed partial class Width512;

[Network(1024)]
[Dense(1024), ReLU, Dense(1024), ReLU, Dense(1024)]
[SoftmaxCrossEntropy]
internal sealed partial class Width1024;

[Network(2048)]
[Dense(2048), ReLU, Dense(2048), ReLU, Dense(2048)]
[SoftmaxCrossEntropy]
internal sealed partial class Width2048;

[Network(4096)]
[Dense(4096), ReLU, Dense(4096), ReLU, Dense(4096)]
[SoftmaxCrossEntropy]
internal sealed partial class Width4096;

// The depths: layers of 128.

[Network(128)]
[Dense(128)]
[SoftmaxCrossEntropy]
internal sealed partial class Depth1;

[Network(128)]
[Dense(128), ReLU, Dense(128)]
[SoftmaxCrossEntropy]
internal sealed partial class Depth2;

[Network(128)]
[Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128)]
[SoftmaxCrossEntropy]
internal sealed partial class Depth5;

[Network(128)]
[Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU]
[Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128)]
[SoftmaxCrossEntropy]
internal sealed partial class Depth10;

[Network(128)]
[Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU]
[Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU]
[Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU]
[Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128)]
[SoftmaxCrossEntropy]
internal sealed partial class Depth20;

[Network(128)]
[Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU]
[Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU]
[Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU]
[Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU]
[Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU]
[Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU]
[Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU]
[Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU]
[Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU]
[Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128), ReLU, Dense(128)]
[SoftmaxCrossEntropy]
internal sealed partial class Depth50;
