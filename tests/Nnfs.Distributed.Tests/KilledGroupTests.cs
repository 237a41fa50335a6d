using System.Diagnostics;
using System.Globalization;

namespace Nnfs.Distributed.Tests;

/// <summary>Trainings one process of which is killed.</summary>
public sealed class KilledGroupTests
{
    private const int Kills = 20;
    private const int Size = 2;

    /// <summary>A job that has not ended by then hangs, however busy the machine is.</summary>
    private static readonly TimeSpan s_hang = TimeSpan.FromMinutes(5);

    /// <summary>Every second process kills itself after a number of batches; the others are killed from outside at some moment of an epoch.</summary>
    [Fact]
    public async Task Trainings_that_are_killed_go_on_to_the_bits_of_one_that_never_was()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nnfs-killed-group-");

        try
        {
            string checkpoint = Path.Combine(folder.FullName, "run.safetensors");
            Random random = new(3);
            int epochs = 0;

            for (int kill = 0; kill < Kills; kill++)
            {
                int last = kill % 2 == 0
                    ? await KillAsync(checkpoint, rank: random.Next(Size), afterBatches: random.Next(1, 80), afterEpochs: int.MaxValue)
                    : await KillAsync(checkpoint, rank: random.Next(Size), afterBatches: -1, afterEpochs: random.Next(1, 6));
                epochs = Math.Max(epochs, last);
            }

            epochs += 3;
            string[] expected = await Processes.RunAloneAsync("killed", "alone", "4", "", Text(epochs), "-1", "-1");
            string[] resumed = await Processes.RunAsync(Size, "killed", "mpi", "4", checkpoint, Text(epochs), "-1", "-1");
            string result = Assert.Single(expected, static line => line.Contains("Completed", StringComparison.Ordinal));

            Assert.InRange(epochs, Kills / 2, int.MaxValue);
            Assert.Contains(result, resumed);
            Assert.Contains(result.Replace("rank 0", "rank 1", StringComparison.Ordinal), resumed);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Starts the training, which goes on for ever; returns the last epoch that it told of before it was killed.</summary>
    private static async Task<int> KillAsync(string checkpoint, int rank, int afterBatches, int afterEpochs)
    {
        ProcessStartInfo start = new(
            "mpirun",
            Processes.Arguments(
                Size, Processes.SharedMemory, ["killed", "mpi", "4", checkpoint, "1000000", afterBatches < 0 ? "-1" : Text(rank), Text(afterBatches)]))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process job = Process.Start(start)!;
        using CancellationTokenSource hang = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        hang.CancelAfter(s_hang);
        Task<string> errors = job.StandardError.ReadToEndAsync(hang.Token);
        int epoch = 0;
        int told = 0;
        int process = -1;

        try
        {
            while (await job.StandardOutput.ReadLineAsync(hang.Token) is { } line)
            {
                if (line.StartsWith($"rank {rank} pid ", StringComparison.Ordinal))
                {
                    process = int.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture);
                }
                else if (line.StartsWith("epoch ", StringComparison.Ordinal))
                {
                    epoch = int.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture);
                    told++;
                }

                if (told >= afterEpochs && process > 0)
                {
                    using Process killed = Process.GetProcessById(process);
                    killed.Kill();
                    process = -1;
                }
            }

            await job.WaitForExitAsync(hang.Token);
        }
        catch (OperationCanceledException)
        {
            job.Kill(entireProcessTree: true);

            throw;
        }

        string text = await errors;
        Assert.True(job.ExitCode != 0, text);
        Assert.Contains("signal 9 (Killed)", text, StringComparison.Ordinal);

        return epoch;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
