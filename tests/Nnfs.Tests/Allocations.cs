namespace Nnfs.Tests;

/// <summary>
/// Measures what the product allocates on the calling thread, and not what the runtime does on its own account: the first use of a class, a cache of the
/// runtime that grows, a method that is compiled anew. Such work is done once, so that it can't recur in round after round; what the product allocates does.
/// </summary>
internal static class Allocations
{
    /// <summary>The rounds after which bytes that recurred in each of them are the product's.</summary>
    private const int Rounds = 50;

    /// <summary>Asserts that some round allocates nothing.</summary>
    /// <param name="measure">Does a round of the same work, on objects of its own, and returns the bytes that were allocated in the part that counts.</param>
    public static void AssertNone(Func<long> measure) => Assert.Equal(0, Least(measure, enough: 0));

    /// <summary>Asserts that a step allocates nothing once it has been done.</summary>
    /// <param name="create">Makes new objects and returns the step that works on them.</param>
    /// <param name="steps">How many steps a round counts.</param>
    public static void AssertNoneAfterFirst(Func<Action> create, int steps = 100) => AssertNone(() =>
    {
        Action step = create();
        step();

        return Of(() =>
        {
            for (int i = 0; i < steps; i++)
            {
                step();
            }
        });
    });

    /// <summary>The least bytes that a round allocates. It stops at the first round that takes no more than is allowed.</summary>
    public static long Least(Func<long> measure, long enough)
    {
        long least = long.MaxValue;

        for (int round = 0; round < Rounds && least > enough; round++)
        {
            least = Math.Min(least, measure());
        }

        return least;
    }

    /// <summary>The bytes that one call allocates on this thread, the runtime's own included.</summary>
    public static long Of(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
