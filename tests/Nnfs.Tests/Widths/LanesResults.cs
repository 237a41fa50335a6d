using Nnfs.Catalogue.Layers;
using Nnfs.Tests.Kernels;

namespace Nnfs.Tests.Widths;

/// <summary>What kernels give that take samples in lanes, other than those of dense layers by themselves, to be compared between vector widths.</summary>
/// <param name="Values">Results of which each is computed in its own lane.</param>
/// <param name="SumsOverLanes">Results that are added up in the lanes of a vector.</param>
internal sealed record LanesResults(IReadOnlyList<float> Values, IReadOnlyList<float> SumsOverLanes)
{
    private const int Features = 7;
    private const int Samples = 41;
    private const int Stride = 48;
    private const int Hidden = 18;
    private const int Inputs = 3;
    private const int Neurons = 4;

    public static LanesResults Compute()
    {
        List<float> values = [];
        List<float> sums = [];
        float[] x = LanesBlock.Of(Numbers.Gaussians(Samples * Features, seed: 1, scale: 3f), Features, Stride, Samples);
        float[] dy = LanesBlock.Of(Numbers.Gaussians(Samples * Features, seed: 2), Features, Stride, Samples);
        float[] y = new float[x.Length];
        float[] dx = new float[x.Length];

        foreach (ElementwiseKernels activation in ActivationTests.Layers.Select(static layer => layer.Kernels!))
        {
            ActivationLanesTests.Bind<ActivationLanesTests.ForwardKernel>("Forward", activation)(x, y, Features, Stride, Samples);
            float[] kept = [.. y];

            if (!activation.TakesOutputs)
            {
                ActivationLanesTests.Bind<ActivationLanesTests.KeepingKernel>("Forward", activation)(x, y, kept, Features, Stride, Samples);
            }

            ActivationLanesTests.Bind<ActivationLanesTests.BackwardKernel>("Backward", activation)(kept, dy, dx, Features, Stride, Samples);
            values.AddRange([.. y, .. kept, .. dx]);

            ComputeTail(activation, values, sums);
        }

        SoftmaxLanesTests.Bind(Features)(x, y, Stride, Samples);
        BinaryDimension.Bind<SoftmaxLanesTests.BackwardKernel>(typeof(Nnfs.Kernels.SoftmaxLanes), "Backward", Features)(y, dy, dx, Stride, Samples);
        values.AddRange([.. y, .. dx]);

        int[] labels = Numbers.Labels(Samples, Features, seed: 3);
        values.Add(LabelSmoothingLanesTests.Bind<LabelSmoothingLanesTests.LabelLoss>("Forward", Features)(x, labels, 0.2f, y, Stride, Samples));
        LabelSmoothingLanesTests.Bind<LabelSmoothingLanesTests.LabelGradient>("Backward", Features)(y, labels, 0.2f, dx, Stride, Samples);
        values.AddRange([.. y, .. dx]);
        values.Add(LabelSmoothingLanesTests.Bind<LabelSmoothingLanesTests.TargetLoss>("Forward", Features)(x, y, 0.2f, dx, Stride, Samples));
        LabelSmoothingLanesTests.Bind<LabelSmoothingLanesTests.TargetGradient>("Backward", Features)(y, dx, 0.2f, dx, Stride, Samples);
        values.AddRange(dx);

        float[] scales = new float[x.Length];
        Nnfs.Kernels.DropoutLanes.Draw(0.3f, 5, (1L << 32) - 100, scales, Features, Stride, Samples);
        Nnfs.Kernels.DropoutLanes.Forward(x, scales, y, Features, Stride, Samples);
        Nnfs.Kernels.ElementsLanes.MultiplyAdd(x, dy, x, dx, Features, Stride, Samples);
        values.AddRange([.. y, .. dx]);

        return new LanesResults(values, sums);
    }

    private static void ComputeTail(ElementwiseKernels activation, List<float> values, List<float> sums)
    {
        int length = ((Inputs + 1 + Neurons) * MatrixLayout.RowStride(Hidden)) + Neurons;
        float[] x = LanesBlock.Of(Numbers.Gaussians(Samples * Inputs, seed: 4), Inputs, Stride, Samples);
        float[] dy = LanesBlock.Of(Numbers.Gaussians(Samples * Neurons, seed: 5), Neurons, Stride, Samples);
        float[] parameters = Numbers.Gaussians(length, seed: 6);
        float[] derivatives = new float[Hidden * Stride];
        float[] h = new float[derivatives.Length];
        float[] y = new float[dy.Length];
        float[] gradients = new float[length];

        DenseTailLanesTests.Bind<DenseTailLanesTests.KeepingKernel>("Forward", Inputs, Hidden, Neurons, activation)(
            x, parameters, derivatives, h, y, Stride, Samples);
        DenseTailLanesTests.BackwardKernel backward =
            DenseTailLanesTests.Bind<DenseTailLanesTests.BackwardKernel>("BackwardParameters", Inputs, Hidden, Neurons, activation);
        backward(x, derivatives, h, dy, parameters, gradients, Stride, Samples, 0, Hidden, adds: false);
        backward(x, derivatives, h, dy, parameters, gradients, Stride, Samples, 0, Hidden, adds: true);

        values.AddRange([.. derivatives, .. h, .. y]);
        sums.AddRange(gradients);

        float[] scales = new float[h.Length];
        float[] dropped = new float[h.Length];
        Nnfs.Kernels.DropoutLanes.Draw(0.3f, 5, 0, scales, Hidden, Stride, Samples);
        DenseTailLanesTests.Bind<DenseTailLanesTests.DropoutKernel>("ForwardDropout", Inputs, Hidden, Neurons, activation)(
            x, parameters, scales, derivatives, h, dropped, y, Stride, Samples);
        DenseTailLanesTests.Bind<DenseTailLanesTests.BackwardDropoutKernel>("BackwardParametersDropout", Inputs, Hidden, Neurons, activation)(
            x, scales, derivatives, h, dropped, dy, parameters, gradients, Stride, Samples, 0, Hidden, adds: false);

        values.AddRange([.. dropped, .. y]);
        sums.AddRange(gradients);
    }
}
