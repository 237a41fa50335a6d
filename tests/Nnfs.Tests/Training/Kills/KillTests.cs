using System.Diagnostics;

namespace Nnfs.Tests.Training.Kills;

[Collection(ChildProcess.Collection)]
public class KillTests
{
    private const string HalfWritten = "run.safetensors.*.tmp";

    /// <summary>The kills in the middle of writing; a half-written file beside the checkpoint tells that it was one.</summary>
    private const int Kills = 50;

    [Fact]
    public void Training_that_is_killed_while_it_writes_resumes_to_the_bits_of_one_that_never_was()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nnfs-kills-");

        try
        {
            string checkpoint = Path.Combine(folder.FullName, "run.safetensors");
            Random random = new(5);
            int kills = 0;

            long started = Stopwatch.GetTimestamp();

            // Some come too late, when the file is whole: then the next tries again, from that checkpoint.
            while (kills < Kills)
            {
                Assert.True(Stopwatch.GetElapsedTime(started) < ChildProcess.Hang, $"Only {kills} of {Kills} kills came while a checkpoint was written.");
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

    /// <summary>
    /// Starts the training in a process of its own; kills it soon after it has begun to write its second checkpoint, so that each gets on by an
    /// epoch.
    /// </summary>
    private static void KillWhileWriting(string checkpoint, DirectoryInfo folder, TimeSpan delay)
    {
        using Process process = ChildProcess.Start([(KilledTraining.PathVariable, checkpoint)]);

        try
        {
            Assert.Equal('.', process.StandardOutput.Read());

            long told = Stopwatch.GetTimestamp();

            while (!folder.EnumerateFiles(HalfWritten).Any())
            {
                Assert.False(process.HasExited);
                Assert.True(Stopwatch.GetElapsedTime(told) < ChildProcess.Hang, "No checkpoint was written.");
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
