using Nnfs;

namespace WithoutAnalyzers;

[Network(2)]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class Net;
