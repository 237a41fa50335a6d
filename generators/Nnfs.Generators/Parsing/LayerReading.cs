using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Microsoft.CodeAnalysis;
using Nnfs.Generators.Diagnostics;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Parsing;

/// <summary>What a kind of layer reads its stage from: the declaration, and the values that arrive.</summary>
internal sealed class LayerReading : DeclarationReading
{
    public LayerReading(
        LayerDeclaration declaration,
        LayerReading? activation,
        ImmutableArray<Value> values,
        WeightInitializer defaultInitializer,
        int maskNumber,
        ProblemReporter problems,
        CancellationToken cancellationToken)
        : base(declaration, problems, cancellationToken)
    {
        Activation = activation;
        Values = values;
        DefaultInitializer = defaultInitializer;
        MaskNumber = maskNumber;
        GivenShape = values[0].Shape;
    }

    /// <summary>The activation that is part of the layer; <see langword="null"/> where there is none.</summary>
    public LayerReading? Activation { get; }

    /// <summary>The activation directly after the layer, whether it is part of it or not; <see langword="null"/> where there is none.</summary>
    public LayerReading? ActivationAfter { get; set; }

    /// <summary>What the layer reads, at least one value.</summary>
    public ImmutableArray<Value> Values { get; }

    /// <summary>The samples of the network; <see langword="null"/> where it takes floats.</summary>
    public NetworkSampleReader? Samples { get; init; }

    /// <summary>How weights are drawn where the layer does not say so.</summary>
    public WeightInitializer DefaultInitializer { get; }

    /// <summary>The number of the layer among those that draw masks, from 1.</summary>
    public int MaskNumber { get; }

    /// <summary>The shape that the layer gives: the one that arrives, unless it says otherwise; <see langword="null"/> where nobody knows.</summary>
    public Shape? GivenShape { get; set; }

    /// <summary>Whether one array cannot hold what the layer gives, which is reported.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>The stem of the fields that hold its outputs.</summary>
    public string FieldName => (Activation ?? this).Declaration.FieldName;

    /// <summary>What the names of its tensors begin with in files.</summary>
    public string StoredAs => Declaration.StoredAs;

    /// <summary>The numbers of what it reads.</summary>
    public EquatableArray<int> Sources => new([.. Values.Select(static value => value.Source)]);

    /// <summary>The shape of each source.</summary>
    public EquatableArray<Shape> Shapes => new([.. Values.Select(static value => value.Shape ?? Shape.Unknown)]);

    /// <summary>The shape of the first source.</summary>
    public Shape Shape => Values[0].Shape ?? Shape.Unknown;

    /// <summary>The number of values per sample of the first source; 1 where nobody knows.</summary>
    public int Size => Values[0].Size ?? 1;

    /// <summary>The shape of all values of a sum or a product, which the layer gives; each that has another than the first is reported.</summary>
    /// <returns>The number of its values; 1 where nobody knows.</returns>
    public int GiveCommonShape()
    {
        GivenShape = CheckShapes(static (shape, first) => shape == first, "values of the same shape");

        return GivenShape?.Size ?? 1;
    }

    /// <summary>
    /// The shape of all values side by side in the last dimension, which the layer gives; each that has other dimensions before it than the first is
    /// reported.
    /// </summary>
    /// <returns>The number of its values; 1 where nobody knows.</returns>
    public int GiveJoinedShape()
    {
        bool isKnown = Values.All(static value => value.Shape is not null);
        Shape? first = CheckShapes(
            static (shape, first) => shape.Rank == first.Rank && shape.WithLast(1) == first.WithLast(1), "values whose shapes differ in the last size only");

        GivenShape = isKnown ? first : null;
        GiveWithLast(Values.Sum(static value => (long)(value.Shape?.Last ?? 1)), Location);

        return GivenShape?.Size ?? 1;
    }

    /// <summary>The shape of the first source with another last size, which the layer gives.</summary>
    /// <param name="last">The size; <see langword="null"/> where it is missing, which is reported.</param>
    /// <param name="argument">The argument that states it.</param>
    /// <returns>The size; <see langword="null"/> where the shape is not known, or no array could hold it, which is reported.</returns>
    public int? GiveWithLast(int? last, string argument)
    {
        if (last is { } size && GivenShape is not null)
        {
            GiveWithLast(size, ArgumentLocation(argument));
        }
        else
        {
            GivenShape = null;
        }

        return GivenShape is null && IsTooLarge ? null : last;
    }

    /// <summary>A shape, which the layer gives; one that no array could hold is reported.</summary>
    /// <param name="location">What makes it large.</param>
    /// <param name="sizes">Its sizes.</param>
    public void Give(Location location, params IEnumerable<long> sizes)
    {
        BigInteger count = sizes.Aggregate(BigInteger.One, static (product, size) => product * size);

        if (count <= KernelLimits.MostFloats)
        {
            GivenShape = new Shape(new EquatableArray<int>([.. sizes.Select(static size => (int)size)]));
        }
        else
        {
            GivenShape = null;
            IsTooLarge = true;
            Report(
                DiagnosticDescriptors.TooLarge,
                location,
                Name,
                count.ToString(CultureInfo.InvariantCulture),
                "values per sample",
                KernelLimits.MostFloats);
        }
    }

    /// <summary>Reports that what the layer reads has another shape than it takes.</summary>
    /// <param name="arriving">The shape that arrives.</param>
    /// <param name="expectation">What the layer takes.</param>
    /// <param name="cure">What makes it that.</param>
    public void ReportShape(Shape arriving, string expectation, string cure) => Report(
        DiagnosticDescriptors.ShapeNotTaken,
        Location,
        LocationOf(Values[0].Attribute),
        Name,
        expectation,
        Values[0].Description,
        arriving.ToPhrase(),
        cure);

    private void GiveWithLast(long last, Location location)
    {
        if (GivenShape is { } shape)
        {
            Give(location, [.. shape.Sizes.Take(shape.Rank - 1).Select(static size => (long)size), last]);
        }
    }

    /// <summary>Reports each value whose shape does not go with that of the first whose shape is known, and returns that one.</summary>
    private Shape? CheckShapes(Func<Shape, Shape, bool> fit, string expectation)
    {
        Value? first = Values.FirstOrDefault(static value => value.Shape is not null);

        for (int i = 0; i < Values.Length; i++)
        {
            if (Values[i].Shape is { } shape && !fit(shape, first!.Shape!))
            {
                Report(
                    DiagnosticDescriptors.SizesDiffer,
                    ArgumentLocation(KnownNames.SourcesParameter, i),
                    LocationOf(Values[i].Attribute),
                    Name,
                    Described(first),
                    Described(Values[i]),
                    $"[{Declaration.KindName}]",
                    expectation);
            }
        }

        return first?.Shape;
    }

    private static string Described(Value value) => $"{value.Description} of {value.Shape!.ToPhrase()} {(value.Size == 1 ? "value" : "values")}";
}
