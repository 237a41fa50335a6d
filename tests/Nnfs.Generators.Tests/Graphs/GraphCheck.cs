using Nnfs.Catalogue.Graphs;
using Nnfs.Generators.Planning;

namespace Nnfs.Generators.Tests.Graphs;

/// <summary>Runs one generated graph on one batch, and holds everything that it gives against the reference.</summary>
internal sealed class GraphCheck
{
    /// <summary>
    /// A softmax takes probabilities below e⁻⁶⁴ ≈ 1.6e-28 of the greatest for zero, and dropout may leave nothing but such a one, enlarged up to
    /// tenfold: where exact values are that small, all that is asked of ours is to be as small.
    /// </summary>
    internal const double LeftOut = 1e-26;

    /// <summary>The largest error of a finite difference, as a part of the scale of the gradient.</summary>
    private const double DifferenceTolerance = 1e-6;

    private const double DifferenceStep = 4e-6;

    /// <summary>
    /// The rounding error of the sum of a loss's terms in float64, as a part of their magnitude: a difference divides it by the step, whatever the
    /// gradient is.
    /// </summary>
    private const double RoundingsOfLoss = 16.0 / (1L << 53);

    /// <summary>
    /// A prediction carries this few samples, all or what tiles leave over, through the layers one by one where samples lie in lanes; in rows it is
    /// one.
    /// </summary>
    private const int MostPredictedAlone = PlanChoice.FewInLanes;

    /// <summary>The most samples that a prediction carries through the layers at once.</summary>
    private const int MostTileRows = PlanChoice.MostTileRows;

    private const int MostCoordinates = 150;

    /// <summary>The multiplications that the finite differences of one graph may take.</summary>
    private const long MostWork = 30_000_000;

    private const float Canary = 12345.678f;

    private readonly GraphCase _case;
    private readonly IGraphNetwork _network;
    private readonly GraphBatch _batch;
    private readonly Random _random;
    private readonly Findings _findings = new();

    private GraphCheck(GraphCase graph, GraphBatch batch, IGraphNetwork network)
    {
        _case = graph;
        _batch = batch;
        _network = network;
        _random = new Random(graph.Seed);
    }

    public static Findings Run(GraphCase graph, GraphBatch batch, IGraphNetwork network)
    {
        GraphCheck check = new(graph, batch, network);
        check.Run();

        return check._findings;
    }

    private void Run()
    {
        bool[] isParameter = FindParameters();
        Poison();

        float loss = TrainingPass();
        CheckPass(_batch.Training, _batch.TrainingGradients, loss);
        CheckRows();
        CheckPadding(isParameter);
        CheckRunningAverages();
        CheckOtherWays(loss);
        CheckGradientsFromOutside();
        CheckNextSeed();
        CheckPredictions();
        CheckFiniteDifferences();
        CheckSummary();
        PaddingCheck.Run(_case, _batch.Inputs, _batch.Answers, _network, _findings);
        StreamCheck.Run(_case, _batch, _network, _findings);
        FileCheck.Run(_case, _batch, _network, _findings);
    }

    /// <summary>Finds which floats of the block are parameters rather than padding: where ones written through the views arrive.</summary>
    private bool[] FindParameters()
    {
        float[] drawn = _network.Parameters();
        _network.WriteTensors([.. _batch.Tensors.Select(static layer => layer.Select(static tensor => Array.ConvertAll(tensor, static _ => 1f)).ToArray())]);
        bool[] isParameter = Array.ConvertAll(_network.Parameters(), static value => value == 1);

        _findings.Check(
            isParameter.Count(static value => value) == _batch.Tensors.Sum(static layer => layer.Sum(static tensor => tensor.Length)),
            "the views do not reach every parameter once");
        _findings.Check(_network.ParameterCount == _case.ParameterCount, $"ParameterCount is {_network.ParameterCount} rather than {_case.ParameterCount}");
        _findings.Check(drawn.Where((_, i) => !isParameter[i]).All(static value => value == 0), "padding of a new network is not zero");

        return isParameter;
    }

    /// <summary>A pass of NaN over the whole workspace: whatever the next pass fails to overwrite, or reads beyond its own samples, shows.</summary>
    private void Poison()
    {
        _network.CreateWorkspace(_case.WorkspaceBatch, threads: 1);
        float[][] inputs = [.. _case.Inputs.Select(input => Filled(input.Size))];
        GraphAnswers answers = new(AreLabels: false, [], [.. Enumerable.Range(0, _case.Outputs.Length).Select(i => Filled(_case.OutputSize(i)))]);

        _network.Forward(inputs);
        _network.Backward(inputs, answers);
        _network.Fill(Canary);

        float[] Filled(int size)
        {
            float[] values = new float[_case.WorkspaceBatch * size];
            Array.Fill(values, float.NaN);

            return values;
        }
    }

    private float TrainingPass()
    {
        _network.WriteTensors(_batch.Tensors);
        _network.DropoutSeed = _batch.DropoutSeed;
        _network.Weigh(_batch.SampleWeights);
        float loss = Forward();
        _network.Backward(_batch.Inputs, _batch.Answers);

        return loss;
    }

    private float Forward()
    {
        if (_case.HasLoss)
        {
            return _network.Forward(_batch.Inputs, _batch.Answers);
        }

        _network.Forward(_batch.Inputs);

        return 0;
    }

    private void CheckPass(GraphPass pass, GraphGradients gradients, float loss)
    {
        CheckOutputs("outputs", pass, _network.Outputs());
        CheckLoss(pass, loss);
        CheckGradients("gradients", gradients);
    }

    private void CheckGradients(string what, GraphGradients gradients)
    {
        float[][][] tensors = _network.ReadGradients();
        float[][] inputs =
        [
            .. _network.InputGradients().Where((_, k) => _case.VocabularyOf(k) is null),
        ];

        foreach ((GraphTensor expected, float[] actual) in _batch.TensorsOf(gradients).Zip(tensors.SelectMany(static layer => layer).Concat(inputs)))
        {
            _findings.Check(actual.Length == expected.Gradient.Length, $"the gradient of {expected.Name} has {actual.Length} elements");

            for (int i = 0; i < actual.Length; i++)
            {
                _findings.Check(
                    what,
                    Math.Abs(actual[i] - expected.Gradient[i]),
                    _case.Tolerances.Gradients * expected.Scale,
                    $"{expected.Name} [{i}] has {actual[i]:g9} rather than {expected.Gradient[i]:g9}");
            }
        }
    }

    private void CheckOutputs(string what, GraphPass pass, float[][] actual, int copies = 1)
    {
        foreach ((int k, double[] expected) in _batch.Outputs(pass).Index())
        {
            double largest = expected.Max(Math.Abs);

            for (int i = 0; i < copies * expected.Length; i++)
            {
                double exact = expected[i % expected.Length];
                _findings.Check(
                    what,
                    Math.Abs(actual[k][i] - exact),
                    (_case.Tolerances.Outputs * largest) + LeftOut,
                    $"output {k} [{i}] is {actual[k][i]:g9} rather than {exact:g9}");
            }
        }
    }

    private void CheckLoss(GraphPass pass, float loss)
    {
        if (!_case.HasLoss)
        {
            return;
        }

        double[][] terms = _batch.Terms(pass);
        double penalties = _batch.Reference.Penalties().Sum();
        double total = _batch.AllTerms(pass).Sum();

        CheckLoss("loss", loss, total);
        CheckLoss("regularisation", _network.RegularizationLoss, penalties);

        for (int i = 0; i < _case.Outputs.Length && _case.IsTyped; i++)
        {
            CheckLoss($"loss of output {i}", _network.OutputLosses()[i], terms[i].Sum());
        }
    }

    /// <summary>A loss may be a difference of values of about 1, so no less than that is what errors are a part of.</summary>
    private void CheckLoss(string what, float actual, double expected) =>
        _findings.Check("loss", Math.Abs(actual - expected), _case.Tolerances.Loss * Math.Max(1, expected), $"{what} is {actual:g9} rather than {expected:g9}");

    /// <summary>A workspace gives the samples of the last pass, and no others.</summary>
    private void CheckRows()
    {
        foreach ((int k, float[] rows) in _network.InputGradients().Index())
        {
            int values = _case.VocabularyOf(k) is null ? _case.Inputs[k].Size : 0;
            _findings.Check(rows.Length == _case.Batch * values, $"the gradients of input {k} have {rows.Length} elements");
        }

        foreach ((int k, float[] rows) in _network.Outputs().Index())
        {
            _findings.Check(rows.Length == _case.Batch * _case.OutputSize(k), $"output {k} has {rows.Length} elements");
        }
    }

    private void CheckPadding(bool[] isParameter)
    {
        float[] gradients = _network.Gradients();
        float[] parameters = _network.Parameters();
        _findings.Check(gradients.Length == parameters.Length, "gradients and parameters are not laid out alike");
        _findings.Check(gradients.Where((_, i) => !isParameter[i]).All(static value => value == 0), "padding of the gradients is not zero");
        _findings.Check(parameters.Where((_, i) => !isParameter[i]).All(static value => value == 0), "padding of the parameters is not zero");

        // Running averages lie among the parameters; their gradient is zero.
        _findings.Check(
            gradients.Count(static value => value != 0) <= _network.ReadGradients()
                .SelectMany(static layer => layer)
                .Sum(static tensor => tensor.Count(static value => value != 0)),
            "running averages have a gradient");
    }

    /// <summary>A training pass moves the running averages and nothing else of the parameters.</summary>
    private void CheckRunningAverages()
    {
        float[][][] tensors = _network.ReadTensors();

        foreach ((int i, GraphLayer layer) in _case.Layers.Index())
        {
            IReadOnlyList<double[]> statistics = layer.Layer.StatisticsAfter(_batch.Training.Layers[i]);
            int trained = layer.Tensors.Count - statistics.Count;

            for (int k = 0; k < layer.Tensors.Count; k++)
            {
                string name = $"{layer.Name}.{layer.Tensors[k].Name}";

                if (k < trained)
                {
                    _findings.Check(tensors[i][k].SequenceEqual(_batch.Tensors[i][k]), $"a pass has changed {name}");
                }
                else
                {
                    CheckAverages(name, tensors[i][k], statistics[k - trained], layer.Tensors[k].LeastScale);
                }
            }
        }
    }

    private void CheckAverages(string what, float[] actual, double[] expected, double atLeast)
    {
        double largest = Math.Max(expected.Max(Math.Abs), atLeast);

        for (int i = 0; i < actual.Length; i++)
        {
            _findings.Check(
                "averages",
                Math.Abs(actual[i] - expected[i]),
                _case.Tolerances.Gradients * largest,
                $"{what} [{i}] is {actual[i]:g9} rather than {expected[i]:g9}");
        }
    }

    /// <summary>Another way to the same numbers has the same bits: both passes in one call, more threads, the same seed once more.</summary>
    private void CheckOtherWays(float loss)
    {
        float[][] outputs = _network.Outputs();
        float[][] inputGradients = _network.InputGradients();
        float[] gradients = _network.Gradients();
        float[] parameters = _network.Parameters();

        _findings.Check(
            _network.DropoutSeed == _batch.DropoutSeed + (_case.IsRandom ? 1UL : 0UL),
            "a pass has not moved the seed by one, or has moved it where nothing is dropped");

        if (_case.HasLoss)
        {
            _network.Fill(Canary);
            _network.WriteTensors(_batch.Tensors);
            _network.DropoutSeed = _batch.DropoutSeed;
            float both = _network.ForwardBackward(_batch.Inputs, _batch.Answers);
            CheckSame("ForwardBackward", inputGradients: null, both);
            _findings.Check(
                _network.InputGradients().All(static rows => rows.All(static value => value == Canary)),
                "ForwardBackward has written the gradients of the inputs");
        }

        // Generic code gives labels to those outputs whose losses take some.
        if (_case is { HasLoss: true, IsTyped: true } && (_batch.Answers.AreLabels || !_case.Outputs.Any(static output => output.TakesLabels)))
        {
            _network.Fill(Canary);
            _network.WriteTensors(_batch.Tensors);
            _network.DropoutSeed = _batch.DropoutSeed;
            CheckSame("a pass of packed rows", inputGradients: null, _network.PackedForwardBackward(_batch.Inputs, _batch.Answers));
        }

        foreach (int threads in (int[])[3, 1])
        {
            _network.CreateWorkspace(_case.WorkspaceBatch, threads);
            _network.Fill(Canary);
            CheckSame($"a pass with {threads} threads", inputGradients, TrainingPass());
        }

        void CheckSame(string what, float[][]? inputGradients, float otherLoss)
        {
            _findings.Check(SameBits([loss], [otherLoss]), $"{what} has another loss");
            _findings.Check(outputs.Zip(_network.Outputs()).All(static pair => SameBits(pair.First, pair.Second)), $"{what} has other outputs");
            _findings.Check(SameBits(gradients, _network.Gradients()), $"{what} has other gradients");
            _findings.Check(SameBits(parameters, _network.Parameters()), $"{what} leaves other parameters");
            _findings.Check(
                inputGradients is null || inputGradients.Zip(_network.InputGradients()).All(static pair => SameBits(pair.First, pair.Second)),
                $"{what} has other gradients of the inputs");
        }
    }

    /// <summary>Gradients of what the losses take lead to the same as the losses that they come from.</summary>
    private void CheckGradientsFromOutside()
    {
        float[][] gradients =
        [
            .. _batch.OutputGradients(_batch.Training).Select(static gradient => Array.ConvertAll(gradient ?? [], static value => (float)value)),
        ];
        _network.Fill(Canary);
        _network.WriteTensors(_batch.Tensors);
        _network.DropoutSeed = _batch.DropoutSeed;
        _network.Forward(_batch.Inputs);
        _network.BackwardFrom(_batch.Inputs, gradients);
        CheckGradients("gradients from outside", _batch.TrainingGradients);
    }

    /// <summary>The pass after the first has the masks of the seed that is one more.</summary>
    private void CheckNextSeed()
    {
        if (_case.IsRandom)
        {
            _network.WriteTensors(_batch.Tensors);
            Forward();
            GraphPass next = _batch.Reference.Forward(_batch.InputValues, _batch.DropoutSeed + 1, _case.Batch);
            CheckOutputs("outputs of the next masks", next, _network.Outputs());
        }
    }

    /// <summary>
    /// Outside training nothing is dropped and batch normalisation takes its running averages: in the pass with a workspace, for a tile, for one more
    /// sample, and for each alone.
    /// </summary>
    private void CheckPredictions()
    {
        _network.WriteTensors(_batch.Tensors);
        float[] parameters = _network.Parameters();
        _network.IsTraining = false;
        ulong seed = _network.DropoutSeed;
        float loss = Forward();

        if (_case.MixesSamples)
        {
            CheckOutputs("predictions", _batch.Prediction, _network.Outputs());
            CheckLoss(_batch.Prediction, loss);
            _findings.Check(
                Throws<InvalidOperationException>(() => _network.Backward(_batch.Inputs, _batch.Answers)),
                "Backward takes a pass that was not one of training");
        }
        else
        {
            _network.Backward(_batch.Inputs, _batch.Answers);
            CheckPass(_batch.Prediction, _batch.PredictionGradients, loss);
        }

        // Without a loss: one computed from logits counts probabilities below e⁻⁶⁴ as zero.
        _network.Forward(_batch.Inputs);
        _network.IsTraining = true;
        _findings.Check(_network.DropoutSeed == seed, "a pass outside training has moved the seed");
        _findings.Check(SameBits(parameters, _network.Parameters()), "a pass outside training has changed the parameters");

        float[][] outputs = [.. _network.Outputs().Select((output, k) => output[..(_case.Batch * _case.OutputSize(k))])];
        int copies = 1 + (2 * MostTileRows / _case.Batch);
        int[] counts = [_case.Batch, MostTileRows, MostTileRows + 1, copies * _case.Batch];

        foreach (int count in counts)
        {
            float[][] inputs = [.. _batch.Inputs.Select((input, k) => Repeated(input, count * _case.Inputs[k].Size))];
            float[][] predicted = Predict(inputs, count);
            CheckPredicted(predicted, outputs, count, $"Predict of {count} samples");
            _findings.Check(
                SameBits(PackedCalls.Rows(count, predicted), _network.PackedPredict(inputs)), $"Predict of {count} packed samples has other bits");
        }

        float[][] alone = [.. outputs.Select(static output => new float[output.Length])];

        for (int i = 0; i < _case.Batch; i++)
        {
            float[][] sample = Predict(
                [.. _batch.Inputs.Select((input, k) => input[(i * _case.Inputs[k].Size)..((i + 1) * _case.Inputs[k].Size)])], 1);

            for (int k = 0; k < alone.Length; k++)
            {
                sample[k].CopyTo(alone[k], i * _case.OutputSize(k));
            }

            if (_case.IsClassifier)
            {
                int likeliest = Array.IndexOf(sample[0], sample[0].Max());
                int actual = _network.Classify(_batch.Inputs[0][(i * _case.Inputs[0].Size)..((i + 1) * _case.Inputs[0].Size)]);
                _findings.Check(actual == likeliest, $"Classify gives {actual} rather than {likeliest} for sample {i}");
            }
        }

        CheckOutputs("predictions", _batch.Prediction, alone);
    }

    /// <summary>
    /// Samples have the bits of the forward pass, except for the last few, which may go alone and are added up in another order, and those of a network whose
    /// batch normalisation is folded into the layer before it.
    /// </summary>
    private void CheckPredicted(float[][] predicted, float[][] outputs, int samples, string what)
    {
        foreach ((int k, double[] expected) in _batch.Outputs(_batch.Prediction).Index())
        {
            double largest = expected.Max(Math.Abs);
            int inTiles = _case.MixesSamples ? 0 : Math.Max(0, samples - MostPredictedAlone) * _case.OutputSize(k);
            _findings.Check(SameBits(Repeated(outputs[k], inTiles), predicted[k][..inTiles]), $"{what} has other bits than Forward in output {k}");

            for (int i = inTiles; i < predicted[k].Length; i++)
            {
                double exact = expected[i % expected.Length];
                _findings.Check(
                    "predictions",
                    Math.Abs(predicted[k][i] - exact),
                    (_case.Tolerances.Outputs * largest) + LeftOut,
                    $"[{i}] of output {k} of {what} is {predicted[k][i]:g9} rather than {exact:g9}");
            }
        }
    }

    private void CheckFiniteDifferences()
    {
        GraphTensor[] tensors = [.. _batch.TensorsOf(_batch.TrainingGradients)];
        long most = Math.Clamp(MostWork / (2 * Math.Max(1, _case.Work)), 4, MostCoordinates);

        foreach (GraphTensor tensor in tensors)
        {
            int[] coordinates = [.. Enumerable.Range(0, tensor.Values.Length)];
            _random.Shuffle(coordinates);

            foreach (int coordinate in coordinates.Take((int)Math.Max(1, most / tensors.Length)))
            {
                CheckFiniteDifference(tensor, coordinate);
            }
        }
    }

    private void CheckFiniteDifference(GraphTensor tensor, int coordinate)
    {
        double before = tensor.Values[coordinate];
        (GraphPass passAbove, double[] above) = Perturbed(DifferenceStep);
        (GraphPass passBelow, double[] below) = Perturbed(-DifferenceStep);

        // Neither may a magnitude that is penalised have its bend between the two.
        if (!_batch.OnSamePiece(passAbove, passBelow) || Math.Abs(before) <= DifferenceStep)
        {
            return;
        }

        double slope = above.Zip(below, static (a, b) => a - b).Sum() / (2 * DifferenceStep);
        double rounding = RoundingsOfLoss * above.Sum(Math.Abs) / DifferenceStep;
        double allowed = DifferenceTolerance * tensor.Scale;
        _findings.CountDifference(isSharp: rounding <= allowed);
        _findings.Check(
            "differences",
            Math.Abs(slope - tensor.Gradient[coordinate]),
            allowed + rounding,
            $"{tensor.Name} [{coordinate}] has slope {slope:g9}, but gradient {tensor.Gradient[coordinate]:g9}");

        (GraphPass, double[]) Perturbed(double step)
        {
            // The reference reads its parameters from here, and the inputs.
            tensor.Values[coordinate] = before + step;
            GraphPass pass = _batch.Reference.Rerun(_batch.Training, tensor.Source);
            double[] terms = _batch.AllTerms(pass);
            tensor.Values[coordinate] = before;

            return (pass, terms);
        }
    }

    private void CheckSummary()
    {
        foreach (GraphLayer layer in _case.Layers)
        {
            _findings.Check(_network.Summary.Contains(layer.Name, StringComparison.Ordinal), $"the summary does not name {layer.Name}");
        }
    }

    private float[][] Predict(float[][] inputs, int samples)
    {
        float[][] outputs = _case.NewOutputs(samples);
        _network.Predict(inputs, outputs);

        return outputs;
    }

    private static float[] Repeated(float[] values, int length)
    {
        float[] repeated = new float[length];

        for (int i = 0; i < length; i++)
        {
            repeated[i] = values[i % values.Length];
        }

        return repeated;
    }

    private static bool Throws<TException>(Action action)
        where TException : Exception
    {
        try
        {
            action();
        }
        catch (TException)
        {
            return true;
        }

        return false;
    }

    private static bool SameBits(float[] x, float[] y) =>
        x.Length == y.Length && x.Zip(y).All(static pair => BitConverter.SingleToInt32Bits(pair.First) == BitConverter.SingleToInt32Bits(pair.Second));
}
