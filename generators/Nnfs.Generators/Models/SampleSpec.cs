namespace Nnfs.Generators.Models;

/// <summary>
/// Everything that the emitter writes about a type of samples, and all that a network of such samples needs to know of it. It is compared by value
/// between runs of the compiler, and holds no symbol, no syntax and no location.
/// </summary>
/// <param name="Namespace">The namespace, empty for the global one.</param>
/// <param name="ContainingTypes">The declarations around the type, outermost first, such as <c>partial class Outer</c>.</param>
/// <param name="Declaration">What the type is declared as: <c>partial record struct</c>.</param>
/// <param name="Name">The type's name, as it is written in code.</param>
/// <param name="QualifiedName">The type's full name in code, such as <c>global::Samples.Flower</c>.</param>
/// <param name="MetadataName">The type's full name, which also names the generated file.</param>
/// <param name="Features">The features in the order of their declaration.</param>
/// <param name="Label">The label; <see langword="null"/> for none.</param>
/// <param name="IndexMethod">The name of the private methods that find the index of an enum's value, which no other member has.</param>
internal sealed record SampleSpec(
    string Namespace,
    EquatableArray<string> ContainingTypes,
    string Declaration,
    string Name,
    string QualifiedName,
    string MetadataName,
    EquatableArray<FeatureSpec> Features,
    LabelSpec? Label,
    string IndexMethod)
{
    /// <summary>The name as a string has it.</summary>
    public string PlainName => Name.TrimStart('@');

    /// <summary>What the errors of the declaration say, other than the compiler's own.</summary>
    public EquatableArray<string> Errors { get; init; }

    /// <summary>Whether the declaration has errors, so that only the public surface counts.</summary>
    public bool HasErrors { get; init; }

    /// <summary>Generated members that hide inherited ones.</summary>
    public EquatableArray<string> Hiding { get; init; }

    /// <summary>Generated members that the user's own of that name take the place of, which is an error.</summary>
    public EquatableArray<string> LeftOut { get; init; }

    /// <summary>The names of types that mean something else in the type, so that its text can't have them in short.</summary>
    public EquatableArray<string> HiddenNames { get; init; }

    /// <summary>Whether the assembly promises types that every language can use, which those of the library are not.</summary>
    public bool IsClsCompliant { get; init; }

    /// <summary>Whether a member or a name of an enum is obsolete, which the compiler would say again.</summary>
    public bool UsesObsolete { get; init; }

    /// <summary>The number of all its values.</summary>
    public int FeatureCount => Count(Features);

    /// <summary>The number of values that are no index of an embedding.</summary>
    public int ValueCount => Count(Features.Where(static feature => feature.Encoding != FeatureEncoding.Index));

    /// <summary>The features that an embedding reads, whose indices come after all other values.</summary>
    public IEnumerable<FeatureSpec> Embedded => Features.Where(static feature => feature.Encoding == FeatureEncoding.Index);

    /// <summary>The features and labels in the order of their declaration.</summary>
    public IEnumerable<SampleMember> Members => Features.Select(static feature => feature.Member)
        .Concat(Label?.Members.Select(static target => target.Member) ?? [])
        .OrderBy(static member => member.Column);

    /// <summary>The number of values; that of the longest array where they are more, which is a fault of the declaration.</summary>
    private static int Count(IEnumerable<FeatureSpec> features) => (int)Math.Min(int.MaxValue, features.Sum(static feature => (long)feature.Values));
}
