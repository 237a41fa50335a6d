using System.Collections.Immutable;

namespace Nnfs;

/// <summary>What a sample's label is: one of some classes, or numbers.</summary>
public sealed record LabelInfo
{
    private LabelInfo(string name, bool isNullable, ImmutableArray<string> classes, ImmutableArray<FeatureValue> targets)
    {
        Name = name;
        IsNullable = isNullable;
        Classes = classes;
        Targets = targets;
    }

    /// <summary>The label's name; those of several, joined by commas.</summary>
    public string Name { get; }

    /// <summary>Whether it may be missing.</summary>
    public bool IsNullable { get; }

    /// <summary>The names of the classes, in the order of their values; none where the label is numbers.</summary>
    public ImmutableArray<string> Classes { get; }

    /// <summary>The numbers that are predicted; none where the label is classes.</summary>
    public ImmutableArray<FeatureValue> Targets { get; }

    /// <summary>A label that is one of some classes.</summary>
    /// <param name="name">The label's name.</param>
    /// <param name="classes">The names of the classes, in the order of their values; of a <see langword="bool"/> <c>False</c> and <c>True</c>.</param>
    /// <param name="isNullable">Whether it may be missing.</param>
    public static LabelInfo OfClasses(string name, ImmutableArray<string> classes, bool isNullable = false) => new(name, isNullable, classes, []);

    /// <summary>A label that is numbers.</summary>
    /// <param name="name">The label's name; those of several, joined by commas.</param>
    /// <param name="targets">The numbers: their names, and whether they are standardized or not scaled.</param>
    /// <param name="isNullable">Whether one may be missing.</param>
    public static LabelInfo OfNumbers(string name, ImmutableArray<FeatureValue> targets, bool isNullable = false) => new(name, isNullable, [], targets);
}
