using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Nnfs.Tests.Kernels;

namespace Nnfs.Tests.Widths;

/// <summary>The results of the dense kernels for shapes that fall into tiles of every kind, to be compared between vector widths.</summary>
/// <param name="RoundsOnce">Whether multiply-add was fused.</param>
/// <param name="Values">All results, one after the other.</param>
internal sealed record DenseResults(bool RoundsOnce, float[] Values)
{
    public static DenseResults Compute()
    {
        List<float> values = [];

        foreach ((int inputs, int neurons) in ((int, int)[])[(1, 1), (2, 64), (64, 3), (7, 33), (20, 8), (130, 70), (70, 130), (64, 64)])
        {
            const int Samples = 13;
            float[] x = Numbers.Gaussians(Samples * inputs, seed: 1);
            float[] w = DenseTests.Pad(Numbers.Gaussians(inputs * neurons, seed: 2), inputs, neurons);
            float[] b = DenseTests.Pad(Numbers.Gaussians(neurons, seed: 3), 1, neurons);
            AlignedBlock dy = new(Samples * neurons);
            Numbers.Gaussians(Samples * neurons, seed: 4).CopyTo(dy.Span);

            float[] y = new float[Samples * neurons];
            float[] rectified = new float[Samples * neurons];
            float[] dx = new float[Samples * inputs];
            float[] dw = new float[w.Length];
            float[] db = new float[b.Length];

            DenseTests.Bind<DenseTests.ForwardKernel>(nameof(Nnfs.Kernels.Dense.Forward), inputs, neurons)(x, w, b, y, Samples);
            DenseTests.Bind<DenseTests.ForwardKernel>(nameof(Nnfs.Kernels.Dense.ForwardReLU), inputs, neurons)(x, w, b, rectified, Samples);
            DenseTests.Bind<DenseTests.BackwardParametersKernel>(nameof(Nnfs.Kernels.Dense.BackwardParameters), inputs, neurons)(x, dy, dw, db, Samples, 0, inputs);
            float[] transposed = new float[neurons * MatrixLayout.RowStride(inputs)];
            DenseTests.Bind<DenseTests.TransposeKernel>(nameof(Nnfs.Kernels.Dense.Transpose), inputs, neurons)(w, transposed);
            DenseTests.Bind<DenseTests.BackwardInputsKernel>(nameof(Nnfs.Kernels.Dense.BackwardInputs), inputs, neurons)(dy.Span, transposed, dx, Samples);

            values.AddRange([.. y, .. rectified, .. dw, .. db, .. dx]);
        }

        return new DenseResults(Fma.IsSupported || AdvSimd.IsSupported, [.. values]);
    }

    public static DenseResults Read(string path)
    {
        using BinaryReader reader = new(File.OpenRead(path));
        bool roundsOnce = reader.ReadBoolean();
        float[] values = new float[reader.ReadInt32()];

        for (int i = 0; i < values.Length; i++)
        {
            values[i] = reader.ReadSingle();
        }

        return new DenseResults(roundsOnce, values);
    }

    public void Write(string path)
    {
        using BinaryWriter writer = new(File.Create(path));
        writer.Write(RoundsOnce);
        writer.Write(Values.Length);
        Array.ForEach(Values, writer.Write);
    }
}
