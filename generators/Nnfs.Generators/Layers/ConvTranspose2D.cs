using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.Layers;

/// <summary>A transposed convolution of images, together with the activation directly after it.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="StoredAs">What the names of its tensors begin with in files.</param>
/// <param name="Image">The window that it moves over the image that it gives.</param>
/// <param name="Channels">The channels that it takes.</param>
/// <param name="HasBiases">Whether a bias is added to each filter.</param>
/// <param name="Activation">The activation fused into it.</param>
/// <param name="Settings">How its weights and biases begin, and what they add to the loss.</param>
internal sealed record ConvTranspose2D(
    string Name,
    string FieldName,
    EquatableArray<int> Sources,
    string StoredAs,
    ImageWindow Image,
    int Channels,
    bool HasBiases,
    FusedActivation? Activation,
    WeightSettings Settings) : Convolution(
        Name, FieldName, Sources, StoredAs, Image, Channels * Image.Places, Image.Inputs, HasBiases, Activation, Settings)
{
    public static Layer Kind => new(nameof(ConvTranspose2D), Read)
    {
        TakesActivation = true,
        SizeArgument = FiltersParameter,
    };

    public override long ProductFlops => 2L * Rows * Image.Channels * Image.Places;

    protected override string Kernel => nameof(ConvTranspose2D);

    protected override IReadOnlyList<int> Tap => [Channels, Image.Channels];

    protected override long TransposedLength =>
        Math.Min(KernelLimits.MostFloats, Image.Taps * (long)Image.Channels) * MatrixLayout.RowStride(Channels);

    protected override string WindowTitle => $"{base.WindowTitle}, one that each pixel is added to";

    protected override string InputGradients => "each pixel's gradient the sum over the window that it was added to";

    protected override IEnumerable<Argument> Settled => [Operand.Window, ("channels", Operand.Number((long)Channels))];

    private static ConvTranspose2D Read(LayerReading layer)
    {
        int? filters = FiltersOf(layer);
        (string height, string width) = KernelParameters(layer);
        ImageWindow? window = ImageWindow.ReadTransposed(layer, height, width, FiltersParameter, filters);

        return new ConvTranspose2D(
            layer.Name,
            layer.FieldName,
            layer.Sources,
            layer.StoredAs,
            window ?? ImageWindow.Unknown,
            window is null ? 1 : layer.Shape.Last,
            UsesBiases(layer),
            FusedActivation.Of(layer),
            WeightSettings.Of(layer));
    }
}
