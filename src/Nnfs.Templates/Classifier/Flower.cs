using Nnfs;

namespace NnfsClassifier;

/// <summary>A flower, measured in centimetres. The CSV file has a column for each value.</summary>
/// <param name="SepalLength">The length of its sepals.</param>
/// <param name="SepalWidth">The width of its sepals.</param>
/// <param name="PetalLength">The length of its petals.</param>
/// <param name="PetalWidth">The width of its petals.</param>
/// <param name="Species">What it is; null where that is to be found out.</param>
[Sample]
public partial record Flower(
    [Feature] float SepalLength,
    [Feature] float SepalWidth,
    [Feature] float PetalLength,
    [Feature] float PetalWidth,
    [Label] Species? Species = null);
