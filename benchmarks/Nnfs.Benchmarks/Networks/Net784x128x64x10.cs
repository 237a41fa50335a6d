namespace Nnfs.Benchmarks;

[Network(784)]
[Dense(128)]
[ReLU]
[Dense(64)]
[ReLU]
[Dense(10)]
[SoftmaxCrossEntropy]
public sealed partial class Net784x128x64x10
{
    /// <inheritdoc cref="INetworkCalls{TSelf}"/>
    internal readonly struct Calls(Net784x128x64x10 network, Workspace pass) : INetworkCalls<Calls>
    {
        public Span<float> Parameters => network.Parameters;

        public Span<float> Gradients => pass.Gradients;

        public static Calls Create(int batchSize)
        {
            Net784x128x64x10 network = new();

            return new(network, network.CreateWorkspace(batchSize));
        }

        public DenseParameters Layer(int index) => index switch
        {
            0 => network.Dense1,
            1 => network.Dense2,
            2 => network.Dense3,
            _ => throw new ArgumentOutOfRangeException(nameof(index)),
        };

        public void Predict(ReadOnlySpan<float> inputs, Span<float> outputs) => network.Predict(inputs, outputs);

        public float ForwardBackward(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels) => network.ForwardBackward(inputs, labels, pass);

        public void Step(Optimizer optimizer) => optimizer.Step(network, pass);
    }
}
