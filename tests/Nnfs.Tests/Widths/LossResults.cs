using Nnfs.Catalogue.Losses;
using Nnfs.Tests.Kernels;

namespace Nnfs.Tests.Widths;

/// <summary>What the losses that are means over single outputs give, with their gradients, to be compared between vector widths.</summary>
internal static class LossResults
{
    public static IEnumerable<float> Compute()
    {
        foreach (int length in (int[])[1, 15, 16, 33, 127, 128, 130, 1000])
        {
            float[] gradient = new float[length];
            float[] z = Numbers.Gaussians(length, seed: 6, scale: 5f);
            float[] p = new float[length];
            int[] labels = Numbers.Labels(length, 2, seed: 7);

            yield return Nnfs.Kernels.SigmoidBinaryCrossEntropy.Forward(z, labels, p);
            yield return Nnfs.Kernels.Regularization.Loss(z, 0.3f, 0.7f);
            Nnfs.Kernels.Regularization.Backward(z, 0.3f, 0.7f, gradient);

            foreach (float value in p.Concat(gradient))
            {
                yield return value;
            }

            foreach (ElementwiseLoss loss in LossTests.All)
            {
                (float[] y, float[] targets) = LossTests.Draw(loss, length, seed: 5);

                yield return loss.Kernels!.Forward(y, targets);
                loss.Kernels.Backward(y, targets, gradient);

                foreach (float value in gradient)
                {
                    yield return value;
                }
            }
        }
    }
}
