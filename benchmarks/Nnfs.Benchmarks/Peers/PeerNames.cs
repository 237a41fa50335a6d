namespace Nnfs.Benchmarks;

/// <summary>The names of the peers, as tables print them and aims refer to them.</summary>
internal static class PeerNames
{
    public const string C = "C by gcc";
    public const string NumPy = "NumPy";
    public const string OnnxRuntime = "ONNX Runtime";
    public const string PyTorch = "PyTorch";
    public const string TensorPrimitives = "TensorPrimitives";
}
