namespace Nnfs.Benchmarks;

/// <summary>
/// Times contestants in turn, round after round, so that whatever slows the machine down for a while hits all of them. Within a
/// round each works for short slices until two agree, and the quickest counts: the others were disturbed.
/// </summary>
internal static class Rounds
{
    private const int UsualRounds = 11;
    private const int FewestSlices = 4;
    private const int MostSlices = 12;

    /// <summary>How close the second quickest slice has to come to the quickest.</summary>
    private const double Agreement = 1.03;

    private const double SliceSeconds = 0.0025;

    /// <summary>What takes that long in a round is not repeated in it.</summary>
    private const double LongSeconds = 0.1;

    private const int WarmUps = 4;
    private const double WarmUpSeconds = 0.012;

    /// <summary>The just-in-time compiler puts off its optimised code for 100 ms after the last new method.</summary>
    private static readonly TimeSpan s_compilerPause = TimeSpan.FromMilliseconds(130);

    /// <summary>The seconds of one operation: for each contestant an array with one number for each round.</summary>
    public static double[][] Time(IReadOnlyList<Measured> contestants, int rounds = UsualRounds)
    {
        int[] operations = WarmUp(contestants);
        double[][] seconds = [.. contestants.Select(_ => new double[rounds])];

        for (int round = 0; round < rounds; round++)
        {
            for (int turn = 0; turn < contestants.Count; turn++)
            {
                // Another one begins each round, so that nobody always follows the same.
                int index = (round + turn) % contestants.Count;
                seconds[index][round] = Quickest(contestants[index], operations[index]);
            }
        }

        return seconds;
    }

    /// <summary>Brings everybody to steady state, and returns how many operations of each fill a slice.</summary>
    private static int[] WarmUp(IReadOnlyList<Measured> contestants)
    {
        int[] operations = [.. contestants.Select(static _ => 1)];

        for (int warmUp = 0; warmUp < WarmUps; warmUp++)
        {
            for (int index = 0; index < contestants.Count; index++)
            {
                double seconds = contestants[index].Time(operations[index]);

                while (seconds < WarmUpSeconds)
                {
                    operations[index] = (int)Math.Min(operations[index] * 4L, 1 << 24);
                    seconds = contestants[index].Time(operations[index]);
                }

                operations[index] = Math.Max(1, (int)(operations[index] * SliceSeconds / seconds));
            }

            Thread.Sleep(s_compilerPause);
        }

        return operations;
    }

    /// <summary>The seconds of one operation in the quickest slice, when a second slice has confirmed it.</summary>
    private static double Quickest(Measured contestant, int operations)
    {
        double quickest = double.PositiveInfinity;
        double second = double.PositiveInfinity;
        double all = 0;

        for (int slice = 0; slice < MostSlices && all < LongSeconds && (slice < FewestSlices || second > quickest * Agreement); slice++)
        {
            // Who has just slept may work for a few milliseconds before others get the core.
            Thread.Sleep(1);
            double seconds = contestant.Time(operations);
            all += seconds;
            (quickest, second) = seconds < quickest ? (seconds, quickest) : (quickest, Math.Min(second, seconds));
        }

        return quickest / operations;
    }
}
