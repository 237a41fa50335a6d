using System.Diagnostics;

namespace Nnfs.Tests.Training.Kills;

public class KillTests
{
    private const string HalfWritten = "run.safetensors.*.tmp";

    /// <summary>The kills in the middle of writing; a half-written file beside the checkpoint tells that it was one.</summary>
    private const int Kills = 50;
    private const int MostAttempts = 500;

    /// <summary>A child that writes nothing fails the test rather than stopping it.</summary>
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(1);

    [Fact]
    public void Training_that_is_killed_while_it_writes_resumes_to_the_bits_of_one_that_never_was()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nnfs-kills-");

        try
        {
            string checkpoint = Path.Combine(folder.FullName, "run.safetensors");
            Random random = new(5);
            int kills = 0;

            for (int attempt = 0; kills < Kills; attempt++)
            {
                Assert.InRange(attempt, 0, MostAttempts);
                KillWhileWriting(checkpoint, folder, TimeSpan.FromMilliseconds(2 * random.NextDouble()));

                foreach (FileInfo half in folder.GetFiles(HalfWritten))
                {
                    half.Delete();
                    kills++;
                }
            }

            EpochReport last = default;
            WideNetwork resumed = KilledTraining.Run(checkpoint, int.MaxValue, report =>
            {
                last = report;

                return false;
            });
            WideNetwork expected = KilledTraining.Run(checkpoint: null, last.Epoch, static _ => true);

            Assert.InRange(last.Epoch, Kills, int.MaxValue);
            Numbers.AssertSameBits(expected.Parameters, resumed.Parameters, "parameters");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Starts the training in a process of its own; kills it soon after it has begun to write its second checkpoint, so that each gets on by an epoch.</summary>
    private static void KillWhileWriting(string checkpoint, DirectoryInfo folder, TimeSpan delay)
    {
        string host = Environment.ProcessPath ?? throw new InvalidOperationException("The test process has no path.");
        ProcessStartInfo start = new(host) { RedirectStandardOutput = true };
        start.Environment[KilledTraining.PathVariable] = checkpoint;

        if (Path.GetFileNameWithoutExtension(host) == "dotnet")
        {
            start.ArgumentList.Add(typeof(KillTests).Assembly.Location);
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"'{host}' did not start.");

        try
        {
            Assert.Equal('.', process.StandardOutput.Read());

            long told = Stopwatch.GetTimestamp();

            while (!folder.EnumerateFiles(HalfWritten).Any())
            {
                Assert.False(process.HasExited);
                Assert.True(Stopwatch.GetElapsedTime(told) < s_longestWait, "No checkpoint was written.");
            }

            long seen = Stopwatch.GetTimestamp();

            while (Stopwatch.GetElapsedTime(seen) < delay)
            {
                Thread.SpinWait(100);
            }
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }
}
