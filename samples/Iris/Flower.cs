using Nnfs;

namespace Iris;

/// <summary>A flower that was measured, in centimetres.</summary>
/// <param name="SepalLength">The length of its sepals.</param>
/// <param name="SepalWidth">The width of its sepals.</param>
/// <param name="PetalLength">The length of its petals.</param>
/// <param name="PetalWidth">The width of its petals.</param>
/// <param name="Kind">What it is; not known of a new flower.</param>
[Sample]
internal sealed partial record Flower(
    [Feature] float SepalLength,
    [Feature] float SepalWidth,
    [Feature] float PetalLength,
    [Feature] float PetalWidth,
    [Label] Kind? Kind);

/// <summary>The kinds of iris, which files write as "Iris setosa" or "Iris-setosa".</summary>
internal enum Kind
{
    /// <summary>Bristle-pointed iris.</summary>
    IrisSetosa,

    /// <summary>Blue flag.</summary>
    IrisVersicolor,

    /// <summary>Southern blue flag.</summary>
    IrisVirginica,
}
