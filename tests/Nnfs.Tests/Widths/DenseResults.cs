using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Nnfs.Catalogue.Layers;
using Nnfs.Tests.Kernels;

namespace Nnfs.Tests.Widths;

/// <summary>
/// The results of the dense kernels for shapes that fall into tiles of every kind, of the activations, of the losses, of pooling and of sequences, to be
/// compared between vector widths.
/// </summary>
/// <param name="RoundsOnce">Whether multiply-add was fused.</param>
/// <param name="Values">Results whose terms are added up in the same order whatever the width, one after the other.</param>
/// <param name="SumsOverLanes">Results that are added up in the lanes of a vector, so that their order depends on its width.</param>
internal sealed record DenseResults(bool RoundsOnce, float[] Values, float[] SumsOverLanes)
{
    public static DenseResults Compute()
    {
        List<float> values = [];
        List<float> sums = [];

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
            DenseTests.Bind<DenseTests.BackwardParametersKernel>(
                nameof(Nnfs.Kernels.Dense.BackwardParameters), inputs, neurons)(x, dy, 0, dw, db, Samples, 0, inputs, adds: false);
            float[] transposed = new float[neurons * MatrixLayout.RowStride(inputs)];
            DenseTests.Bind<DenseTests.TransposeKernel>(nameof(Nnfs.Kernels.Dense.Transpose), inputs, neurons)(w, transposed, 0, neurons);
            DenseTests.Bind<DenseTests.BackwardInputsKernel>(nameof(Nnfs.Kernels.Dense.BackwardInputs), inputs, neurons)(dy.Span, transposed, dx, Samples);

            values.AddRange([.. y, .. rectified, .. dw, .. db, .. dx]);

            // The same samples once more, added.
            DenseTests.Bind<DenseTests.BackwardParametersKernel>(
                nameof(Nnfs.Kernels.Dense.BackwardParameters), inputs, neurons)(x, dy, 0, dw, db, Samples, 0, inputs, adds: true);
            values.AddRange([.. dw, .. db]);

            // The same with samples in lanes.
            const int Stride = 16;
            float[] xLanes = LanesBlock.Of(x, inputs, Stride, Samples);
            float[] dyLanes = LanesBlock.Of(dy.Span, neurons, Stride, Samples);
            float[] yLanes = new float[neurons * Stride];
            float[] dxLanes = new float[inputs * Stride];

            Bind<DenseLanesTests.ForwardKernel>(nameof(Nnfs.Kernels.DenseLanes.Forward), inputs, neurons)(xLanes, w, b, yLanes, Stride, Samples);
            Bind<DenseLanesTests.BackwardInputsKernel>(nameof(Nnfs.Kernels.DenseLanes.BackwardInputs), inputs, neurons)(dyLanes, w, dxLanes, Stride, Samples);
            Bind<DenseLanesTests.BackwardParametersKernel>(nameof(Nnfs.Kernels.DenseLanes.BackwardParameters), inputs, neurons)(
                xLanes, dyLanes, dw, db, Stride, Samples, 0, neurons, adds: false);

            values.AddRange([.. yLanes, .. dxLanes]);
            sums.AddRange([.. dw, .. db]);

            // The same samples once more, added.
            Bind<DenseLanesTests.BackwardParametersKernel>(nameof(Nnfs.Kernels.DenseLanes.BackwardParameters), inputs, neurons)(
                xLanes, dyLanes, dw, db, Stride, Samples, 0, neurons, adds: true);
            sums.AddRange([.. dw, .. db]);
        }

        foreach (ElementwiseKernels activation in ActivationTests.Layers.Select(static layer => layer.Kernels!))
        {
            // Seven numbers more than whole vectors of any width.
            float[] x = Numbers.Gaussians(135, seed: 5, scale: 3f);
            float[] y = new float[x.Length];
            float[] dx = new float[x.Length];

            activation.Forward(x, y);
            float[] kept = activation.Kept(x);
            activation.Backward(kept, Numbers.Gaussians(x.Length, seed: 6), dx);

            values.AddRange([.. y, .. kept, .. dx]);
        }

        LanesResults lanes = LanesResults.Compute();
        values.AddRange(lanes.Values);
        sums.AddRange(lanes.SumsOverLanes);
        values.AddRange(LossResults.Compute());
        ConvolutionResults convolutions = ConvolutionResults.Compute();
        values.AddRange(convolutions.Values);
        sums.AddRange(convolutions.SumsOverLanes);
        values.AddRange(PoolingTests.Results());
        SequenceResults sequences = SequenceResults.Compute();
        values.AddRange(sequences.Values);
        sums.AddRange(sequences.SumsOverLanes);

        return new DenseResults(Fma.IsSupported || AdvSimd.IsSupported, [.. values], [.. sums]);
    }

    public static DenseResults Read(string path)
    {
        using BinaryReader reader = new(File.OpenRead(path));

        return new DenseResults(reader.ReadBoolean(), ReadFloats(reader), ReadFloats(reader));
    }

    public void Write(string path)
    {
        using BinaryWriter writer = new(File.Create(path));
        writer.Write(RoundsOnce);
        WriteFloats(writer, Values);
        WriteFloats(writer, SumsOverLanes);
    }

    private static float[] ReadFloats(BinaryReader reader)
    {
        float[] floats = new float[reader.ReadInt32()];

        for (int i = 0; i < floats.Length; i++)
        {
            floats[i] = reader.ReadSingle();
        }

        return floats;
    }

    private static void WriteFloats(BinaryWriter writer, float[] floats)
    {
        writer.Write(floats.Length);
        Array.ForEach(floats, writer.Write);
    }

    private static TKernel Bind<TKernel>(string method, int inputs, int neurons)
        where TKernel : Delegate =>
        DenseLanesTests.Bind<TKernel>(method, inputs, neurons, typeof(ByInput));
}
