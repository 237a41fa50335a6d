namespace Nnfs.Benchmarks;

/// <summary>An action that is done again and again.</summary>
internal class Repeated(string name, Action action) : Measured(name)
{
    public override void Run(int operations)
    {
        for (int operation = 0; operation < operations; operation++)
        {
            action();
        }
    }
}
