using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Nnfs.Benchmarks;

/// <summary>One step after another in ONNX Runtime. All is bound to memory once; the states of a step are the inputs of the next.</summary>
internal sealed class OnnxRuntimeStream : Measured
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly OrtValue _input;
    private readonly OrtValue _output;

    /// <summary>The states twice: a step reads one half and writes the other.</summary>
    private readonly OrtValue[][] _states;

    private readonly OrtIoBinding[] _bindings;
    private int _steps;

    /// <summary>Makes a session of a step.</summary>
    /// <param name="model">The bytes of the model.</param>
    /// <param name="states">The names of its states, with their shapes.</param>
    /// <param name="features">The values that a step takes.</param>
    /// <param name="outputs">The values that it gives.</param>
    public OnnxRuntimeStream(byte[] model, IReadOnlyList<(string Name, int[] Shape)> states, int features, int outputs)
        : base(PeerNames.OnnxRuntime)
    {
        using SessionOptions options = new()
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };

        _session = new InferenceSession(model, options);
        _input = Allocate(1, 1, features);
        _output = Allocate(1, outputs);
        _states = [.. Enumerable.Range(0, 2).Select(_ => states.Select(static state => Allocate(state.Shape)).ToArray())];
        _bindings = [.. Enumerable.Range(0, 2).Select(half => Bind(states, half))];
    }

    /// <summary>The outputs of the last step.</summary>
    public ReadOnlySpan<float> Outputs => _output.GetTensorDataAsSpan<float>();

    /// <summary>Takes one step.</summary>
    public void Step(ReadOnlySpan<float> input)
    {
        input.CopyTo(_input.GetTensorMutableDataAsSpan<float>());
        Run(1);
    }

    public override void Run(int operations)
    {
        for (int operation = 0; operation < operations; operation++)
        {
            _session.RunWithBinding(_options, _bindings[_steps & 1]);
            _steps++;
        }
    }

    public override void Dispose()
    {
        Array.ForEach(_bindings, static binding => binding.Dispose());
        Array.ForEach([.. _states[0], .. _states[1], _input, _output], static value => value.Dispose());
        _options.Dispose();
        _session.Dispose();
        base.Dispose();
    }

    /// <summary>The memory of a step that reads one half of the states.</summary>
    private OrtIoBinding Bind(IReadOnlyList<(string Name, int[] Shape)> states, int half)
    {
        OrtIoBinding binding = _session.CreateIoBinding();
        binding.BindInput(OnnxModel.Input, _input);
        binding.BindOutput(OnnxModel.Output, _output);

        for (int i = 0; i < states.Count; i++)
        {
            binding.BindInput(states[i].Name, _states[half][i]);
            binding.BindOutput(states[i].Name + OnnxStepModel.Next, _states[1 - half][i]);
        }

        return binding;
    }

    private static OrtValue Allocate(params int[] shape)
    {
        OrtValue value = OrtValue.CreateAllocatedTensorValue(
            OrtAllocator.DefaultInstance, TensorElementType.Float, Array.ConvertAll(shape, static size => (long)size));
        value.GetTensorMutableDataAsSpan<float>().Clear();

        return value;
    }
}
