namespace Nnfs.Optimizers;

/// <summary>What an optimizer remembers of one block of parameters.</summary>
internal sealed class OptimizerMemory
{
    private nint _address;
    private long _checkedAt = -1;

    /// <summary>One block for each name of what is remembered, as long as the parameters are.</summary>
    public AlignedBlock[] Blocks { get; set; } = [];

    /// <summary>The number of parameters; −1 before the first step.</summary>
    public int Length { get; set; } = -1;

    /// <summary>The steps taken.</summary>
    public long Steps { get; set; }

    /// <summary>Whether it belongs to certain parameters, because a step has changed them.</summary>
    public bool IsBound { get; private set; }

    /// <summary>The number of the block that holds the parameters; 0 where they are in memory that may move.</summary>
    public long Block { get; private set; }

    /// <summary>Whether it is known at once to be that of these parameters: nothing was allocated since they were looked up.</summary>
    public bool IsSurelyOf(ReadOnlySpan<float> parameters) =>
        IsBound && parameters.Length == Length && BlockRegister.AddressOf(parameters) == _address && BlockRegister.Newest == _checkedAt;

    /// <summary>Notes whose parameters these are.</summary>
    public void Bind(ReadOnlySpan<float> parameters, long block, long checkedAt)
    {
        IsBound = true;
        Block = block;
        _address = BlockRegister.AddressOf(parameters);
        _checkedAt = checkedAt;
    }
}
