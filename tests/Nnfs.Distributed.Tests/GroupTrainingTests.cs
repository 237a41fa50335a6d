using System.Globalization;

namespace Nnfs.Distributed.Tests;

/// <summary>Trainings in several processes against those of one process with as many shards: parameters, histories and reports to the last bit.</summary>
public sealed class GroupTrainingTests
{
    private const string Shards = "4";

    /// <summary>Networks of every layer and loss, and others at random.</summary>
    private const int RandomNetworks = 16;

    [Theory]
    [InlineData(1, Processes.SharedMemory)]
    [InlineData(2, Processes.SharedMemory)]
    [InlineData(4, Processes.SharedMemory)]
    [InlineData(2, Processes.Network)]
    [InlineData(4, Processes.Network)]
    public async Task Trainings_with_all_samples_have_the_same_bits(int processes, string transport) =>
        AssertSame(
            await Processes.RunAloneAsync("train", "alone", Shards), await Processes.RunAsync(processes, transport, ["train", "mpi", Shards]), processes);

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Trainings_with_samples_of_their_own_have_the_same_bits(int processes) =>
        AssertSame(
            await Processes.RunAloneAsync("train", "alone", Shards, "own"), await Processes.RunAsync(processes, "train", "mpi", Shards, "own"), processes);

    /// <summary>What is its own is all that one process has.</summary>
    [Fact]
    public async Task Samples_of_their_own_are_divided_as_all_samples_are()
    {
        string[] all = await Processes.RunAloneAsync("train", "alone", Shards);
        string[] own = await Processes.RunAloneAsync("train", "alone", Shards, "own");

        Assert.Equal(all.Take(own.Length), own);
    }

    [Fact]
    public async Task Drawn_networks_of_every_layer_have_the_same_bits()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nnfs-drawn-");

        try
        {
            string assembly = Path.Combine(folder.FullName, "Drawn.dll");
            int networks = DrawnAssembly.Write(assembly, RandomNetworks);
            string[] alone = await Processes.RunAloneAsync("drawn", "alone", Shards, assembly);
            Assert.Equal(networks, alone.Length);

            // What diverges is compared, too, but tells less.
            Assert.InRange(alone.Count(static line => line.Contains("Completed", StringComparison.Ordinal)), networks * 3 / 4, networks);

            foreach (int processes in (int[])[1, 2, 4])
            {
                AssertSame(alone, await Processes.RunAsync(processes, "drawn", "mpi", Shards, assembly), processes);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The statistics of all shards are those of the batch: what is left is the rounding of sums in another order.</summary>
    [Fact]
    public async Task Statistics_of_all_shards_train_as_a_whole_batch_does()
    {
        string[] numbers = Assert.Single(await Processes.RunAloneAsync("statistics")).Split(' ');

        Assert.InRange(double.Parse(numbers[2], CultureInfo.InvariantCulture), 0, 2e-5);

        // Those of each shard by itself are others by far.
        Assert.InRange(double.Parse(numbers[3], CultureInfo.InvariantCulture), 1e-2, double.PositiveInfinity);
    }

    /// <summary>One start of two processes: each refusal leaves them able to train.</summary>
    [Fact]
    public async Task What_a_group_can_not_train_is_refused_in_all_processes()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nnfs-refusals-");

        try
        {
            string[] lines = await Processes.RunAsync(2, "refusals", Path.Combine(folder.FullName, "run.safetensors"));

            foreach ((string name, string message) in new[]
            {
                ("batches", "do not train as the first one does: | BatchSize: 8 in the first process, 12 in process 1 | "),
                ("epochs", " | Epochs: 2 in the first process, 3 in process 1 | "),
                ("samples", " | Samples: 20 in the first process, 21 in process 1 | "),
                ("network", "MixedNet, 464 numbers in the first process, Nnfs.Distributed.Worker.CurveNet, 448 numbers in process 1 | "),
                ("shards", " | Group.Shards: 2 in the first process, 4 in process 1 | "),
                ("few", "Expected at least one sample for each of the 2 shards of the group, but they have 0, 1."),
                ("stateful", "goes on from the states of the one before it"),
                ("scaling", "HouseNet' has none: set its Scaling"),
                ("scalings", "\"Standardize\",\"center\":"),
                ("folds", "Expected OwnSamples to be false"),
                ("threads", "each shard has one thread, but Threads is 2"),
                ("empty", "some shards have no sample in some batches"),
                ("positions", "labels may leave positions out"),
                ("outputs", "count another part of what they are of, but they leave out 1."),
                ("resume", " | Resume: True in the first process, False in process 1 | "),
                ("unequal", "Expected shards to be the 2 processes times a power of two"),
                ("afterwards", "nothing"),
            })
            {
                Assert.All((int[])[0, 1], rank => Assert.Contains(message, LineOf(lines, rank, name), StringComparison.Ordinal));
            }

            // What one process alone can't do, it tells itself.
            foreach ((string name, string message) in new[] { ("missing", "run.safetensors.elsewhere"), ("features", "19") })
            {
                Assert.Contains("The training has not begun: 1 of 2 processes could not, first process 1", LineOf(lines, 0, name), StringComparison.Ordinal);
                Assert.Contains(message, LineOf(lines, 1, name), StringComparison.Ordinal);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string LineOf(string[] lines, int rank, string name) =>
        Assert.Single(lines, line => line.StartsWith($"rank {rank} {name}: ", StringComparison.Ordinal));

    private static void AssertSame(string[] alone, string[] lines, int processes)
    {
        Assert.NotEmpty(alone);

        for (int rank = 0; rank < processes; rank++)
        {
            string start = $"rank {rank} ";

            Assert.Equal(
                alone.Select(static line => line["rank 0 ".Length..]),
                lines.Where(line => line.StartsWith(start, StringComparison.Ordinal)).Select(line => line[start.Length..]));
        }
    }
}
