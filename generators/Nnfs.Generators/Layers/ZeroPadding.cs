using System.Collections.Immutable;
using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.Layers;

/// <summary>Zeros around an image, or before and after a sequence, which is an image of one row whose pixels are the steps.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="IsOfSequence">Whether it reads a sequence.</param>
/// <param name="Height">The rows of the image.</param>
/// <param name="Width">The pixels of a row.</param>
/// <param name="Channels">The values of a pixel.</param>
/// <param name="Top">The rows of zeros above it.</param>
/// <param name="Bottom">The rows of zeros below it.</param>
/// <param name="Left">The pixels of zeros before each row.</param>
/// <param name="Right">The pixels of zeros after it.</param>
internal sealed record ZeroPadding(
    string Name,
    string FieldName,
    EquatableArray<int> Sources,
    bool IsOfSequence,
    int Height,
    int Width,
    int Channels,
    int Top,
    int Bottom,
    int Left,
    int Right) : StageSpec(Name, FieldName, Sources, Height * Width * Channels, (Top + Height + Bottom) * (Left + Width + Right) * Channels)
{
    private const string OfImages = "ZeroPadding2D";
    private const string OfSequences = "ZeroPadding1D";

    public static ImmutableArray<Layer> All =>
    [
        new(OfImages, static layer => Read(layer, isOfSequence: false)),
        new(OfSequences, static layer => Read(layer, isOfSequence: true)),
    ];

    public override string StreamObstacle => "gives more steps than it takes";

    public override string ShapeText => $"{InputShape} → {Shape}";

    public override IEnumerable<string> Describe(string sources) =>
    [
        LayerFacts.Plain(
            Name,
            IsOfSequence ? OfSequences : OfImages,
            InputShape,
            Shape,
            sources,
            zerosBefore: IsOfSequence ? $"[{Left}]" : $"[{Top}, {Left}]"),
    ];

    public override string Comment(StageContext context)
    {
        string zeros = IsOfSequence
            ? $"steps of zeros, {Left} before the sequence and {Right} after it"
            : $"zeros around the image, {Top} above, {Bottom} below, {Left} to its left and {Right} to its right";

        return $"{Name}: {zeros}: {context.Rows(InputShape)} → {context.Rows(Shape)}.";
    }

    public override IEnumerable<Step> Forward(StageContext context) => [Call("Forward", ("x", Operand.Value()), ("y", Operand.Output))];

    public override IEnumerable<Step> Backward(StageContext context, int slot, bool isFirst) =>
    [
        new NoteStep($"{Name}: the gradient without that of the zeros."),
        Call("Backward", ("dy", Operand.OutputGradient), ("dx", Operand.ValueGradient())),
    ];

    private KernelStep Call(string direction, Argument read, Argument written) => KernelStep.Of(
        $"ZeroPadding.{direction}",
        read,
        ("height", Operand.Number((long)Height)),
        ("width", Operand.Number((long)Width)),
        ("channels", Operand.Number((long)Channels)),
        written,
        ("top", Operand.Number((long)Top)),
        ("bottom", Operand.Number((long)Bottom)),
        ("left", Operand.Number((long)Left)),
        ("right", Operand.Number((long)Right)),
        Operand.Samples);

    /// <summary>The layer, of one pixel without zeros where it has a fault.</summary>
    private static ZeroPadding Read(LayerReading layer, bool isOfSequence)
    {
        ZeroPadding padding = new(layer.Name, layer.FieldName, layer.Sources, isOfSequence, 1, 1, 1, 0, 0, 0, 0);
        int[]? zeros = layer.NotNegativeNumbers();
        Shape? shape = isOfSequence ? Sequences.Of(layer, "channels") : ImageWindow.IsImage(layer) ? layer.Shape : null;

        if (zeros is null || shape is null)
        {
            layer.GivenShape = null;

            return padding;
        }

        (int top, int bottom, int left, int right) = (isOfSequence, zeros.Length) switch
        {
            (true, 1) => (0, 0, zeros[0], zeros[0]),
            (true, _) => (0, 0, zeros[0], zeros[1]),
            (false, 1) => (zeros[0], zeros[0], zeros[0], zeros[0]),
            (false, 2) => (zeros[0], zeros[0], zeros[1], zeros[1]),
            (false, _) => (zeros[0], zeros[1], zeros[2], zeros[3]),
        };
        int height = isOfSequence ? 1 : shape.Sizes[0];
        int width = shape.Sizes[shape.Rank - 2];
        long row = (long)left + width + right;
        layer.Give(layer.Location, isOfSequence ? [row, shape.Last] : [(long)top + height + bottom, row, shape.Last]);

        return layer.GivenShape is null ? padding : padding with
        {
            Inputs = shape.Size,
            Outputs = layer.GivenShape.Size,
            Height = height,
            Width = width,
            Channels = shape.Last,
            Top = top,
            Bottom = bottom,
            Left = left,
            Right = right,
        };
    }
}
