using System.Numerics;

namespace Nnfs.Tests.Training.Groups;

/// <summary>A group whose processes are threads of this one, so that tests see what each of them throws.</summary>
internal sealed class ThreadGroup : ITrainingGroup
{
    private readonly Meeting _meeting;

    private ThreadGroup(Meeting meeting, int rank, int shards)
    {
        _meeting = meeting;
        Rank = rank;
        Shards = shards;
    }

    public int Rank { get; }

    public int Size => _meeting.Barrier.ParticipantCount;

    public int Shards { get; }

    /// <summary>Whether a training in this process has told that an exception ended it.</summary>
    public bool HasLeft { get; private set; }

    /// <summary>Runs what each process does, and returns what each threw.</summary>
    /// <param name="size">The number of processes.</param>
    /// <param name="process">What a process does.</param>
    /// <param name="shards">The number of shards; 0 for as many as there are processes.</param>
    /// <returns>What each process threw; <see langword="null"/> where it ended well.</returns>
    public static Exception?[] Run(int size, Action<ThreadGroup> process, int shards = 0)
    {
        Exception?[] thrown = new Exception?[size];
        using Barrier barrier = new(size);
        using CancellationTokenSource left = new();
        Meeting meeting = new(barrier, new object[size], left.Token);
        Thread[] threads = [.. Enumerable.Range(0, size).Select(rank => new Thread(() =>
        {
            try
            {
                process(new ThreadGroup(meeting, rank, shards == 0 ? size : shards));
            }
            catch (Exception exception)
            {
                thrown[rank] = exception;
            }
            finally
            {
                // Whoever waits for this process waits in vain.
                left.Cancel();
            }
        }))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());

        return thrown;
    }

    public void Sum(Span<float> values) => Add(values);

    public void Sum(Span<double> values) => Add(values);

    public void Broadcast(Span<byte> bytes) => Exchange(bytes)[0].CopyTo(bytes);

    public void Leave() => HasLeft = true;

    private void Add<T>(Span<T> values)
        where T : IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>
    {
        T[] all = [.. Exchange(values).SelectMany(static one => one)];
        ShardSum.Add<T>(all, Size);
        all.AsSpan(0, values.Length).CopyTo(values);
    }

    /// <summary>What each process has, for all.</summary>
    private T[][] Exchange<T>(Span<T> values)
    {
        _meeting.Places[Rank] = values.ToArray();
        _meeting.Barrier.SignalAndWait(_meeting.Left);
        T[][] all = [.. _meeting.Places.Select(static place => Assert.IsType<T[]>(place))];
        _meeting.Barrier.SignalAndWait(_meeting.Left);

        int length = values.Length;
        Assert.All(all, one => Assert.Equal(length, one.Length));

        return all;
    }

    private sealed record Meeting(Barrier Barrier, object[] Places, CancellationToken Left);
}
