using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Nnfs.Tests.Threading;

public class TeamTests
{
    private const long MuchWork = 1_000_000_000;

    public static TheoryData<int, int> Sizes
    {
        get
        {
            TheoryData<int, int> sizes = [];

            foreach (int threads in (int[])[1, 2, 3, 8])
            {
                foreach (int count in (int[])[1, 2, 5, 6, 7, 64, 100, 1000])
                {
                    sizes.Add(threads, count);
                }
            }

            return sizes;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Run_takes_every_item_once_and_hands_over_the_inputs(int threads, int count)
    {
        Team<Counts, float[]> team = new(threads);
        float[] inputs = [1, 2, 3];

        for (int pass = 0; pass < 50; pass++)
        {
            Counts counts = new(count);

            team.Run(counts, inputs, inputs, count, MuchWork, static (counts, expected, inputs, start, length) =>
            {
                Assert.Equal(expected, inputs);
                counts.Add(start, length);
            });

            counts.AssertAllAreOne();
        }

        Assert.Equal(threads, team.Threads);
    }

    [Fact]
    public void Run_of_no_items_does_no_part_of_the_work()
    {
        Team<Counts, float[]> team = new(4);
        Counts counts = new(0);

        team.Run(counts, [], [], 0, MuchWork, static (counts, _, _, start, length) => counts.Add(start, length));

        counts.AssertAllAreOne();
    }

    [Fact]
    public void Run_of_little_work_stays_on_the_calling_thread_in_one_part()
    {
        Team<List<(int Thread, int Start, int Count)>, float[]> team = new(4);
        List<(int Thread, int Start, int Count)> calls = [];

        team.Run(calls, [], [], 100, flops: 10, static (calls, _, _, start, count) => calls.Add((Environment.CurrentManagedThreadId, start, count)));

        Assert.Equal([(Environment.CurrentManagedThreadId, 0, 100)], calls);
    }

    [Theory]
    [InlineData(1, 16, 1)]
    [InlineData(16, 16, 1)]
    [InlineData(17, 16, 2)]
    [InlineData(64, 16, 2)]
    [InlineData(1000, 64, 3)]
    [InlineData(1000, int.MaxValue, 1)]
    public void Run_divides_items_between_units(int count, int unit, int parts)
    {
        Team<ConcurrentBag<(int Start, int Count)>, float[]> team = new(3);
        ConcurrentBag<(int Start, int Count)> calls = [];

        team.Run(calls, [], [], count, unit, MuchWork, static (calls, _, _, start, length) => calls.Add((start, length)));

        Assert.Equal(parts, calls.Count);
        Assert.All(calls, call => Assert.Equal(0, call.Start % unit));
        Assert.Equal(count, calls.Sum(static call => call.Count));
    }

    [Fact]
    public void Run_in_units_of_nothing_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(
            "unit", () => new Team<Counts, float[]>(2).Run(new(1), [], [], 1, 0, MuchWork, static (_, _, _, _, _) => { }));

    [Fact]
    public void Run_throws_what_a_part_throws_once_all_threads_have_stopped_and_can_run_again()
    {
        Team<Counts, float[]> team = new(3);
        Counts counts = new(60);

        Assert.Throws<InvalidTimeZoneException>(() =>
            team.Run(counts, [], [], 60, MuchWork, static (_, _, _, _, _) => throw new InvalidTimeZoneException()));

        team.Run(counts, [], [], 60, MuchWork, static (counts, _, _, start, length) => counts.Add(start, length));
        counts.AssertAllAreOne();
    }

    [Fact]
    public void Run_allocates_nothing_for_each_pass()
    {
        const int Passes = 1000;

        // The queue of the thread pool may grow by a segment. An object for each pass would be 24 bytes a thousand times.
        const long LessThanAnObjectEach = (Passes * 24) - 1;

        long least = Allocations.Least(
            static () =>
            {
                Team<Counts, float[]> team = new(2);
                Counts counts = new(60);
                Pass();

                return Allocations.Of(() =>
                {
                    for (int i = 0; i < Passes; i++)
                    {
                        Pass();
                    }
                });

                void Pass() => team.Run(counts, [], [], 60, MuchWork, static (counts, _, _, start, length) => counts.Add(start, length));
            },
            LessThanAnObjectEach);

        Assert.InRange(least, 0, LessThanAnObjectEach);
    }

    [Fact]
    public void Run_after_helpers_were_woken_takes_every_item_once()
    {
        // Each part alone is little work: only helpers that are awake share it, and whether they are yet nobody knows.
        const int LittleWork = 10_000;
        Team<Counts, float[]> team = new(3);

        for (int pass = 0; pass < 200; pass++)
        {
            Counts counts = new(100);
            team.Wake(count: 1, MuchWork);
            team.Run(counts, [], [], 100, LittleWork, static (counts, _, _, start, length) => counts.Add(start, length));
            counts.AssertAllAreOne();
        }
    }

    [Fact]
    public async Task Run_of_several_teams_at_once_takes_every_item_once()
    {
        // More threads than most machines have processors: helpers come late, or not at all.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(static _ => Task.Run(static () =>
        {
            Team<Counts, float[]> team = new(4);

            for (int pass = 0; pass < 200; pass++)
            {
                Counts counts = new(100);
                team.Run(counts, [], [], 100, MuchWork, static (counts, _, _, start, length) => counts.Add(start, length));
                counts.AssertAllAreOne();
            }
        })));
    }

    [Fact]
    public void Team_that_nobody_uses_any_longer_is_collected()
    {
        WeakReference team = UseOnce();

        // Its helper still watches for a moment. The hour only ends what hangs.
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                GC.Collect();

                return !team.IsAlive;
            },
            TimeSpan.FromHours(1)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Team_of_no_threads_is_refused(int threads) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(threads), () => new Team<object, object>(threads));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference UseOnce()
    {
        Team<Counts, float[]> team = new(2);
        team.Run(new Counts(60), [], [], 60, MuchWork, static (counts, _, _, start, length) => counts.Add(start, length));

        return new WeakReference(team);
    }

    private sealed class Counts(int length)
    {
        private readonly int[] _counts = new int[length];

        public void Add(int start, int count)
        {
            for (int i = start; i < start + count; i++)
            {
                Interlocked.Increment(ref _counts[i]);
            }
        }

        public void AssertAllAreOne() => Assert.All(_counts, static count => Assert.Equal(1, count));
    }
}
