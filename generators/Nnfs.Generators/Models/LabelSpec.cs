namespace Nnfs.Generators.Models;

/// <summary>What a network of a sample predicts.</summary>
/// <param name="Kind">Whether it is classes or numbers.</param>
/// <param name="Members">The members that it is; several only where it is numbers.</param>
/// <param name="QualifiedTypeName">The full name of the type of its classes, such as <c>global::Samples.Species</c>; empty for numbers.</param>
/// <param name="Accessibility">The accessibility that a public member with that type may have.</param>
internal sealed record LabelSpec(LabelKind Kind, EquatableArray<LabelTarget> Members, string QualifiedTypeName, string Accessibility)
{
    /// <summary>Its name in files and tables; those of several members, joined by commas.</summary>
    public string Name => string.Join(", ", Members.Select(static target => target.Member.Name));

    /// <summary>Whether it is classes.</summary>
    public bool IsClasses => Kind != LabelKind.Numbers;

    /// <summary>The names of the classes in their order; none for numbers.</summary>
    public EquatableArray<string> Classes => IsClasses ? Members[0].Member.Categories : default;

    /// <summary>How many numbers it is; 0 for classes.</summary>
    public int Targets => IsClasses ? 0 : (int)Math.Min(int.MaxValue, Members.Sum(static target => (long)target.Member.Columns));

    /// <summary>Whether it may be missing.</summary>
    public bool IsNullable => Members.Any(static target => target.Member.IsNullable);
}
