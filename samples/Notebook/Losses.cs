using Nnfs;

namespace Notebook;

/// <summary>Softmax and categorical cross-entropy: each alone, one after the other, and fused.</summary>
internal static class Losses
{
    public static void Show()
    {
        Page.Section("5. Softmax and cross-entropy, forward", """
            Softmax turns a row of scores into probabilities: e to the power of each score,
            divided by the sum of the row. Cross-entropy is -log of the probability that the
            right class got: 0 for certainty, large for a confident mistake. The loss of the
            batch is the mean. Five samples, four classes, scores drawn from seed 7:
            """);

        NumpyRandom random = new(seed: 7);
        Matrix scores = Draw(random, scale: 2);
        int[] labels = [0, 3, 1, 1, 2];
        int n = labels.Length;

        Matrix p = ByHand.Softmax(scores);
        float[] losses = [.. labels.Select((label, sample) => -MathF.Log(p[sample, label]))];

        Page.Show("scores", scores);
        Page.Show("probabilities p", p);
        Page.Show("-log p of the right class", new Matrix(1, n, losses));
        Page.Show("mean loss", new Matrix(1, 1, losses.Average()), "0.000000");

        Page.Section("6. The gradient of each alone", """
            Cross-entropy looks at the right class only: its slope there is -1/p, and 1/n of
            it for the mean of n samples. Every other element is zero. The smaller p, the
            larger the pull: look at the second sample.
            """);

        Matrix dp = p.Map((value, sample, @class) => @class == labels[sample] ? -1 / (value * n) : 0);
        Page.Show("cross-entropy: dp", dp);

        Page.Text("""
            In a softmax every output depends on every score: dz = p·(dy - Σ dy·p), row by
            row. With some gradient dy arriving (more numbers from seed 7):
            """);

        Matrix dy = Draw(random, scale: 1);
        Matrix dz = ByHand.SoftmaxGradient(p, dy);

        SoftmaxOnly softmax = new();
        SoftmaxOnly.Workspace softmaxPass = softmax.CreateWorkspace(n);
        softmax.Forward(scores.Values, softmaxPass);
        softmax.Backward(scores.Values, dy.Values, softmaxPass);

        Page.Show("softmax: dz", dz);
        Page.Compare("generated SoftmaxOnly", dz.Values, softmaxPass.InputGradients);

        Page.Section("7. Both in one", """
            Put the second formula after the first, and nearly everything cancels. What is
            left is (p - 1)/n for the right class and p/n for the others: no division by a
            tiny probability, and hardly any work. This is what [SoftmaxCrossEntropy] does.
            """);

        Matrix fused = p.Map((value, sample, @class) => (@class == labels[sample] ? value - 1 : value) / n);

        SoftmaxThenLoss separate = new();
        SoftmaxThenLoss.Workspace separatePass = separate.CreateWorkspace(n);
        float separateLoss = separate.Forward(scores.Values, labels, separatePass);
        separate.Backward(scores.Values, labels, separatePass);

        FusedLoss both = new();
        FusedLoss.Workspace bothPass = both.CreateWorkspace(n);
        float bothLoss = both.Forward(scores.Values, labels, bothPass);
        both.Backward(scores.Values, labels, bothPass);

        Page.Show("fused: dz", fused);
        Page.Compare("one after the other", fused.Values, ByHand.SoftmaxGradient(p, dp).Values);
        Page.Compare("generated SoftmaxThenLoss", fused.Values, separatePass.InputGradients);
        Page.Compare("generated FusedLoss", fused.Values, bothPass.InputGradients);
        Page.Compare("the loss of all three", [losses.Average(), losses.Average()], [separateLoss, bothLoss]);
    }

    /// <summary>Normally distributed numbers, in the order in which NumPy's <c>randn(5, 4)</c> draws them.</summary>
    private static Matrix Draw(NumpyRandom random, float scale)
    {
        float[] values = new float[5 * 4];

        for (int i = 0; i < values.Length; i++)
        {
            values[i] = scale * (float)random.NextGaussian();
        }

        return new Matrix(5, 4, values);
    }
}
