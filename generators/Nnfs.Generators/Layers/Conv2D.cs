using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.Layers;

/// <summary>A convolution of images, or of sequences, together with the activation directly after it.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="StoredAs">What the names of its tensors begin with in files.</param>
/// <param name="Image">The window that it moves over the image.</param>
/// <param name="Filters">The channels that it gives.</param>
/// <param name="Groups">Into how many groups the channels and the filters are divided.</param>
/// <param name="HasBiases">Whether a bias is added to each filter.</param>
/// <param name="Activation">The activation fused into it.</param>
/// <param name="Settings">How its weights and biases begin, and what they add to the loss.</param>
internal record Conv2D(
    string Name,
    string FieldName,
    EquatableArray<int> Sources,
    string StoredAs,
    ImageWindow Image,
    int Filters,
    int Groups,
    bool HasBiases,
    FusedActivation? Activation,
    WeightSettings Settings) : Convolution(
        Name, FieldName, Sources, StoredAs, Image, Image.Inputs, Filters * Image.Places, HasBiases, Activation, Settings)
{
    public static Layer Kind => new(nameof(Conv2D), static layer => Read(layer, ReadWindow))
    {
        TakesActivation = true,
        SizeArgument = FiltersParameter,
    };

    private const string GroupsProperty = "Groups";

    public override bool WritesWholeVectors => IsOfStep;

    public override long ProductFlops => 2L * Rows * Outputs;

    public override long ThreadScratch => ConvolutionLayout.ScratchLength(
        Image.Height, Image.Width, Image.Channels, Image.KernelHeight, Image.KernelWidth, Image.Stride, Image.Dilation, Image.IsSame, Image.IsCausal, Filters);

    protected override string Kernel => nameof(Conv2D);

    protected override IReadOnlyList<int> Tap => [Image.Channels / Groups, Filters];

    protected override long TransposedLength => ConvolutionLayout.TransposedLength(Image.KernelHeight, Image.KernelWidth, Image.Channels, Filters, Groups);

    /// <summary>Where pixels are repeated for each filter, the weights of a row of the window belong together.</summary>
    protected override int GradientUnit =>
        Groups == 1 && Filters <= ConvolutionLayout.MostRepeats && Image.Channels <= ConvolutionLayout.MostRepeatedChannels
            ? Image.KernelWidth * Image.Channels
            : base.GradientUnit;

    protected override string WindowTitle => $"{base.WindowTitle}{(Groups == 1 ? "" : $" in {Groups} groups of channels")}";

    protected override IEnumerable<Argument> Settled =>
        [Operand.Window, ("filters", Operand.Number((long)Filters)), ("groups", Operand.Number((long)Groups))];

    /// <summary>A convolution as a layer states it.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="readWindow">Reads its window.</param>
    protected static Conv2D Read(LayerReading layer, Func<LayerReading, ImageWindow?> readWindow)
    {
        int? filters = FiltersOf(layer);
        ImageWindow? window = readWindow(layer);
        int? groups = layer.AtLeastOne(GroupsProperty, missing: 1);

        if (window is not null && groups is { } parts)
        {
            string? undivided = window.Channels % parts != 0 ? $"the {Wording.Count(window.Channels, "channel")} that {layer.Values[0].Description} gives"
                : filters is { } count && count % parts != 0 ? $"its {Wording.Count(count, "filter")}"
                : null;

            if (undivided is not null)
            {
                layer.Report(DiagnosticDescriptors.GroupsDoNotDivide, layer.ArgumentLocation(GroupsProperty), layer.Name, parts, undivided);
                groups = null;
            }
        }

        if (window is not null && groups is not null && filters is { } given)
        {
            layer.Give(layer.ArgumentLocation(FiltersParameter), [.. window.OutputSizes, given]);
        }
        else
        {
            layer.GivenShape = null;
        }

        return new Conv2D(
            layer.Name,
            layer.FieldName,
            layer.Sources,
            layer.StoredAs,
            window ?? ImageWindow.Unknown,
            filters ?? 1,
            window is null ? 1 : groups ?? 1,
            UsesBiases(layer),
            FusedActivation.Of(layer),
            WeightSettings.Of(layer));
    }
}
