namespace Nnfs.Benchmarks;

/// <summary>What is followed from point to point: somebody at one kind of work.</summary>
/// <param name="Activity">What is done.</param>
/// <param name="Name">Who does it.</param>
/// <param name="Threads">The threads that share it.</param>
internal sealed record GrowthLine(Activity Activity, string Name, int Threads)
{
    public override string ToString() => Threads == 1 ? Name : $"{Name}, {Threads} threads";
}
