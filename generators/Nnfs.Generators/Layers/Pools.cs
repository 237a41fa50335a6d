using System.Collections.Immutable;
using Nnfs.Generators.Models;
using Nnfs.Generators.Parsing;

namespace Nnfs.Generators.Layers;

/// <summary>All kinds of pooling: a new one is added here.</summary>
internal static class Pools
{
    public static readonly ImmutableArray<Layer> All =
    [
        Moving("MaxPool2D", PoolFunction.Greatest, OverImage),
        Moving("AveragePool2D", PoolFunction.Mean, OverImage),
        Moving("MaxPool1D", PoolFunction.Greatest, OverSequence),
        Moving("AveragePool1D", PoolFunction.Mean, OverSequence),
        Global("GlobalMaxPool", PoolFunction.Greatest),
        Global("GlobalAveragePool", PoolFunction.Mean),
    ];

    private const string SizeParameter = "size";

    private static ImageWindow? OverImage(LayerReading layer) => ImageWindow.Read(layer, SizeParameter, SizeParameter);

    private static ImageWindow? OverSequence(LayerReading layer) => ImageWindow.ReadSequence(layer, SizeParameter);

    /// <summary>A kind whose window moves over an image or a sequence.</summary>
    private static Layer Moving(string name, PoolFunction function, Func<LayerReading, ImageWindow?> readWindow) => new(name, layer =>
    {
        ImageWindow? image = readWindow(layer);

        if (image is not null)
        {
            layer.GivenShape = Shape.Of([.. image.OutputSizes, image.Channels]);
        }

        return new Pool(layer.Name, layer.FieldName, layer.Sources, name, function, image ?? ImageWindow.Unknown, IsGlobal: false);
    });

    /// <summary>A kind whose window is all that a sample has.</summary>
    private static Layer Global(string name, PoolFunction function) => new(name, layer =>
    {
        Shape? arriving = layer.Values[0].Shape;
        bool isTaken = arriving is { Rank: > 1 };
        layer.GivenShape = isTaken ? Shape.Of(arriving!.Last) : null;

        if (arriving is not null && !isTaken)
        {
            layer.ReportShape(arriving, "steps or pixels with channels", "add [Reshape(steps, channels)] before it");
        }

        return new Pool(
            layer.Name, layer.FieldName, layer.Sources, name, function, isTaken ? ImageWindow.Whole(arriving!) : ImageWindow.Unknown, IsGlobal: true);
    });
}
