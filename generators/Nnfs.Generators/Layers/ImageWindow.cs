using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.Layers;

/// <summary>A window that a layer moves over an image.</summary>
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
    /// <summary>A window of one pixel, for a layer that has a fault.</summary>
    public static readonly ImageWindow Unknown = new(1, 1, 1, 1, 1, 1, 1, IsSame: false);

    private const string StrideProperty = "Stride";
    private const string DilationProperty = "Dilation";
    private const string PaddingProperty = "Padding";

    /// <summary>The number of <c>Padding.Same</c>.</summary>
    private const int Same = 1;

    /// <summary>The rows of places at which it stops; 0 where it does not fit.</summary>
    public int OutputHeight => WindowSize.Places(Height, KernelHeight, Stride, Dilation, IsSame);

    /// <summary>The places of a row; 0 where it does not fit.</summary>
    public int OutputWidth => WindowSize.Places(Width, KernelWidth, Stride, Dilation, IsSame);

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
            string padding = IsSame ? ", isPadded: true" : "";
            string image = $"height: {Height}, width: {Width}, channels: {Channels}";

            return $"new({image}, kernelHeight: {KernelHeight}, kernelWidth: {KernelWidth}{stride}{dilation}{padding})";
        }
    }

    /// <summary>What it takes, in comments.</summary>
    public string Title =>
        $"windows of {KernelHeight} × {KernelWidth} pixels{(Stride == KernelHeight && Stride == KernelWidth ? "" : $" with stride {Stride}")}";

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
        int? kernelHeight = layer.AtLeastOne(heightParameter);
        int? kernelWidth = widthParameter == heightParameter ? kernelHeight : layer.AtLeastOne(widthParameter);
        int? stated = layer.AtLeastOne(StrideProperty, missing: stride ?? kernelHeight ?? 1);
        int? dilation = layer.AtLeastOne(DilationProperty, missing: 1);

        if (!IsImage(layer) || kernelHeight is null || kernelWidth is null || stated is null || dilation is null)
        {
            layer.GivenShape = null;

            return null;
        }

        EquatableArray<int> sizes = layer.Shape.Sizes;
        bool isSame = layer.Choice(PaddingProperty) == Same;
        ImageWindow window = new(sizes[0], sizes[1], sizes[2], kernelHeight.Value, kernelWidth.Value, stated.Value, dilation.Value, isSame);

        if (window.Fits())
        {
            return window;
        }

        // The side that is too long, where the arguments state both.
        bool isHeight = window.ExceedsHeight();
        layer.GivenShape = null;
        layer.Report(
            DiagnosticDescriptors.WindowTooLarge,
            layer.ArgumentLocation(isHeight ? heightParameter : widthParameter),
            layer.LocationOf(layer.Values[0].Attribute),
            window.Misfit,
            layer.Name,
            $"{window.Height} × {window.Width}",
            layer.Values[0].Description,
            isSame ? "" : ", or Padding = Padding.Same");

        return null;
    }

    /// <summary>Whether an image arrives: a sample of height × width × channels. What is known to be none is reported.</summary>
    public static bool IsImage(LayerReading layer)
    {
        if (layer.Values[0].Shape is not { Rank: not 3 } other)
        {
            return layer.Values[0].Shape is not null;
        }

        layer.ReportShape(other, "images of height × width × channels", "[Reshape(height, width, channels)]");

        return false;
    }

    /// <summary>What it is called where it does not fit.</summary>
    private string Misfit
    {
        get
        {
            string span = $"{WindowSize.Span(KernelHeight, Dilation)} × {WindowSize.Span(KernelWidth, Dilation)}";

            return Dilation == 1 ? $"{span} window" : $"{KernelHeight} × {KernelWidth} window with dilation {Dilation}, {span} pixels,";
        }
    }

    private bool Fits() => !ExceedsHeight() && !Exceeds(Width, KernelWidth);

    private bool ExceedsHeight() => Exceeds(Height, KernelHeight);

    /// <summary>Whether the window is longer than a dimension, or with zeros around that longer than any array.</summary>
    private bool Exceeds(int size, int kernel) => WindowSize.Span(kernel, Dilation) > (IsSame ? KernelLimits.MostFloats : size);
}
