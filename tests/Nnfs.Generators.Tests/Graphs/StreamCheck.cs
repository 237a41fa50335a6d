using System.Runtime.InteropServices;
using Nnfs.Catalogue.Graphs;

namespace Nnfs.Generators.Tests.Graphs;

/// <summary>
/// Carries the samples of a batch through a network step by step, alone and side by side, and holds the rows against the reference for whole sequences. What
/// is done once more, from a saved state, or beside other sequences, has the same bits.
/// </summary>
internal sealed class StreamCheck
{
    private readonly GraphCase _case;
    private readonly GraphBatch _batch;
    private readonly IGraphNetwork _network;
    private readonly Findings _findings;
    private readonly int _steps;

    private StreamCheck(GraphCase graph, GraphBatch batch, IGraphNetwork network, Findings findings)
    {
        _case = graph;
        _batch = batch;
        _network = network;
        _findings = findings;
        _steps = graph.Steps ?? 0;
    }

    public static void Run(GraphCase graph, GraphBatch batch, IGraphNetwork network, Findings findings)
    {
        findings.Check(network.HasStreams == graph.IsCausal, graph.IsCausal ? "a causal network has no streams" : "a network that is not causal has streams");

        if (graph.IsCausal && network.HasStreams)
        {
            network.WriteTensors(batch.Tensors);
            StreamCheck check = new(graph, batch, network, findings);
            check.CheckAlone();
            check.CheckSideBySide();
        }
    }

    private void CheckAlone()
    {
        _network.CreateStreams(1);
        float[][] alone = Run([0], from: 0);
        CheckRows("alone", alone, sample: 0, sequence: 0, sequences: 1);
        CheckAllocation([0], "alone");

        _network.ResetStream();
        CheckSame(alone, Run([0], from: 0), "after a reset", from: 0);

        // Saved in the middle, and gone on from there after other steps.
        _network.ResetStream();
        int middle = _steps / 2;

        for (int step = 0; step < middle; step++)
        {
            Step([0], step);
        }

        float[] state = _network.StreamState;
        Run([_case.Batch - 1], from: 0);
        _network.StreamState = state;
        CheckSame(alone, Run([0], middle), "from a saved state", middle);
    }

    private void CheckSideBySide()
    {
        int[] all = [.. Enumerable.Range(0, Math.Max(2, _case.Batch)).Select(i => i % _case.Batch)];
        _network.CreateStreams(all.Length);
        float[][] together = Run(all, from: 0);

        CheckAllocation(all, "side by side");

        for (int sequence = 0; sequence < all.Length; sequence++)
        {
            CheckRows("side by side", together, all[sequence], sequence, all.Length);
        }

        // In another place, beside others, and after one of them was reset.
        int[] more = [.. all.Reverse(), .. all];
        _network.CreateStreams(more.Length);
        Run(more, from: 0);

        for (int sequence = 0; sequence < more.Length; sequence++)
        {
            _network.ResetStream(sequence);
        }

        float[][] others = Run(more, from: 0);

        for (int k = 0; k < together.Length; k++)
        {
            int row = _case.OutputShape(k).Channels;

            for (int sequence = 0; sequence < all.Length; sequence++)
            {
                for (int step = 0; step < _steps; step++)
                {
                    Span<float> expected = Row(together[k], row, step, sequence, all.Length);
                    _findings.Check(
                        SameBits(expected, Row(others[k], row, step, all.Length - 1 - sequence, more.Length))
                            && SameBits(expected, Row(others[k], row, step, all.Length + sequence, more.Length)),
                        $"sequence {sequence} has other bits beside others, at step {step} of output {k}");
                }
            }
        }
    }

    /// <summary>The rows of the outputs, step by step, in each step those of all sequences.</summary>
    private float[][] Run(int[] samples, int from)
    {
        float[][] rows = [.. Enumerable.Range(0, _case.Outputs.Length).Select(k => new float[_steps * samples.Length * _case.OutputShape(k).Channels])];

        for (int step = from; step < _steps; step++)
        {
            foreach ((int k, float[] output) in Step(samples, step).Index())
            {
                output.CopyTo(rows[k], step * output.Length);
            }
        }

        return rows;
    }

    private float[][] Step(int[] samples, int step)
    {
        float[][] outputs = NewRows(samples);
        _network.StepStream(InputsAt(samples, step), outputs);

        return outputs;
    }

    private float[][] InputsAt(int[] samples, int step) =>
    [
        .. _case.Inputs.Select((input, k) => samples
            .SelectMany(sample => Row(_batch.Inputs[k], input.Size / _steps, sample, step, _steps).ToArray())
            .ToArray()),
    ];

    private float[][] NewRows(int[] samples) =>
        [.. Enumerable.Range(0, _case.Outputs.Length).Select(k => new float[samples.Length * _case.OutputShape(k).Channels])];

    /// <summary>A step after the first allocates nothing.</summary>
    private void CheckAllocation(int[] samples, string what)
    {
        float[][] inputs = InputsAt(samples, step: 0);
        float[][] outputs = NewRows(samples);
        _network.StepStream(inputs, outputs);

        long before = GC.GetAllocatedBytesForCurrentThread();
        _network.StepStream(inputs, outputs);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        _findings.Check(allocated == 0, $"a step {what} allocates {allocated} bytes");
    }

    private void CheckRows(string what, float[][] rows, int sample, int sequence, int sequences)
    {
        foreach ((int k, double[] expected) in _batch.Outputs(_batch.Prediction).Index())
        {
            int row = _case.OutputShape(k).Channels;
            double largest = expected.Max(Math.Abs);

            for (int step = 0; step < _steps; step++)
            {
                Span<float> actual = Row(rows[k], row, step, sequence, sequences);

                for (int i = 0; i < row; i++)
                {
                    double exact = expected[(((sample * _steps) + step) * row) + i];
                    _findings.Check(
                        "streams",
                        Math.Abs(actual[i] - exact),
                        (_case.Tolerances.Outputs * largest) + GraphCheck.LeftOut,
                        $"step {step} [{i}] of output {k} of sample {sample} {what} is {actual[i]:g9} rather than {exact:g9}");
                }
            }
        }
    }

    private void CheckSame(float[][] expected, float[][] actual, string what, int from)
    {
        for (int k = 0; k < expected.Length; k++)
        {
            int start = from * _case.OutputShape(k).Channels;
            _findings.Check(SameBits(expected[k].AsSpan(start), actual[k].AsSpan(start)), $"a stream has other bits {what} in output {k}");
        }
    }

    private static Span<float> Row(float[] values, int size, int outer, int inner, int count) => values.AsSpan(((outer * count) + inner) * size, size);

    private static bool SameBits(ReadOnlySpan<float> x, ReadOnlySpan<float> y) =>
        MemoryMarshal.AsBytes(x).SequenceEqual(MemoryMarshal.AsBytes(y));
}
