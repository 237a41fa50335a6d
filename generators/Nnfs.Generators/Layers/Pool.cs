using Nnfs.Generators.Models;

namespace Nnfs.Generators.Layers;

/// <summary>A pooling: one pixel of those in a window, channel by channel.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="FieldName">The stem of the fields that hold its outputs.</param>
/// <param name="Sources">What it reads.</param>
/// <param name="KindName">The runtime's name for the kind.</param>
/// <param name="Function">What it makes of the pixels.</param>
/// <param name="Image">The window, and the image that it is over.</param>
/// <param name="IsGlobal">Whether the window is the whole image.</param>
internal sealed record Pool(
    string Name, string FieldName, EquatableArray<int> Sources, string KindName, PoolFunction Function, ImageWindow Image, bool IsGlobal)
    : StageSpec(Name, FieldName, Sources, Image.Inputs, Image.Places * Image.Channels)
{
    public override string Window => Image.Constructor;

    public override long? Flops => (long)Function.FlopsPerPixel * Image.Taps * Outputs;

    /// <summary>A ReLU passes the gradient of a greatest value on where that is positive.</summary>
    public override bool TakesMask => Function.TakesValues;

    public override string StreamObstacle => IsGlobal ? base.StreamObstacle
        : Image.Stride > 1 ? $"gives one step of each {Image.Stride} that it reads"
        : "reads later steps than it gives";

    public override string ShapeText => $"{InputShape} → {Shape}";

    public override IEnumerable<string> Describe(string sources) =>
        [LayerFacts.Plain(Name, KindName, InputShape, Shape, sources, window: IsGlobal ? "" : WindowName)];

    public override string Comment(StageContext context) =>
        $"{Name}: {Function.Title} of each channel {Where}: {context.Rows(InputShape)} → {context.Rows(Shape)}.";

    public override IEnumerable<Step> Forward(StageContext context) => [Function.Forward];

    public override IEnumerable<Step> Backward(StageContext context, int slot, bool isFirst)
    {
        string? mask = context.MaskOf(slot);

        return
        [
            new NoteStep($"{Name}: {Function.Gradient}{(mask is null ? "" : $", then back through {mask}")}."),
            Function.Backward(isMasked: mask is not null),
        ];
    }

    private string Where => IsGlobal ? $"over all {InputShape.Leading} {(InputShape.Rank == 2 ? "steps" : "pixels")}" : $"in {Image.TitleWithStride}";
}
