using Nnfs.Catalogue.Layers;
using static Nnfs.Tests.Kernels.DenseTests;

namespace Nnfs.Tests.Kernels;

public class DenseTailLanesTests
{
    private const float Rate = 0.3f;

    /// <summary>Activations that keep their derivatives, and whose outputs tell them.</summary>
    private static readonly ElementwiseKernels s_keeping = new SiLULayer().Kernels;

    private static readonly ElementwiseKernels s_ofOutputs = new ReLULayer().Kernels;

    private delegate void ForwardKernel(ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, Span<float> y, int stride, int samples);

    internal delegate void KeepingKernel(
        ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, Span<float> derivatives, Span<float> h, Span<float> y, int stride, int samples);

    internal delegate void DropoutKernel(
        ReadOnlySpan<float> x, ReadOnlySpan<float> parameters, ReadOnlySpan<float> scales, Span<float> derivatives, Span<float> h, Span<float> dropped,
        Span<float> y, int stride, int samples);

    internal delegate void BackwardKernel(
        ReadOnlySpan<float> x, ReadOnlySpan<float> derivatives, ReadOnlySpan<float> h, ReadOnlySpan<float> dy, ReadOnlySpan<float> parameters,
        Span<float> gradients, int stride, int samples, int start, int count, bool adds);

    internal delegate void BackwardDropoutKernel(
        ReadOnlySpan<float> x, ReadOnlySpan<float> scales, ReadOnlySpan<float> derivatives, ReadOnlySpan<float> h, ReadOnlySpan<float> dropped,
        ReadOnlySpan<float> dy, ReadOnlySpan<float> parameters, Span<float> gradients, int stride, int samples, int start, int count, bool adds);

    /// <summary>
    /// All numbers of inputs and neurons that go together, with values between of every number of vectors, and every activation.
    /// </summary>
    public static TheoryData<int, int, int, string> Shapes
    {
        get
        {
            string relu = new ReLULayer().Attribute;

            return
            [
                .. Enumerable.Range(0, 16).Select(i => (1 + (i % 4), 10 + (8 * i), 1 + (i / 4), relu)),
                (2, 64, 3, relu), (3, 600, 2, relu), (2, 33, 3, relu), (4, 9, 4, relu),
                .. ActivationTests.Layers.Select(static (layer, i) => (1 + (i % 4), 64, 1 + (i / 4 % 4), layer.Attribute)),
                .. ActivationTests.Layers.Select(static (layer, i) => (4 - (i % 4), 18, 3, layer.Attribute)),
            ];
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Forward_of_any_shape_has_the_bits_of_one_layer_after_the_other(int inputs, int hidden, int neurons, string name)
    {
        Layers layers = new(inputs, hidden, neurons);
        ElementwiseKernels activation = ActivationTests.Find(name).Kernels;
        DenseLanesTests.ForwardKernel first = DenseLanesTests.Bind<DenseLanesTests.ForwardKernel>("Forward", inputs, hidden, typeof(ByInput));
        DenseLanesTests.ForwardKernel second = DenseLanesTests.Bind<DenseLanesTests.ForwardKernel>("Forward", hidden, neurons, typeof(ByNeuron));
        ActivationLanesTests.KeepingKernel between = ActivationLanesTests.Bind<ActivationLanesTests.KeepingKernel>("Forward", activation);
        ForwardKernel forward = Bind<ForwardKernel>("Forward", inputs, hidden, neurons, activation);
        KeepingKernel keeping = Bind<KeepingKernel>("Forward", inputs, hidden, neurons, activation);
        DropoutKernel dropping = Bind<DropoutKernel>("ForwardDropout", inputs, hidden, neurons, activation);

        foreach (int samples in LanesBlock.Samples)
        {
            int stride = Nnfs.Kernels.Lanes.Stride(samples);
            FramedBlock x = FramedBlock.Source(LanesBlock.Of(Numbers.Gaussians(samples * inputs, seed: samples), inputs, stride, samples));
            float[] z = new float[LanesBlock.Length(hidden, stride, samples)];
            float[] expectedH = new float[z.Length];
            float[] expectedDerivatives = new float[z.Length];
            float[] expected = new float[LanesBlock.Length(neurons, stride, samples)];
            first(x.Span, layers.W1, layers.B1, z, stride, samples);
            between(z, expectedH, expectedDerivatives, hidden, stride, samples);
            second(expectedH, layers.W2, layers.B2, expected, stride, samples);

            float[] scales = new float[z.Length];
            float[] expectedDropped = new float[z.Length];
            float[] expectedOfDropped = new float[expected.Length];
            Nnfs.Kernels.DropoutLanes.Draw(Rate, seed: 5, first: samples, scales, hidden, stride, samples);
            Nnfs.Kernels.DropoutLanes.Forward(expectedH, scales, expectedDropped, hidden, stride, samples);
            second(expectedDropped, layers.W2, layers.B2, expectedOfDropped, stride, samples);

            FramedBlock y = FramedBlock.Destination(expected.Length);
            FramedBlock derivatives = FramedBlock.Destination(z.Length);
            FramedBlock h = FramedBlock.Destination(z.Length);
            FramedBlock beside = FramedBlock.Destination(expected.Length);
            FramedBlock derivativesBefore = FramedBlock.Destination(z.Length);
            FramedBlock before = FramedBlock.Destination(z.Length);
            FramedBlock dropped = FramedBlock.Destination(z.Length);
            FramedBlock ofDropped = FramedBlock.Destination(expected.Length);
            forward(x.Span, layers.Parameters, y.Span, stride, samples);
            keeping(x.Span, layers.Parameters, derivatives.Span, h.Span, beside.Span, stride, samples);
            dropping(
                x.Span, layers.Parameters, scales, derivativesBefore.Span, before.Span, dropped.Span, ofDropped.Span, stride, samples);

            List<(FramedBlock, float[], int)> results =
            [
                (y, expected, neurons), (beside, expected, neurons), (h, expectedH, hidden),
                (before, expectedH, hidden), (dropped, expectedDropped, hidden), (ofDropped, expectedOfDropped, neurons),
            ];

            if (activation.TakesOutputs)
            {
                derivatives.AssertNothingIsWritten();
                derivativesBefore.AssertNothingIsWritten();
            }
            else
            {
                results.AddRange([(derivatives, expectedDerivatives, hidden), (derivativesBefore, expectedDerivatives, hidden)]);
            }

            foreach ((FramedBlock actual, float[] bits, int features) in results)
            {
                Numbers.AssertSameBits(LanesBlock.Rows(bits, features, stride, samples), LanesBlock.Rows(actual.Span, features, stride, samples), "outputs");
                LanesBlock.Fillers(actual.Span, features, stride, samples);
                actual.AssertFrameIsIntact();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void BackwardParameters_of_any_shape_agrees_with_the_specification(int inputs, int hidden, int neurons, string name)
    {
        ElementwiseKernels activation = ActivationTests.Find(name).Kernels;
        Kernels kernels = new(inputs, hidden, neurons, activation);

        foreach (Pass pass in LanesBlock.Samples.SelectMany(samples => Pass.All(inputs, hidden, neurons, samples, name)))
        {
            int samples = pass.Samples;
            FramedBlock gradients = FramedBlock.Destination(pass.Layers.Parameters.Length);

            // In two parts, as two threads do it.
            pass.Run(kernels, 0, samples, gradients.Span, hidden / 2, hidden - (hidden / 2), adds: false);
            pass.Run(kernels, 0, samples, gradients.Span, 0, hidden / 2, adds: false);

            FramedBlock whole = FramedBlock.Destination(gradients.Span.Length);
            pass.Run(kernels, 0, samples, whole.Span, 0, hidden, adds: false);
            Numbers.AssertSameBits(whole.Span, gradients.Span, "gradients in parts");

            pass.AssertGradients(gradients.Span);
            gradients.AssertFrameIsIntact();
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void BackwardParameters_that_add_part_by_part_agree_with_the_specification_of_all_samples(int inputs, int hidden, int neurons, string name)
    {
        // A part of whole groups, one without samples, and one that fills no group.
        const int First = 48;
        ElementwiseKernels activation = ActivationTests.Find(name).Kernels;
        Kernels kernels = new(inputs, hidden, neurons, activation);

        foreach (Pass pass in ((int[])[1, 16, 33]).SelectMany(samples => Pass.All(inputs, hidden, neurons, First + samples, name)))
        {
            int all = pass.Samples;
            FramedBlock gradients = FramedBlock.Destination(pass.Layers.Parameters.Length);

            foreach ((int start, int end) in ((int, int)[])[(0, First), (First, First), (First, all)])
            {
                pass.Run(kernels, start, end, gradients.Span, hidden / 2, hidden - (hidden / 2), adds: start != 0);
                pass.Run(kernels, start, end, gradients.Span, 0, hidden / 2, adds: start != 0);
            }

            pass.AssertGradients(gradients.Span);
            gradients.AssertFrameIsIntact();
        }
    }

    [Theory]
    [InlineData("x", -1, 0, 0, 0, 0)]
    [InlineData("parameters", 0, -1, 0, 0, 0)]
    [InlineData("derivatives", 0, 0, -1, 0, 0)]
    [InlineData("h", 0, 0, 0, -1, 0)]
    [InlineData("y", 0, 0, 0, 0, -1)]
    public void Forward_with_a_span_too_short_throws_before_it_writes(string parameter, int x, int parameters, int derivatives, int h, int y)
    {
        FramedBlock before = FramedBlock.Destination((10 * 16) + derivatives);
        FramedBlock hidden = FramedBlock.Destination((10 * 16) + h);
        FramedBlock outputs = FramedBlock.Destination((3 * 16) + y);

        Assert.Throws<ArgumentException>(parameter, () => Bind<KeepingKernel>("Forward", 2, 10, 3, s_keeping)(
            new float[32 + x], new float[99 + parameters], before.Span, hidden.Span, outputs.Span, 16, 16));
        Assert.Throws<ArgumentException>(parameter, () => Bind<DropoutKernel>("ForwardDropout", 2, 10, 3, s_keeping)(
            new float[32 + x], new float[99 + parameters], new float[160], before.Span, hidden.Span, new float[160], outputs.Span, 16, 16));

        before.AssertNothingIsWritten();
        hidden.AssertNothingIsWritten();
        outputs.AssertNothingIsWritten();

        if (parameter is "x" or "parameters" or "y")
        {
            Assert.Throws<ArgumentException>(
                parameter, () => Bind<ForwardKernel>("Forward", 2, 10, 3, s_keeping)(new float[32 + x], new float[99 + parameters], outputs.Span, 16, 16));
            outputs.AssertNothingIsWritten();
        }
    }

    [Theory]
    [InlineData("scales", -1, 0)]
    [InlineData("dropped", 0, -1)]
    public void Kernels_with_dropout_and_a_span_too_short_throw_before_they_write(string parameter, int scales, int dropped)
    {
        FramedBlock left = FramedBlock.Destination(160 + dropped);
        FramedBlock written = FramedBlock.Destination(160);
        FramedBlock gradients = FramedBlock.Destination(99);

        Assert.Throws<ArgumentException>(parameter, () => Bind<DropoutKernel>("ForwardDropout", 2, 10, 3, s_ofOutputs)(
            new float[32], new float[99], new float[160 + scales], default, written.Span, left.Span, written.Span, 16, 16));
        Assert.Throws<ArgumentException>(parameter, () => Bind<BackwardDropoutKernel>("BackwardParametersDropout", 2, 10, 3, s_ofOutputs)(
            new float[32], new float[160 + scales], default, new float[160], new float[160 + dropped], new float[48], new float[99], gradients.Span,
            16, 16, 0, 10, true));

        left.AssertNothingIsWritten();
        written.AssertNothingIsWritten();
        gradients.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("x", -1, 0, 0, 0, 0, 0)]
    [InlineData("derivatives", 0, -1, 0, 0, 0, 0)]
    [InlineData("h", 0, 0, -1, 0, 0, 0)]
    [InlineData("dy", 0, 0, 0, -1, 0, 0)]
    [InlineData("parameters", 0, 0, 0, 0, -1, 0)]
    [InlineData("gradients", 0, 0, 0, 0, 0, -1)]
    public void BackwardParameters_with_a_span_too_short_throws_before_it_writes(
        string parameter, int x, int derivatives, int h, int dy, int parameters, int gradients)
    {
        FramedBlock written = FramedBlock.Destination(99 + gradients);

        Assert.Throws<ArgumentException>(parameter, () => Bind<BackwardKernel>("BackwardParameters", 2, 10, 3, s_keeping)(
            new float[32 + x], new float[160 + derivatives], new float[160 + h], new float[48 + dy], new float[99 + parameters], written.Span,
            16, 16, 0, 10, true));

        written.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData("start", -1, 1)]
    [InlineData("count", 0, -1)]
    [InlineData("count", 4, 7)]
    public void BackwardParameters_of_values_that_are_not_there_throws_before_it_writes(string parameter, int start, int count)
    {
        FramedBlock written = FramedBlock.Destination(99);

        Assert.Throws<ArgumentOutOfRangeException>(parameter, () => Bind<BackwardKernel>("BackwardParameters", 2, 10, 3, s_ofOutputs)(
            new float[32], default, new float[160], new float[48], new float[99], written.Span, 16, 16, start, count, false));

        written.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void BackwardParameters_of_no_values_writes_nothing(bool adds)
    {
        FramedBlock written = FramedBlock.Destination(99);

        Bind<BackwardKernel>("BackwardParameters", 2, 10, 3, s_ofOutputs)(
            new float[32], default, new float[160], new float[48], new float[99], written.Span, 16, 16, 0, 0, adds);

        written.AssertNothingIsWritten();
    }

    [Theory]
    [InlineData(2, 8, 3)]
    [InlineData(2, 10, 5)]
    public void Forward_of_a_size_out_of_range_throws(int inputs, int hidden, int neurons) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Bind<ForwardKernel>("Forward", inputs, hidden, neurons, s_ofOutputs)(new float[200], new float[500], new float[200], 16, 16));

    [Theory]
    [InlineData(5, 10, 3)]
    [InlineData(2, 8, 3)]
    [InlineData(2, 10, 5)]
    public void BackwardParameters_of_a_size_out_of_range_throws(int inputs, int hidden, int neurons) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Bind<BackwardKernel>("BackwardParameters", inputs, hidden, neurons, s_ofOutputs)(
            new float[200], default, new float[200], new float[200], new float[500], new float[500], 16, 16, 0, hidden, false));

    internal static TKernel Bind<TKernel>(string method, int inputs, int hidden, int neurons, ElementwiseKernels activation)
        where TKernel : Delegate =>
        ActivationKernel.Bind<TKernel>(typeof(Nnfs.Kernels.DenseTailLanes), method, [inputs, hidden, neurons], activation.Activation);

    /// <summary>The parameters of two layers, apart and in one block as the kernel takes them.</summary>
    private sealed class Layers
    {
        public Layers(int inputs, int hidden, int neurons)
        {
            W1 = DenseLanesTests.LaidOut(Numbers.Gaussians(inputs * hidden, seed: hidden), inputs, hidden, typeof(ByInput));
            B1 = Pad(Numbers.Gaussians(hidden, seed: inputs), 1, hidden);
            W2 = DenseLanesTests.LaidOut(Numbers.Gaussians(hidden * neurons, seed: neurons), hidden, neurons, typeof(ByNeuron));
            B2 = Numbers.Gaussians(neurons, seed: hidden);
            Parameters = [.. W1, .. B1, .. W2, .. B2];
        }

        public float[] W1 { get; }

        public float[] B1 { get; }

        public float[] W2 { get; }

        public float[] B2 { get; }

        public float[] Parameters { get; }
    }

    /// <summary>The kernels of the pass back, without and with a dropout.</summary>
    private sealed class Kernels(int inputs, int hidden, int neurons, ElementwiseKernels activation)
    {
        public BackwardKernel Backward { get; } = Bind<BackwardKernel>("BackwardParameters", inputs, hidden, neurons, activation);

        public BackwardDropoutKernel BackwardDropout { get; } =
            Bind<BackwardDropoutKernel>("BackwardParametersDropout", inputs, hidden, neurons, activation);
    }

    /// <summary>What the pass back of a batch reads, and the gradients that come of it by the specification.</summary>
    private sealed class Pass
    {
        private readonly int _inputs;
        private readonly int _hidden;
        private readonly int _neurons;
        private readonly int _samples;
        private readonly ElementwiseKernels _activation;
        private readonly float[] _x;
        private readonly float[] _derivatives;
        private readonly float[] _h;
        private readonly float[] _scales;
        private readonly float[] _dropped;
        private readonly bool _hasDropout;
        private readonly float[] _dy;

        private Pass(int inputs, int hidden, int neurons, int samples, string name, bool hasDropout)
        {
            (ElementwiseLayer layer, _activation) = ActivationTests.Find(name);
            (_inputs, _hidden, _neurons, _samples) = (inputs, hidden, neurons, samples);
            Layers = new Layers(inputs, hidden, neurons);
            _x = Numbers.Gaussians(samples * inputs, seed: samples);
            float[] z = Numbers.Gaussians(samples * hidden, seed: hidden);
            _h = [.. z.Select(value => (float)layer.Function(value))];
            _derivatives = [.. z.Select(value => (float)layer.Derivative(value))];
            _hasDropout = hasDropout;
            _scales = hasDropout
                ? [.. DropoutLayer.Mask(seed: 3, first: 0, Rate, _h.Length).Select(static kept => kept * DropoutLayer.Scale(Rate))]
                : [.. Enumerable.Repeat(1f, _h.Length)];
            _dropped = [.. _h.Zip(_scales, static (value, scale) => value * scale)];
            _dy = Numbers.Gaussians(samples * neurons, seed: neurons);
        }

        public Layers Layers { get; }

        public int Samples => _samples;

        /// <summary>A pass without a dropout and one with.</summary>
        public static IEnumerable<Pass> All(int inputs, int hidden, int neurons, int samples, string name) =>
            [new(inputs, hidden, neurons, samples, name, hasDropout: false), new(inputs, hidden, neurons, samples, name, hasDropout: true)];

        public void Run(Kernels kernels, int first, int end, Span<float> gradients, int start, int count, bool adds)
        {
            int samples = end - first;
            int stride = Nnfs.Kernels.Lanes.Stride(samples);
            float[] Block(float[] rows, int features, float filler) => LanesBlock.Of(rows.AsSpan(first * features), features, stride, samples, filler);

            float[] x = Block(_x, _inputs, filler: 3f);
            float[] derivatives = _activation.TakesOutputs ? [] : Block(_derivatives, _hidden, filler: 4f);
            float[] h = Block(_h, _hidden, filler: 5f);
            float[] dy = Block(_dy, _neurons, filler: 0f);

            if (_hasDropout)
            {
                float[] scales = Block(_scales, _hidden, filler: 2f);
                float[] dropped = Block(_dropped, _hidden, filler: 6f);
                kernels.BackwardDropout(x, scales, derivatives, h, dropped, dy, Layers.Parameters, gradients, stride, samples, start, count, adds);
            }
            else
            {
                kernels.Backward(x, derivatives, h, dy, Layers.Parameters, gradients, stride, samples, start, count, adds);
            }
        }

        public void AssertGradients(ReadOnlySpan<float> gradients)
        {
            int row = MatrixLayout.RowStride(_hidden);

            for (int l = 0; l < _hidden; l++)
            {
                double[] dz = new double[_samples];
                double[] sizes = new double[_samples];
                double[] errors = new double[_samples];

                for (int i = 0; i < _samples; i++)
                {
                    double[] terms = [.. Enumerable.Range(0, _neurons).Select(j => (double)_dy[(i * _neurons) + j] * Layers.W2[(j * row) + l])];
                    double gradient = _activation.Gradient((_activation.TakesOutputs ? _h : _derivatives)[(i * _hidden) + l]) * _scales[(i * _hidden) + l];
                    dz[i] = gradient * terms.Sum();
                    sizes[i] = Math.Abs(gradient) * terms.Sum(Math.Abs);
                    errors[i] = gradient is 0 or 1 || !_activation.TakesOutputs ? 0
                        : ActivationTests.GradientTolerance * _scales[(i * _hidden) + l] * terms.Sum(Math.Abs);
                }

                for (int k = 0; k <= _inputs; k++)
                {
                    // The biases are the weights of an input that is always 1.
                    double Input(int i) => k < _inputs ? _x[(i * _inputs) + k] : 1;

                    AssertSum(i => dz[i] * Input(i), i => sizes[i] * Math.Abs(Input(i)), i => errors[i] * Math.Abs(Input(i)), gradients[(k * row) + l]);
                }

                for (int j = 0; j < _neurons; j++)
                {
                    double Term(int i) => (double)_dropped[(i * _hidden) + l] * _dy[(i * _neurons) + j];

                    AssertSum(Term, i => Math.Abs(Term(i)), static _ => 0, gradients[((_inputs + 1 + j) * row) + l]);
                }
            }

            for (int j = 0; j < _neurons; j++)
            {
                // In order, as a plain loop sums them.
                float sum = 0f;

                for (int i = 0; i < _samples; i++)
                {
                    sum += _dy[(i * _neurons) + j];
                }

                Assert.Equal(sum, gradients[((_inputs + 1 + _neurons) * row) + j]);
            }

            for (int padded = 0; padded < _inputs + 1 + _neurons; padded++)
            {
                Assert.False(gradients[((padded * row) + _hidden)..((padded + 1) * row)].ContainsAnyExcept(FramedBlock.Canary), "The padding was written.");
            }
        }

        private void AssertSum(Func<int, double> term, Func<int, double> size, Func<int, double> error, float actual)
        {
            IEnumerable<int> samples = Enumerable.Range(0, _samples);

            Assert.Equal(
                samples.Sum(term), actual, Math.Max(1e-30, RoundingOfSum(_samples + _neurons + 3, samples.Sum(size)) + samples.Sum(error)));
        }
    }
}
