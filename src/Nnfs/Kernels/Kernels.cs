using System.ComponentModel;

namespace Nnfs;

/// <summary>
/// The arithmetic under generated networks: one nested class per operation, its forward and backward passes side by side.
/// Generated code calls these; there is seldom a reason to call them by hand.
/// </summary>
/// <remarks>
/// Names are those of the mathematics: <c>x</c> inputs, <c>w</c> weights, <c>b</c> biases, <c>y</c> outputs, and <c>dx</c> … for
/// the gradient of the loss with respect to each. No method allocates. Spans that are written must not overlap those that are
/// read, unless the method says otherwise.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public static partial class Kernels;
