namespace Nnfs.Generators.Tests.Gradients;

/// <summary>Runs one generated network on one batch, and holds everything that it gives against the reference.</summary>
internal sealed class NetworkCheck
{
    /// <summary>
    /// The largest error of an element of a gradient, as a part of the largest element of the same weights, biases or inputs. An element is
    /// a sum whose terms are as large as the largest element, so its error is too, and an element near zero has no digits of its own. Where
    /// the largest is zero, as behind a softmax of one class, every element has to be zero exactly.
    /// </summary>
    public const double GradientTolerance = 1e-5;

    /// <summary>
    /// The largest error of an output, as a part of the largest output: some 50 roundings (6e-8), which five layers of sums of up to 70 terms
    /// each may add up to. The worst of 5000 networks used less than half of it.
    /// </summary>
    public const double OutputTolerance = 3e-6;

    /// <summary>The largest error of a loss, as a part of it, or of 1 where it is less: it is a difference of logits about that large.</summary>
    private const double LossTolerance = 1e-6;

    /// <summary>The largest error of a finite difference, as a part of the largest element: the step squared is far less, and the rest is rounding.</summary>
    private const double DifferenceTolerance = 1e-6;

    private const double DifferenceStep = 1e-6;

    /// <summary>
    /// The rounding error of a loss in float64, as a part of the magnitude of its terms: eight roundings. A difference divides it by the step, which
    /// leaves an error of 1e-9 of the loss whatever the gradient is. Where the gradient is less than a thousandth of the loss that hides
    /// more than the tolerance: such differences are not sharp.
    /// </summary>
    private const double RoundingsOfLoss = 8.0 / (1L << 53);

    /// <summary>A prediction carries so few samples, all or what tiles leave over, through the layers one by one.</summary>
    private const int MostPredictedAlone = 3;

    private const int MostCoordinates = 150;
    private const float Canary = 12345.678f;

    private readonly NetworkCase _case;
    private readonly ITestNetwork _network;
    private readonly Random _random;
    private readonly Batch _batch;
    private readonly Findings _findings = new();

    private NetworkCheck(NetworkCase networkCase, ITestNetwork network)
    {
        _case = networkCase;
        _network = network;
        _random = new Random(networkCase.Seed);
        _batch = Batch.Draw(networkCase, _random);
    }

    public static Findings Run(NetworkCase networkCase, ITestNetwork network)
    {
        NetworkCheck check = new(networkCase, network);
        check.Run();

        return check._findings;
    }

    private void Run()
    {
        bool[] isParameter = LoadParameters();
        float[] parameters = _network.Parameters();
        float loss = RunPasses();

        CheckOutputs(loss);
        List<GradientTensor> tensors = _batch.Gradients;
        CheckGradients(tensors);
        CheckPadding(isParameter, parameters);
        CheckBothPasses(loss);
        CheckPredictions();
        CheckFiniteDifferences(tensors);
    }

    /// <summary>Sets the parameters, and finds which floats of the block are parameters rather than padding.</summary>
    private bool[] LoadParameters()
    {
        float[] drawn = _network.Parameters();

        // Where ones written through the views arrive, parameters are.
        for (int i = 0; i < _batch.Weights.Length; i++)
        {
            _network.SetDense(i, [.. _batch.Weights[i].Select(static _ => 1f)], [.. _batch.Biases[i].Select(static _ => 1f)]);
        }

        bool[] isParameter = Array.ConvertAll(_network.Parameters(), static value => value == 1);
        _findings.Check(isParameter.Count(static value => value) == _case.ParameterCount, "the views do not reach every parameter once");
        _findings.Check(_network.ParameterCount == _case.ParameterCount, "ParameterCount is not that of the layers");
        _findings.Check(drawn.Where((_, i) => !isParameter[i]).All(static value => value == 0), "padding of a new network is not zero");

        for (int i = 0; i < _batch.Weights.Length; i++)
        {
            _network.SetDense(i, _batch.Weights[i], _batch.Biases[i]);
        }

        return isParameter;
    }

    private float RunPasses()
    {
        _network.CreateWorkspace(_case.WorkspaceBatch);

        // A pass of NaN over the whole workspace first: whatever the next pass fails to overwrite, or reads beyond its own samples, shows.
        float[] poison = new float[_case.WorkspaceBatch * _case.Inputs];
        Array.Fill(poison, float.NaN);
        _network.Forward(poison);
        float[] poisonTargets = new float[_case.WorkspaceBatch * _case.Outputs];
        Array.Fill(poisonTargets, float.NaN);
        _network.Backward(poison, poisonTargets);
        _network.Fill(Canary);

        float loss = float.NaN;

        if (!_case.HasLoss)
        {
            _network.Forward(_batch.Inputs);
            _network.Backward(_batch.Inputs, _batch.Targets);
        }
        else if (_case.Answers == Answers.Labels)
        {
            loss = _network.Forward(_batch.Inputs, _batch.Labels);
            _network.Backward(_batch.Inputs, _batch.Labels);
        }
        else
        {
            loss = _network.Forward(_batch.Inputs, _batch.Targets);
            _network.Backward(_batch.Inputs, _batch.Targets);
        }

        return loss;
    }

    private void CheckOutputs(float loss)
    {
        double[] expected = _batch.Outputs;
        float[] outputs = _network.Outputs();
        double largest = expected.Max(Math.Abs);

        for (int i = 0; i < expected.Length; i++)
        {
            _findings.Check("outputs", Math.Abs(outputs[i] - expected[i]), OutputTolerance * largest, $"[{i}] is {outputs[i]:g9} rather than {expected[i]:g9}");
        }

        CheckRows("outputs", outputs, _case.Outputs);

        if (_case.HasLoss)
        {
            double expectedLoss = _batch.Reference.Losses(_batch.Activations, _case.Batch, out _).Sum();
            _findings.Check("loss", Math.Abs(loss - expectedLoss), LossTolerance * Math.Max(1, expectedLoss), $"is {loss:g9} rather than {expectedLoss:g9}");
        }
    }

    private void CheckGradients(List<GradientTensor> tensors)
    {
        float[] inputGradients = _network.InputGradients();
        CheckGradient(tensors[^1], inputGradients[..tensors[^1].Gradient.Length]);
        CheckRows("input gradients", inputGradients, _case.Inputs);

        for (int i = 0; i < tensors.Count / 2; i++)
        {
            (float[] weights, float[] biases) = _network.DenseGradients(i);
            CheckGradient(tensors[2 * i], weights);
            CheckGradient(tensors[(2 * i) + 1], biases);
        }
    }

    private void CheckGradient(GradientTensor tensor, float[] actual)
    {
        _findings.Check(actual.Length == tensor.Gradient.Length, $"the gradient of {tensor.Name} has {actual.Length} elements");
        double allowed = GradientTolerance * tensor.Largest;

        for (int i = 0; i < actual.Length; i++)
        {
            double expected = tensor.Gradient[i];
            _findings.Check("gradients", Math.Abs(actual[i] - expected), allowed, $"{tensor.Name} [{i}] has {actual[i]:g9} rather than {expected:g9}");
        }
    }

    /// <summary>A workspace gives the samples of the last pass, and no others.</summary>
    private void CheckRows(string what, float[] rows, int size) =>
        _findings.Check(rows.Length == _case.Batch * size, $"{what} has {rows.Length} elements");

    private void CheckPadding(bool[] isParameter, float[] parameters)
    {
        float[] gradients = _network.Gradients();
        _findings.Check(gradients.Length == parameters.Length, "gradients and parameters are not laid out alike");
        _findings.Check(gradients.Where((_, i) => !isParameter[i]).All(static value => value == 0), "padding of the gradients is not zero");
        _findings.Check(parameters.Where((_, i) => !isParameter[i]).All(static value => value == 0), "padding of the parameters is not zero");
        _findings.Check(SameBits(parameters, _network.Parameters()), "a pass has changed the parameters");
    }

    /// <summary>The pass that does both gives the bits of the two, and leaves the gradients of the inputs.</summary>
    private void CheckBothPasses(float loss)
    {
        if (!_case.HasLoss)
        {
            return;
        }

        float[] gradients = _network.Gradients();
        float[] outputs = _network.Outputs();
        _network.Fill(Canary);

        float lossOfBoth = _case.Answers == Answers.Labels
            ? _network.ForwardBackward(_batch.Inputs, _batch.Labels)
            : _network.ForwardBackward(_batch.Inputs, _batch.Targets);

        _findings.Check(SameBits([loss], [lossOfBoth]), "ForwardBackward has another loss than Forward");
        _findings.Check(SameBits(gradients, _network.Gradients()), "ForwardBackward has other gradients than Backward");
        _findings.Check(SameBits(outputs, _network.Outputs()), "ForwardBackward has other outputs than Forward");
        _findings.Check(_network.InputGradients().All(static value => value == Canary), "ForwardBackward has written the gradients of the inputs");
    }

    private void CheckPredictions()
    {
        float[] outputs = _network.Outputs()[..(_case.Batch * _case.Outputs)];
        CheckPrediction(outputs, _network.Predict(_batch.Inputs), "Predict");

        // So many samples that several tiles are needed, whose edges fall anywhere between the samples of the batch.
        int copies = 1 + (150 / _case.Batch);
        CheckPrediction(
            [.. Enumerable.Repeat(outputs, copies).SelectMany(static rows => rows)],
            _network.Predict([.. Enumerable.Repeat(_batch.Inputs, copies).SelectMany(static inputs => inputs)]),
            "Predict of more samples");

        List<float> alone = [];

        for (int i = 0; i < _case.Batch; i++)
        {
            float[] input = _batch.Inputs[(i * _case.Inputs)..((i + 1) * _case.Inputs)];
            float[] output = _network.Predict(input);
            alone.AddRange(output);

            if (_case.Classifies)
            {
                int likeliest = Array.IndexOf(output, output.Max());
                _findings.Check(_network.Classify(input) == likeliest, $"Classify gives {_network.Classify(input)} rather than {likeliest} for sample {i}");
            }
        }

        CheckClose(outputs, [.. alone], "Predict of single samples");
    }

    /// <summary>Samples have the bits of the forward pass, but for the last few, which may go alone.</summary>
    private void CheckPrediction(float[] expected, float[] actual, string what)
    {
        int inTiles = Math.Max(0, expected.Length - (MostPredictedAlone * _case.Outputs));

        _findings.Check(actual.Length == expected.Length, $"{what} has {actual.Length} elements");
        _findings.Check(SameBits(expected[..inTiles], actual[..inTiles]), $"{what} has other bits than Forward");
        CheckClose(expected, actual, what);
    }

    /// <summary>What goes alone is added up in another order. Each of the two may be as far from the exact output as outputs may.</summary>
    private void CheckClose(float[] expected, float[] actual, string what)
    {
        double allowed = 2 * OutputTolerance * expected.Max(Math.Abs);

        for (int i = 0; i < expected.Length; i++)
        {
            _findings.Check("predictions", Math.Abs(actual[i] - expected[i]), allowed, $"[{i}] of {what} is {actual[i]:g9} rather than {expected[i]:g9}");
        }
    }

    private void CheckFiniteDifferences(List<GradientTensor> tensors)
    {
        foreach (GradientTensor tensor in tensors)
        {
            int[] coordinates = [.. Enumerable.Range(0, tensor.Values.Length)];
            _random.Shuffle(coordinates);

            foreach (int coordinate in coordinates.Take(MostCoordinates / tensors.Count))
            {
                CheckFiniteDifference(tensor, coordinate);
            }
        }
    }

    private void CheckFiniteDifference(GradientTensor tensor, int coordinate)
    {
        double[][] above = Perturbed(tensor, coordinate, DifferenceStep);
        double[][] below = Perturbed(tensor, coordinate, -DifferenceStep);

        if (!_batch.Reference.OnSamePiece(above, below))
        {
            return;
        }

        double[] lossesAbove = _batch.Reference.Losses(above, _case.Batch, out double magnitude);
        double[] lossesBelow = _batch.Reference.Losses(below, _case.Batch, out _);
        double slope = lossesAbove.Zip(lossesBelow, static (a, b) => a - b).Sum() / (2 * DifferenceStep);
        double expected = tensor.Gradient[coordinate];
        double rounding = RoundingsOfLoss * magnitude / DifferenceStep;
        double allowed = DifferenceTolerance * tensor.Largest;
        _findings.CountDifference(isSharp: rounding <= allowed);
        _findings.Check(
            "differences",
            Math.Abs(slope - expected),
            allowed + rounding,
            $"{tensor.Name} [{coordinate}] has slope {slope:g9}, but gradient {expected:g9}");
    }

    private double[][] Perturbed(GradientTensor tensor, int coordinate, double step)
    {
        double[][] activations = [.. _batch.Activations];

        if (ReferenceEquals(tensor.Values, activations[0]))
        {
            activations[0] = [.. tensor.Values];
            activations[0][coordinate] += step;
            _batch.Reference.Forward(activations, 0, _case.Batch);

            return activations;
        }

        // The reference reads its parameters from here.
        double before = tensor.Values[coordinate];
        tensor.Values[coordinate] += step;
        _batch.Reference.Forward(activations, tensor.Layer, _case.Batch);
        tensor.Values[coordinate] = before;

        return activations;
    }

    private static bool SameBits(float[] x, float[] y) =>
        x.Length == y.Length && x.Zip(y).All(static pair => BitConverter.SingleToInt32Bits(pair.First) == BitConverter.SingleToInt32Bits(pair.Second));
}
