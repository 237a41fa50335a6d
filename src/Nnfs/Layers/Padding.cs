namespace Nnfs;

/// <summary>What a layer does at the edges of its input, over which a window moves.</summary>
public enum Padding
{
    /// <summary>
    /// The window stays within the input: of n values it gives <c>⌊(n − span) / stride⌋ + 1</c>, where it spans <c>(kernel − 1) · dilation + 1</c>.
    /// </summary>
    Valid = 0,

    /// <summary>
    /// Zeros around the input make room for <c>⌈n / stride⌉</c> places of the window. Where they cannot be as many on both sides, there is one more at the end.
    /// </summary>
    Same = 1,

    /// <summary>
    /// Zeros only before the first step, <c>(kernel − 1) · dilation</c> of them, so that what comes out at a step depends on none that comes after it: of n
    /// steps it gives <c>⌈n / stride⌉</c>. It is for convolutions of sequences.
    /// </summary>
    Causal = 2,
}
