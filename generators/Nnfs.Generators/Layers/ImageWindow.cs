using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.Layers;

/// <summary>A window that a layer moves over an image, or over a sequence, which is an image of one row whose pixels are the steps.</summary>
/// <param name="Height">The rows of the image.</param>
/// <param name="Width">The pixels of a row.</param>
/// <param name="Channels">The values of a pixel.</param>
/// <param name="KernelHeight">The rows that the window takes.</param>
/// <param name="KernelWidth">The pixels that it takes of each.</param>
/// <param name="Stride">How far it moves from one place to the next.</param>
/// <param name="Dilation">The distance between the pixels that it takes.</param>
/// <param name="IsSame">Whether zeros around the image make room for a place at every <paramref name="Stride"/> pixels.</param>
internal sealed record ImageWindow(
    int Height, int Width, int Channels, int KernelHeight, int KernelWidth, int Stride, int Dilation, bool IsSame)
{
    /// <summary>What says how many steps or pixels of a row the window takes.</summary>
    public const string KernelParameter = "kernel";

    /// <summary>A window of one pixel, for a layer that has a fault.</summary>
    public static readonly ImageWindow Unknown = new(1, 1, 1, 1, 1, 1, 1, IsSame: false);

    private const string StrideProperty = "Stride";
    private const string DilationProperty = "Dilation";
    private const string PaddingProperty = "Padding";

    /// <summary>The number of <c>Padding.Same</c>.</summary>
    private const int Same = 1;

    /// <summary>The number of <c>Padding.Causal</c>.</summary>
    private const int Causal = 2;

    /// <summary>Whether zeros before the sequence alone make room for a place at every <see cref="Stride"/> steps.</summary>
    public bool IsCausal { get; init; }

    /// <summary>Whether it moves over a sequence.</summary>
    public bool IsOfSequence { get; init; }

    /// <summary>The rows of places at which it stops; 0 where it does not fit.</summary>
    public int OutputHeight => WindowSize.Places(Height, KernelHeight, Stride, Dilation, IsPadded);

    /// <summary>The places of a row; 0 where it does not fit.</summary>
    public int OutputWidth => WindowSize.Places(Width, KernelWidth, Stride, Dilation, IsPadded);

    /// <summary>The sizes of the window: of its rows and the pixels of each, or of its steps.</summary>
    public IReadOnlyList<int> KernelSizes => IsOfSequence ? [KernelWidth] : [KernelHeight, KernelWidth];

    /// <summary>The sizes of the places at which it stops.</summary>
    public IReadOnlyList<int> OutputSizes => IsOfSequence ? [OutputWidth] : [OutputHeight, OutputWidth];

    /// <summary>The values of the image.</summary>
    public int Inputs => Height * Width * Channels;

    /// <summary>The places at which it stops.</summary>
    public int Places => OutputHeight * OutputWidth;

    /// <summary>The pixels that it takes at a place.</summary>
    public int Taps => KernelHeight * KernelWidth;

    /// <summary>The expression that makes it.</summary>
    public string Constructor
    {
        get
        {
            string stride = Stride == 1 ? "" : $", stride: {Stride}";
            string dilation = Dilation == 1 ? "" : $", dilation: {Dilation}";
            string padding = IsCausal ? ", isCausal: true" : IsSame ? ", isPadded: true" : "";
            string image = $"height: {Height}, width: {Width}, channels: {Channels}";

            return $"new({image}, kernelHeight: {KernelHeight}, kernelWidth: {KernelWidth}{stride}{dilation}{padding})";
        }
    }

    /// <summary>What it takes at each place, in comments.</summary>
    public string Title => !IsOfSequence ? $"windows of {KernelHeight} × {KernelWidth} pixels"
        : $"{(IsCausal ? "causal " : "")}windows of {Wording.Count(KernelWidth, "step")}{(Dilation == 1 ? "" : $", {Dilation} apart")}";

    /// <summary>The same, with how far it moves unless the places are side by side.</summary>
    public string TitleWithStride =>
        $"{Title}{(Stride == KernelWidth && (IsOfSequence || Stride == KernelHeight) ? "" : $" with stride {Stride}")}";

    /// <summary>The window that is all steps or pixels of a sample.</summary>
    public static ImageWindow Whole(Shape shape)
    {
        int width = shape.Rank == 2 ? 1 : shape.Sizes[shape.Rank - 2];
        int height = shape.Positions / width;

        return new ImageWindow(height, width, shape.Last, height, width, Stride: 1, Dilation: 1, IsSame: false);
    }

    /// <summary>The window that a layer states, over the image that it reads.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="heightParameter">The parameter that takes the rows of the window.</param>
    /// <param name="widthParameter">The parameter that takes the pixels of a row; the same for a square.</param>
    /// <param name="stride">The stride where the layer states none; the rows of the window unless given.</param>
    /// <returns>
    /// The window; <see langword="null"/> where a setting is impossible or missing, no image arrives or the window does not fit. That is reported, and
    /// nobody knows what the layer gives.
    /// </returns>
    public static ImageWindow? Read(LayerReading layer, string heightParameter, string widthParameter, int? stride = null)
    {
        ImageWindow? settings = SettingsOf(layer, heightParameter, widthParameter, stride);

        if (!IsImage(layer) || settings is null)
        {
            layer.GivenShape = null;

            return null;
        }

        EquatableArray<int> sizes = layer.Shape.Sizes;
        ImageWindow window = settings with { Height = sizes[0], Width = sizes[1], Channels = sizes[2] };

        return window.IfItFits(layer, heightParameter, widthParameter);
    }

    /// <summary>The window that a layer states, over the sequence that it reads.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="parameter">The parameter that takes the steps of the window.</param>
    /// <param name="stride">The stride where the layer states none; the steps of the window unless given.</param>
    /// <param name="takesCausal">Whether the zeros may all be before the sequence.</param>
    /// <returns>The window; <see langword="null"/> as for <see cref="Read"/>.</returns>
    public static ImageWindow? ReadSequence(LayerReading layer, string parameter, int? stride = null, bool takesCausal = false)
    {
        ImageWindow? settings = SettingsOf(layer, parameter, parameter, stride, takesCausal);

        if (Sequences.Of(layer, "channels") is not { Sizes: var sizes } || settings is null)
        {
            layer.GivenShape = null;

            return null;
        }

        ImageWindow window = settings with { Width = sizes[0], Channels = sizes[1], KernelHeight = 1, IsOfSequence = true };

        return window.IfItFits(layer, parameter, parameter);
    }

    /// <summary>
    /// The window that a layer states over the image that it gives, with a place for each pixel of the image that it reads. The layer gives that image.
    /// </summary>
    /// <param name="layer">The layer.</param>
    /// <param name="heightParameter">The parameter that takes the rows of the window.</param>
    /// <param name="widthParameter">The parameter that takes the pixels of a row; the same for a square.</param>
    /// <param name="filtersParameter">The parameter that takes the channels of the image.</param>
    /// <param name="filters">Those; <see langword="null"/> where they are impossible or missing.</param>
    /// <returns>The window; <see langword="null"/> as for <see cref="Read"/>, or where no array could hold the image.</returns>
    public static ImageWindow? ReadTransposed(
        LayerReading layer, string heightParameter, string widthParameter, string filtersParameter, int? filters)
    {
        ImageWindow? settings = SettingsOf(layer, heightParameter, widthParameter, stride: 1);

        if (!IsImage(layer) || settings is null || filters is not { } channels)
        {
            layer.GivenShape = null;

            return null;
        }

        EquatableArray<int> sizes = layer.Shape.Sizes;
        layer.Give(
            layer.ArgumentLocation(filtersParameter),
            settings.Reach(sizes[0], settings.KernelHeight),
            settings.Reach(sizes[1], settings.KernelWidth),
            channels);

        return layer.GivenShape is not { } given ? null
            : (settings with { Height = given.Sizes[0], Width = given.Sizes[1], Channels = channels }).IfItFits(layer, heightParameter, widthParameter);
    }

    /// <summary>Whether an image arrives: a sample of height × width × channels. What is known to be none is reported.</summary>
    public static bool IsImage(LayerReading layer)
    {
        if (layer.Values[0].Shape is not { Rank: not 3 } other)
        {
            return layer.Values[0].Shape is not null;
        }

        layer.ReportShape(other, "images of height × width × channels", "add [Reshape(height, width, channels)] before it");

        return false;
    }

    /// <summary>The settings of a window over an image not yet known; <see langword="null"/> where one is impossible or missing, which is reported.</summary>
    private static ImageWindow? SettingsOf(
        LayerReading layer, string heightParameter, string widthParameter, int? stride, bool takesCausal = false)
    {
        int padding = layer.Choice(PaddingProperty);

        if (padding == Causal && !takesCausal)
        {
            layer.Report(DiagnosticDescriptors.CausalPaddingNotTaken, layer.ArgumentLocation(PaddingProperty), layer.Name);
            padding = Same;
        }

        int? kernelHeight = layer.AtLeastOne(heightParameter);
        int? kernelWidth = widthParameter == heightParameter ? kernelHeight : layer.AtLeastOne(widthParameter);
        int? stated = layer.AtLeastOne(StrideProperty, missing: stride ?? kernelHeight ?? 1);
        int? dilation = layer.AtLeastOne(DilationProperty, missing: 1);

        return kernelHeight is null || kernelWidth is null || stated is null || dilation is null ? null
            : new(1, 1, 1, kernelHeight.Value, kernelWidth.Value, stated.Value, dilation.Value, padding == Same) { IsCausal = padding == Causal };
    }

    /// <summary>The window where it fits into its image; <see langword="null"/> where it does not, which is reported.</summary>
    private ImageWindow? IfItFits(LayerReading layer, string heightParameter, string widthParameter)
    {
        if (Fits())
        {
            return this;
        }

        // The side that is too long, where the arguments state both.
        layer.GivenShape = null;
        layer.Report(
            DiagnosticDescriptors.WindowTooLarge,
            layer.ArgumentLocation(ExceedsHeight() ? heightParameter : widthParameter),
            layer.LocationOf(layer.Values[0].Attribute),
            Misfit,
            layer.Name,
            IsOfSequence ? Wording.Count(layer.Shape.Sizes[0], "step") : $"{layer.Shape.Sizes[0]} × {layer.Shape.Sizes[1]} pixels",
            layer.Values[0].Description,
            IsPadded ? "" : ", or Padding = Padding.Same");

        return null;
    }

    /// <summary>What it is called where it does not fit.</summary>
    private string Misfit
    {
        get
        {
            long steps = WindowSize.Span(KernelWidth, Dilation);

            if (IsOfSequence)
            {
                return Dilation == 1 ? $"{steps}-step window" : $"{KernelWidth}-step window with dilation {Dilation}, {steps} steps,";
            }

            string span = $"{WindowSize.Span(KernelHeight, Dilation)} × {steps}";

            return Dilation == 1 ? $"{span} window" : $"{KernelHeight} × {KernelWidth} window with dilation {Dilation}, {span} pixels,";
        }
    }

    /// <summary>Whether there are zeros around the image, or before the sequence.</summary>
    private bool IsPadded => IsSame || IsCausal;

    private bool Fits() =>
        !ExceedsHeight() && !Exceeds(Width, KernelWidth)
        && Padded(Height, KernelHeight) <= KernelLimits.MostFloats / Channels / Padded(Width, KernelWidth);

    /// <summary>A dimension with the zeros around it.</summary>
    private long Padded(int size, int kernel)
    {
        (int before, int after) = WindowSize.Padding(size, kernel, Stride, Dilation, IsSame, IsCausal);

        return (long)before + size + after;
    }

    private bool ExceedsHeight() => Exceeds(Height, KernelHeight);

    /// <summary>Whether the window is longer than a dimension, or with zeros around that longer than any array.</summary>
    private bool Exceeds(int size, int kernel) => WindowSize.Span(kernel, Dilation) > (IsPadded ? KernelLimits.MostFloats : size);

    /// <summary>How far a dimension reaches over which the window makes so many places: what it spans, or with padding a stride for each.</summary>
    private long Reach(int places, int kernel) => IsSame ? (long)places * Stride : ((places - 1L) * Stride) + WindowSize.Span(kernel, Dilation);
}
