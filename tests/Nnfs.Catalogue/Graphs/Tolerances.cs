namespace Nnfs.Catalogue.Graphs;

/// <summary>How closely a graph has to be computed.</summary>
/// <param name="Gradients">
/// The largest error of an element of a gradient, as a part of the largest element of the same tensor (<see cref="GraphBatch.TensorsOf"/> says where of a
/// larger one). An element is a sum whose terms are as large as the largest element, so its error is too, and an element near zero has no digits of its
/// own. Where the largest is zero, as before a softmax of one class, every element has to be zero exactly.
/// </param>
/// <param name="Outputs">The largest error of an output, as a part of the largest output.</param>
/// <param name="Loss">The largest error of a loss, as a part of it, or of 1 where it is less: it may be a difference of values of about 1.</param>
internal sealed record Tolerances(double Gradients, double Outputs, double Loss)
{
    /// <summary>For graphs of all kinds of layers.</summary>
    public static readonly Tolerances OfGraph = new(Gradients: 1e-5, Outputs: 1e-5, Loss: 1e-5);

    /// <summary>
    /// For chains of dense layers, ReLU and softmax: some 50 roundings (6e-8), which five layers of sums of up to 70 terms each may add up to. The worst of
    /// 5000 chains used less than half of it.
    /// </summary>
    public static readonly Tolerances OfChain = new(Gradients: 1e-5, Outputs: 3e-6, Loss: 1e-6);
}
