namespace Nnfs.Optimizers;

/// <summary>What an optimizer remembers of each block of parameters that it serves.</summary>
internal sealed class OptimizerMemories
{
    private readonly List<OptimizerMemory> _all = [];

    public OptimizerMemories() => Current = AddNew();

    /// <summary>That of the parameters which the last step changed.</summary>
    public OptimizerMemory Current { get; private set; }

    /// <summary>Makes the memory of some parameters the current one. Where their network has been served before, it allocates nothing.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="mayBeAnother">Whether they may be those of one more network.</param>
    /// <exception cref="ArgumentException">They are other parameters than before.</exception>
    public void Choose(ReadOnlySpan<float> parameters, bool mayBeAnother)
    {
        if (!Current.IsSurelyOf(parameters))
        {
            Find(parameters, mayBeAnother);
        }
    }

    private void Find(ReadOnlySpan<float> parameters, bool mayBeAnother)
    {
        // First the number of the newest block: one that is allocated meanwhile only makes the next step look again.
        long newest = BlockRegister.Newest;
        long block = BlockRegister.NumberOf(parameters);
        OptimizerMemory found = ServedBefore(block, parameters.Length) ?? Unbound() ?? (mayBeAnother ? AddNew() : Current);

        if (found.Length >= 0 && parameters.Length != found.Length)
        {
            throw new ArgumentException(
                $"Expected {found.Length} parameters, as at the first step, but there are {parameters.Length}.", nameof(parameters));
        }

        if (found.IsBound && found.Block != block)
        {
            throw new ArgumentException(
                "Expected the parameters of the steps before, whose gradients the optimizer remembers, but these are another network's: give each network " +
                "an optimizer of its own, call Step(network, workspace), which remembers each network by itself, or call Reset() first.",
                nameof(parameters));
        }

        found.Bind(parameters, block, newest);
        Current = found;
    }

    /// <summary>The memory of a block, or of an array of the user's own, which only its length tells from others.</summary>
    private OptimizerMemory? ServedBefore(long block, int length)
    {
        foreach (OptimizerMemory memory in _all)
        {
            if (memory.IsBound && memory.Block == block && (block != 0 || memory.Length == length))
            {
                return memory;
            }
        }

        return null;
    }

    private OptimizerMemory? Unbound()
    {
        foreach (OptimizerMemory memory in _all)
        {
            if (!memory.IsBound)
            {
                return memory;
            }
        }

        return null;
    }

    private OptimizerMemory AddNew()
    {
        OptimizerMemory memory = new();
        _all.Add(memory);

        return memory;
    }
}
