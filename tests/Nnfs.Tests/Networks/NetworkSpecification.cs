using Nnfs.Tests.Kernels;

namespace Nnfs.Tests.Networks;

/// <summary>
/// A network in float64 from the specifications of its layers. Its gradients are differences of losses, so that they owe nothing to a
/// backward pass.
/// </summary>
internal sealed class NetworkSpecification
{
    private readonly List<Func<double[], double[]>> _layers = [];
    private readonly List<double[]> _parameters = [];
    private readonly int _samples;
    private int _size;

    public NetworkSpecification(int samples, int inputs)
    {
        _samples = samples;
        _size = inputs;
    }

    public NetworkSpecification Dense(DenseParameters parameters)
    {
        double[] w = Specification.ToDoubles(parameters.Weights.ToArray());
        double[] b = Specification.ToDoubles(parameters.Biases);
        int inputs = _size;
        int neurons = b.Length;
        _parameters.AddRange([w, b]);
        _layers.Add(x => Specification.Dense(x, w, b, _samples, inputs, neurons));
        _size = neurons;

        return this;
    }

    public NetworkSpecification ReLU() => Add(static x => [.. x.Select(static value => Math.Max(0, value))]);

    public NetworkSpecification Softmax()
    {
        int classes = _size;

        return Add(x => Specification.Softmax(x, classes));
    }

    public double[] Forward(double[] inputs) => _layers.Aggregate(inputs, static (x, layer) => layer(x));

    /// <summary>The gradient of a loss with respect to the inputs and then to each layer's weights and biases, by central differences.</summary>
    public List<double[]> Gradients(double[] inputs, Func<double[], double> loss)
    {
        const double Step = 1e-5;
        List<double[]> gradients = [];

        foreach (double[] numbers in (IEnumerable<double[]>)[inputs, .. _parameters])
        {
            double[] gradient = new double[numbers.Length];

            for (int i = 0; i < numbers.Length; i++)
            {
                double number = numbers[i];
                numbers[i] = number + Step;
                double above = loss(Forward(inputs));
                numbers[i] = number - Step;
                double below = loss(Forward(inputs));
                numbers[i] = number;
                gradient[i] = (above - below) / (2 * Step);
            }

            gradients.Add(gradient);
        }

        return gradients;
    }

    private NetworkSpecification Add(Func<double[], double[]> layer)
    {
        _layers.Add(layer);

        return this;
    }
}
