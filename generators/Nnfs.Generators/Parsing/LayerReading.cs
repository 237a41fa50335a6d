using System.Collections.Immutable;
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

    /// <summary>What the layer reads, at least one value.</summary>
    public ImmutableArray<Value> Values { get; }

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

    /// <summary>The number of values per sample of each source; 1 where nobody knows.</summary>
    public EquatableArray<int> Sizes => new([.. Values.Select(static value => value.Size ?? 1)]);

    /// <summary>The shape of the first source.</summary>
    public Shape Shape => Values[0].Shape ?? Shape.Unknown;

    /// <summary>The number of values per sample of the first source; 1 where nobody knows.</summary>
    public int Size => Values[0].Size ?? 1;

    /// <summary>The size of all values of a sum or a product, which the layer gives; each that has another than the first is reported.</summary>
    public int GiveCommonSize()
    {
        Value? first = Values.FirstOrDefault(static value => value.Size is not null);

        for (int i = 0; i < Values.Length; i++)
        {
            if (Values[i].Size is { } size && size != first!.Size)
            {
                Report(
                    DiagnosticDescriptors.SizesDiffer,
                    ArgumentLocation(KnownNames.SourcesParameter, i),
                    LocationOf(Values[i].Attribute),
                    Name,
                    Described(first),
                    Described(Values[i]),
                    $"[{Declaration.KindName}]");
            }
        }

        GivenShape = first?.Shape;

        return first?.Size ?? 1;
    }

    /// <summary>The size of all values side by side, which the layer gives.</summary>
    public int GiveTotalSize()
    {
        GivenShape = null;

        if (Values.All(static value => value.Size is not null))
        {
            long total = Values.Sum(static value => (long)value.Size!.Value);

            if (total <= KernelLimits.MostFloats)
            {
                GivenShape = Shape.Of((int)total);
            }
            else
            {
                IsTooLarge = true;
                Report(DiagnosticDescriptors.TooLarge, Location, Name, total, "values per sample", KernelLimits.MostFloats);
            }
        }

        return GivenShape?.Size ?? 1;
    }

    private static string Described(Value value) => $"{value.Description} of {(value.Size is { } size ? Wording.Count(size, "value") : " values")}";
}
