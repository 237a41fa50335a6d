using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Nnfs.Benchmarks;

/// <summary>A depthwise convolution of one image by ONNX Runtime, channels first, with its input and output bound to memory once.</summary>
internal sealed class OnnxRuntimeDepthwise : Measured
{
    private readonly SessionOptions _settings = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
    private readonly RunOptions _options = new();
    private readonly InferenceSession _session;
    private readonly OrtIoBinding _binding;
    private readonly OrtValue _input;
    private readonly OrtValue _output;

    /// <summary>Takes part with a convolution.</summary>
    /// <param name="window">The window.</param>
    /// <param name="x">The image, channels last.</param>
    /// <param name="w">The weights, channels last.</param>
    /// <param name="b">The biases.</param>
    public OnnxRuntimeDepthwise(Window2D window, float[] x, float[] w, float[] b)
        : base(PeerNames.OnnxRuntime)
    {
        _session = new(OnnxModel.WriteDepthwise(window, ChannelsFirst.Swap(w, window.KernelHeight * window.KernelWidth, window.Channels), b), _settings);
        _input = Allocate(window.Channels, window.Height, window.Width);
        _output = Allocate(window.Channels, window.OutputHeight, window.OutputWidth);
        ChannelsFirst.Swap(x, window.Height * window.Width, window.Channels).CopyTo(_input.GetTensorMutableDataAsSpan<float>());
        _binding = _session.CreateIoBinding();
        _binding.BindInput(OnnxModel.Input, _input);
        _binding.BindOutput(OnnxModel.Output, _output);
    }

    /// <summary>What it computed last, channels first.</summary>
    public float[] Answer => _output.GetTensorDataAsSpan<float>().ToArray();

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
        _session.Dispose();
        _options.Dispose();
        _settings.Dispose();
        base.Dispose();
    }

    private static OrtValue Allocate(int channels, int height, int width) =>
        OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, [1, channels, height, width]);
}
