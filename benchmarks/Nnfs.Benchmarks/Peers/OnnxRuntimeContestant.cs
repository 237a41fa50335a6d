using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Nnfs.Benchmarks;

/// <summary>A session of ONNX Runtime with its input and output bound to memory once.</summary>
internal sealed class OnnxRuntimeContestant : Contestant
{
    private readonly Workload _workload;
    private readonly float[] _inputs;
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly OrtIoBinding _binding;
    private readonly OrtValue _input;
    private readonly OrtValue _output;

    public OnnxRuntimeContestant(string name, Workload workload)
        : base(name)
    {
        _workload = workload;
        _inputs = ChannelsFirst.Inputs(workload);

        using SessionOptions options = new()
        {
            IntraOpNumThreads = workload.Threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };

        _session = new InferenceSession(OnnxModel.Write(workload), options);
        _input = Allocate([workload.Batch, .. OnnxModel.InputShape(workload.Network)]);
        _output = Allocate(workload.Batch, workload.Network.Outputs);
        _inputs.AsSpan(0, workload.Batch * workload.Network.Inputs).CopyTo(_input.GetTensorMutableDataAsSpan<float>());

        _binding = _session.CreateIoBinding();
        _binding.BindInput(OnnxModel.Input, _input);
        _binding.BindOutput(OnnxModel.Output, _output);
    }

    public override float[] Answer()
    {
        int inputLength = _workload.Batch * _workload.Network.Inputs;
        List<float> outputs = [];

        for (int start = 0; start < _inputs.Length; start += inputLength)
        {
            _inputs.AsSpan(start, inputLength).CopyTo(_input.GetTensorMutableDataAsSpan<float>());
            Run(1);
            outputs.AddRange(_output.GetTensorDataAsSpan<float>());
        }

        return [.. outputs];
    }

    public override void Run(int operations)
    {
        for (int operation = 0; operation < operations; operation++)
        {
            _session.RunWithBinding(_options, _binding);
        }
    }

    public override void Dispose()
    {
        _binding.Dispose();
        _input.Dispose();
        _output.Dispose();
        _options.Dispose();
        _session.Dispose();
        base.Dispose();
    }

    private static OrtValue Allocate(params int[] shape) =>
        OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, Array.ConvertAll(shape, static size => (long)size));
}
