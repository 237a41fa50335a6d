// What the compiler's tab has to start from.

export const EXAMPLES = [
    {
        title: "A small network",
        text: `using Nnfs;

[Network(2)]
[Dense(16)]
[ReLU]
[Dense(16)]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class Net;
`,
    },
    {
        title: "A shape that does not fit",
        text: `using Nnfs;

[Network(2)]
[Dense(64)]
[ReLU]
[Dense(32, 3)]    // takes 32 inputs: the layer before gives another number
[SoftmaxCrossEntropy]
public partial class Net;
`,
    },
    {
        title: "Layers that skip others",
        text: `using Nnfs;

[Network(2)]
[Dense(16, Name = "trunk")]
[Tanh]
[Dense(16, Name = "branch")]
[Add("trunk", "branch")]
[ReLU]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class Net;
`,
    },
    {
        title: "Normalized, with dropout",
        text: `using Nnfs;

[Network(2)]
[Dense(32)]
[BatchNorm]
[ReLU]
[Dropout(0.1f)]
[Dense(32)]
[LayerNorm]
[GELU]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class Net;
`,
    },
    {
        title: "Images",
        text: `using Nnfs;

[Network(28, 28, 1)]
[Conv2D(6, 5)]
[ReLU]
[MaxPool2D(2)]
[Conv2D(16, 5)]
[ReLU]
[MaxPool2D(2)]
[Dense(10)]
[SoftmaxCrossEntropy]
public partial class LeNet;
`,
    },
    {
        title: "A call that can't work",
        text: `using Nnfs;

Net net = new(seed: 1);
float[] outputs = new float[3];

net.Predict([0.1f, 0.2f, 0.3f], outputs);    // three values, and a sample has two

[Network(2)]
[Dense(3)]
[SoftmaxCrossEntropy]
public partial class Net;
`,
    },
];
