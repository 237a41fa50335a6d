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
}
