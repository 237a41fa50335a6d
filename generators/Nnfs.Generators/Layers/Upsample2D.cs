using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.Layers;

/// <summary>Each pixel several times, along both dimensions.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="Image">The window over the image that it gives, which takes the copies of one pixel.</param>
internal sealed record Upsample2D(string Name, string FieldName, EquatableArray<int> Sources, ImageWindow Image)
    : StageSpec(Name, FieldName, Sources, Image.Places * Image.Channels, Image.Inputs)
{
    public static Layer Kind => new(nameof(Upsample2D), static layer =>
        new Upsample2D(layer.Name, layer.FieldName, layer.Sources, Read(layer) ?? ImageWindow.Unknown));

    private const string FactorParameter = "factor";

    public override string Window => Image.Constructor;

    public override string ShapeText => $"{InputShape} → {Shape}";

    public override IEnumerable<string> Describe(string sources) =>
        [LayerFacts.Plain(Name, nameof(Upsample2D), InputShape, Shape, sources, window: WindowName)];

    public override string Comment(StageContext context) =>
        $"{Name}: each pixel {Image.KernelHeight} × {Image.KernelWidth} times: {context.Rows(InputShape)} → {context.Rows(Shape)}.";

    public override IEnumerable<Step> Forward(StageContext context) =>
        [KernelStep.Of("Upsample2D.Forward", Operand.Window, ("x", Operand.Value()), ("y", Operand.Output), Operand.Samples)];

    public override IEnumerable<Step> Backward(StageContext context, int slot, bool isFirst) =>
    [
        new NoteStep($"{Name}: the gradient of a pixel is the sum of those of its copies."),
        KernelStep.Of("Upsample2D.Backward", Operand.Window, ("dy", Operand.OutputGradient), ("dx", Operand.ValueGradient()), Operand.Samples),
    ];

    /// <summary>
    /// The window over the image that a layer gives; <see langword="null"/> where nobody knows that, or no array could hold it, which is reported.
    /// </summary>
    private static ImageWindow? Read(LayerReading layer)
    {
        int? factor = layer.AtLeastOne(FactorParameter);

        if (!ImageWindow.IsImage(layer) || factor is not { } times)
        {
            layer.GivenShape = null;

            return null;
        }

        EquatableArray<int> sizes = layer.Shape.Sizes;
        layer.Give(layer.ArgumentLocation(FactorParameter), (long)sizes[0] * times, (long)sizes[1] * times, sizes[2]);

        return layer.GivenShape is { Sizes: var given }
            ? new ImageWindow(given[0], given[1], given[2], times, times, Stride: times, Dilation: 1, IsSame: false)
            : null;
    }
}
