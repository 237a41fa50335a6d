using CsCheck;
using Nnfs.Generators.Tests.Drawing;

namespace Nnfs.Generators.Tests.Gradients;

/// <summary>Generated networks against a plain float64 reference, and that against finite differences.</summary>
public class GradientTests(ITestOutputHelper output)
{
    private const int NetworkCount = 110;

    private static readonly NetworkCase[] s_awkward =
    [
        // Odd widths, less than a vector and one more than one; a batch that is no whole number of tiles.
        .. EveryHead([7, 13, 17, 5], batch: 7),
        .. EveryHead([33, 65, 31, 10], batch: 13),

        // One of everything: a softmax of one class is 1, whatever comes.
        .. EveryHead([1, 1, 1], batch: 1),
        .. EveryHead([1, 1, 1], batch: 6),

        // One wide layer between narrow ones.
        .. EveryHead([3, 200, 1], batch: 7),

        // Batches around those of the kernels' tiles, and one that is many.
        NetworkCase.Classic([100, 50, 20, 10], Head.SoftmaxCrossEntropy, batch: 1, workspaceBatch: 1, Answers.Labels, seed: 11),
        NetworkCase.Classic([100, 50, 20, 10], Head.SoftmaxCrossEntropy, batch: 5, workspaceBatch: 5, Answers.OneHot, seed: 12),
        NetworkCase.Classic([100, 50, 20, 10], Head.SoftmaxCrossEntropy, batch: 17, workspaceBatch: 100, Answers.Labels, seed: 13),
        NetworkCase.Classic([100, 50, 20, 10], Head.SoftmaxCrossEntropy, batch: 100, workspaceBatch: 100, Answers.Soft, seed: 14),

        // Samples in lanes: batches about the groups of 16, the tiles of 64 and the three that are predicted alone. The last layer's weights lie by neuron.
        .. ((int[])[1, 2, 3, 4, 15, 16, 17, 63, 64, 65, 129]).Select(
            static batch => NetworkCase.Classic([7, 33, 20, 5], Head.SoftmaxCrossEntropy, batch, batch + (batch % 3), (Answers)(batch % 3), seed: batch)),
        .. ((int[])[1, 3, 17, 65]).Select(
            static batch => NetworkCase.Classic([21, 16, 8], Head.None, batch, batch + 70, Answers.Labels, seed: batch)),

        // The most weights and inputs that samples in lanes have, and one more.
        NetworkCase.Classic([64, 64], Head.SoftmaxCrossEntropy, batch: 65, workspaceBatch: 65, Answers.Labels, seed: 17),
        NetworkCase.Classic([64, 65], Head.SoftmaxCrossEntropy, batch: 65, workspaceBatch: 65, Answers.Labels, seed: 18),
        NetworkCase.Classic([128, 16, 8], Head.SoftmaxCrossEntropy, batch: 17, workspaceBatch: 18, Answers.Soft, seed: 19),
        NetworkCase.Classic([129, 16, 8], Head.SoftmaxCrossEntropy, batch: 17, workspaceBatch: 18, Answers.Soft, seed: 20),

        // One class in lanes, where rows of outputs are single floats.
        NetworkCase.Classic([3, 20, 1], Head.SoftmaxCrossEntropy, batch: 6, workspaceBatch: 6, Answers.OneHot, seed: 21),
        NetworkCase.Classic([3, 20, 1], Head.None, batch: 5, workspaceBatch: 5, Answers.OneHot, seed: 22),

        // Logits that a ReLU gives, with samples in lanes.
        new NetworkCase(
            Inputs: 6,
            [new(LayerKind.Dense, 6, 4), new(LayerKind.ReLU, 4, 4)],
            Head.SoftmaxCrossEntropy,
            Batch: 18,
            WorkspaceBatch: 18,
            Answers.Soft,
            Seed: 24),

        // Logits that no dense layer gives.
        new NetworkCase(
            Inputs: 6,
            [new(LayerKind.Dense, 6, 10), new(LayerKind.ReLU, 10, 10), new(LayerKind.ReLU, 10, 10)],
            Head.SoftmaxCrossEntropy,
            Batch: 7,
            WorkspaceBatch: 7,
            Answers.Labels,
            Seed: 23),

        // A network that is only a loss: no parameters, and the inputs are the logits.
        NetworkCase.Classic([4], Head.SoftmaxCrossEntropy, batch: 6, workspaceBatch: 6, Answers.Labels, seed: 15),
        NetworkCase.Classic([4], Head.SoftmaxCrossEntropy, batch: 6, workspaceBatch: 9, Answers.Soft, seed: 16),
    ];

    private static readonly Lazy<ITestNetwork[]> s_awkwardNetworks = new(static () => NetworkCompiler.Compile(s_awkward));

    public static TheoryData<int, string> AwkwardNetworks => [.. s_awkward.Select(static (network, i) => (i, network.ToString()))];

    [Fact]
    public void Random_networks_agree_with_the_reference() => CheckAll(RunSeed.Draw(NetworkCases.Any.Array[NetworkCount]));

    [Theory]
    [MemberData(nameof(AwkwardNetworks))]
    public void Awkward_network_agrees_with_the_reference(int index, string description)
    {
        Findings findings = NetworkCheck.Run(s_awkward[index], s_awkwardNetworks.Value[index]);

        Assert.True(findings.Failures.Count == 0, $"{description}\n{string.Join("\n", findings.Failures.Take(10))}");
        Assert.True(findings.Differences > 0 || s_awkward[index].Outputs == 1, "no finite difference was taken");
    }

    private static IEnumerable<NetworkCase> EveryHead(int[] sizes, int batch) => Enum.GetValues<Head>()
        .Select((head, i) => NetworkCase.Classic(sizes, head, batch, batch + i, (Answers)(i % 3), seed: i));

    private void CheckAll(NetworkCase[] cases)
    {
        ITestNetwork[] networks = NetworkCompiler.Compile(cases);
        Findings[] findings = new Findings[cases.Length];

        // The first call of a kernel waits for its compilation, which the thread pool would answer with more threads than processors.
        Parallel.For(
            0,
            cases.Length,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            i => findings[i] = NetworkCheck.Run(cases[i], networks[i]));

        Findings all = new();
        Array.ForEach(findings, all.Add);
        output.WriteLine(all.ToString());

        // The smallest networks first: they are the easiest to look into.
        string[] failures =
        [
            .. cases.Zip(findings)
                .Where(static pair => pair.Second.Failures.Count > 0)
                .OrderBy(static pair => pair.First.ParameterCount)
                .Take(10)
                .Select(static pair => $"{pair.First}\n    {string.Join("\n    ", pair.Second.Failures.Take(5))}"),
        ];

        Assert.True(failures.Length == 0, $"{RunSeed.Reproduce}\n{string.Join("\n", failures)}");

        // About three in four are sharp. Were they few, the reference would stand unchecked.
        Assert.True(
            all.SharpDifferences > all.Differences / 2, $"{RunSeed.Reproduce}: only {all.SharpDifferences} of {all.Differences} finite differences are sharp.");
    }
}
