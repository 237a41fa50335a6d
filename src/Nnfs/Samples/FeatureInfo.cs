using System.Collections.Immutable;

namespace Nnfs;

/// <summary>A feature of a sample: the values that it is written as.</summary>
public sealed record FeatureInfo
{
    private FeatureInfo(string name, FeatureKind kind, bool isNullable, IEnumerable<FeatureValue> values)
    {
        Name = name;
        Kind = kind;
        IsNullable = isNullable;
        Values = [.. values];
    }

    /// <summary>The feature's name.</summary>
    public string Name { get; }

    /// <summary>What it is.</summary>
    public FeatureKind Kind { get; }

    /// <summary>Whether it may be missing.</summary>
    public bool IsNullable { get; }

    /// <summary>
    /// The values that it is written as. The last one of a feature that may be missing says whether it is, unless it is embedded: then its index is one more
    /// than the last name's.
    /// </summary>
    public ImmutableArray<FeatureValue> Values { get; }

    /// <summary>The place of its first value among those of the sample.</summary>
    public int Start { get; internal init; }

    /// <summary>The number of its values.</summary>
    public int Count => Values.Length;

    /// <summary>The names of an enum, in the order of their values; none for other features.</summary>
    public ImmutableArray<string> Categories { get; private init; } = [];

    /// <summary>The dimensions of its embedding; 0 where it has none.</summary>
    public int Embedding { get; private init; }

    /// <summary>A feature that is a number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="isNullable">Whether it may be missing.</param>
    /// <param name="scaling">How it is scaled.</param>
    public static FeatureInfo Number(string name, bool isNullable = false, FeatureScaling scaling = FeatureScaling.Standardize) =>
        new(name, FeatureKind.Number, isNullable, WithFlag(name, isNullable, [new FeatureValue(name, scaling)]));

    /// <summary>A feature that is an array of numbers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="length">The length of the array, at least 1.</param>
    /// <param name="isNullable">Whether it may be missing.</param>
    /// <param name="scaling">How the numbers are scaled, each place of the array by itself.</param>
    public static FeatureInfo Numbers(string name, int length, bool isNullable = false, FeatureScaling scaling = FeatureScaling.Standardize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        IEnumerable<FeatureValue> values = Enumerable.Range(0, length).Select(index => new FeatureValue($"{name}[{index}]", scaling));

        return new FeatureInfo(name, FeatureKind.Number, isNullable, WithFlag(name, isNullable, values));
    }

    /// <summary>A feature that is a <see langword="bool"/>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="isNullable">Whether it may be missing.</param>
    public static FeatureInfo Boolean(string name, bool isNullable = false) =>
        new(name, FeatureKind.Boolean, isNullable, WithFlag(name, isNullable, [new FeatureValue(name, FeatureScaling.None)]));

    /// <summary>A feature that is an enum, with one value for each of its names.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="categories">The enum's names, in the order of their values.</param>
    /// <param name="isNullable">Whether it may be missing.</param>
    public static FeatureInfo Category(string name, ImmutableArray<string> categories, bool isNullable = false)
    {
        IEnumerable<FeatureValue> values = categories.Select(category => new FeatureValue($"{name}={category}", FeatureScaling.None));

        return new FeatureInfo(name, FeatureKind.Category, isNullable, WithFlag(name, isNullable, values)) { Categories = categories };
    }

    /// <summary>A feature that is an enum with an embedding: one value, its index among the names.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="categories">The enum's names, in the order of their values.</param>
    /// <param name="dimensions">The dimensions of the embedding, at least 1.</param>
    /// <param name="isNullable">Whether it may be missing: then the index is the number of names.</param>
    public static FeatureInfo Embedded(string name, ImmutableArray<string> categories, int dimensions, bool isNullable = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);

        return new FeatureInfo(name, FeatureKind.Category, isNullable, [new FeatureValue(name, FeatureScaling.None)])
        {
            Categories = categories,
            Embedding = dimensions,
        };
    }

    /// <summary>A feature that comes round again: sine and cosine of its phase.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="isNullable">Whether it may be missing.</param>
    public static FeatureInfo Cyclic(string name, bool isNullable = false) =>
        new(name, FeatureKind.Cyclic, isNullable, WithFlag(name, isNullable, Phase(name)));

    /// <summary>A feature that is parts of a date or time, in the order of <see cref="DateParts"/>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="parts">The parts, at least one.</param>
    /// <param name="isNullable">Whether it may be missing.</param>
    /// <param name="scaling">How the year is scaled.</param>
    public static FeatureInfo Date(string name, DateParts parts, bool isNullable = false, FeatureScaling scaling = FeatureScaling.Standardize)
    {
        List<FeatureValue> values = [];

        foreach (DateParts part in Enum.GetValues<DateParts>())
        {
            if (part == DateParts.Year && parts.HasFlag(part))
            {
                values.Add(new FeatureValue($"{name} {part}", scaling));
            }
            else if (part != DateParts.None && parts.HasFlag(part))
            {
                values.AddRange(Phase($"{name} {part}"));
            }
        }

        return new FeatureInfo(name, FeatureKind.Date, isNullable, WithFlag(name, isNullable, values));
    }

    private static IEnumerable<FeatureValue> Phase(string name) =>
        [new FeatureValue($"{name} sin", FeatureScaling.None), new FeatureValue($"{name} cos", FeatureScaling.None)];

    private static IEnumerable<FeatureValue> WithFlag(string name, bool isNullable, IEnumerable<FeatureValue> values) =>
        isNullable ? values.Append(new FeatureValue($"{name} missing", FeatureScaling.None)) : values;
}
