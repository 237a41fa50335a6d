using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.Layers;

/// <summary>A convolution of each channel of images, or of sequences, by itself, together with the activation directly after it.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="StoredAs">What the names of its tensors begin with in files.</param>
/// <param name="Image">The window that it moves over the image.</param>
/// <param name="HasBiases">Whether a bias is added to each channel.</param>
/// <param name="Activation">The activation fused into it.</param>
/// <param name="Settings">How its weights and biases begin, and what they add to the loss.</param>
internal record DepthwiseConv2D(
    string Name,
    string FieldName,
    EquatableArray<int> Sources,
    string StoredAs,
    ImageWindow Image,
    bool HasBiases,
    FusedActivation? Activation,
    WeightSettings Settings) : Convolution(
        Name, FieldName, Sources, StoredAs, Image, Image.Inputs, Image.Channels * Image.Places, HasBiases, Activation, Settings)
{
    public static Layer Kind => new(nameof(DepthwiseConv2D), static layer => Read(layer, ReadWindow)) { TakesActivation = true };

    public override long ProductFlops => 2L * Rows * Outputs;

    public override string ParametersType => "DepthwiseParameters";

    public override string StageType => "DepthwiseStage";

    protected override string Kernel => nameof(DepthwiseConv2D);

    protected override IReadOnlyList<int> Tap => [Image.Channels];

    protected override string WindowTitle => $"{base.WindowTitle}, each channel by itself";

    /// <summary>Threads share the channels, of which whole lines of the cache.</summary>
    protected override int GradientRows => Image.Channels;

    protected override int GradientUnit => KernelLimits.FloatsPerLine;

    protected override string DrawnAs => "Depthwise";

    /// <summary>A convolution as a layer states it.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="readWindow">Reads its window.</param>
    protected static DepthwiseConv2D Read(LayerReading layer, Func<LayerReading, ImageWindow?> readWindow)
    {
        ImageWindow? window = readWindow(layer);

        if (window is not null)
        {
            layer.Give(layer.Location, [.. window.OutputSizes, window.Channels]);
        }

        return new DepthwiseConv2D(
            layer.Name,
            layer.FieldName,
            layer.Sources,
            layer.StoredAs,
            window ?? ImageWindow.Unknown,
            UsesBiases(layer),
            FusedActivation.Of(layer),
            WeightSettings.Of(layer));
    }
}
