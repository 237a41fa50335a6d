using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes what a sample says of its features, its label and the columns of a table.</summary>
internal static class SampleSchemaEmitter
{
    public static void Write(SourceWriter writer, SampleSpec sample)
    {
        WriteSchema(writer, sample);
        WriteColumns(writer, sample);
    }

    private static void WriteSchema(SourceWriter writer, SampleSpec sample)
    {
        string header = sample.LeftOut.Contains(SampleMembers.Schema)
            ? $"static global::Nnfs.SampleSchema global::Nnfs.ISample<{sample.Name}>.{SampleMembers.Schema}"
            : $"public static {SampleEmitter.Modifier(sample, SampleMembers.Schema)}global::Nnfs.SampleSchema {SampleMembers.Schema}";

        if (!sample.LeftOut.Contains(SampleMembers.Schema))
        {
            writer.WriteLine("/// <summary>What its features and its label are.</summary>");
        }

        if (sample.HasErrors)
        {
            writer.WriteLine($"{header} => {SampleEmitter.Refusal(sample)};\n");

            return;
        }

        writer.WriteLine($$"""
            {{header}} { get; } = new(
                {{SampleEmitter.Literal(sample.PlainName)}},
                [
            {{string.Join("\n", sample.Features.Select(static feature => $"        {Info(feature)},"))}}
                ],
                label: {{(sample.Label is null ? "null" : Info(sample.Label))}});

            """);
    }

    private static void WriteColumns(SourceWriter writer, SampleSpec sample)
    {
        string header = $"static global::System.Collections.Immutable.ImmutableArray<global::Nnfs.CsvColumn> global::Nnfs.ISample<{sample.Name}>.Columns";

        if (sample.HasErrors)
        {
            writer.WriteLine($"{header} => {SampleEmitter.Refusal(sample)};\n");

            return;
        }

        writer.WriteLine($$"""
            // The columns of a table, in the order of the declaration.
            {{header}} { get; } =
            [
            {{string.Join("\n", sample.Members.Select(member => $"    {Column(sample, member)},"))}}
            ];

            """);
    }

    /// <summary>A column; only that of a label may be left out, where samples without one are to be predicted.</summary>
    private static string Column(SampleSpec sample, SampleMember member)
    {
        bool isOptional = member.IsNullable && sample.Label is { } label && label.Members.Any(target => target.Member.Column == member.Column);

        return member.Length is { } length
            ? $".. global::Nnfs.CsvColumn.Range({SampleEmitter.Literal(member.Name)}, {length}{(isOptional ? ", isOptional: true" : "")})"
            : $"new({SampleEmitter.Literal(member.Name)}{(isOptional ? ", IsOptional: true" : "")})";
    }

    private static string Info(FeatureSpec feature)
    {
        const string Type = "global::Nnfs.FeatureInfo";
        string name = SampleEmitter.Literal(feature.Name);
        string missing = feature.IsNullable ? ", isNullable: true" : "";
        string scaling = feature.Scaling == FeatureScaling.Standardize ? "" : $", scaling: {Scaling(feature.Scaling)}";

        return feature.Encoding switch
        {
            FeatureEncoding.OneHot => $"{Type}.Category({name}, {Names(feature.Categories)}{missing})",
            FeatureEncoding.Index => $"{Type}.Embedded({name}, {Names(feature.Categories)}, {feature.Embedding}{missing})",
            FeatureEncoding.Cyclic => $"{Type}.Cyclic({name}{missing})",
            FeatureEncoding.Parts => $"{Type}.Date({name}, {Parts(feature)}{missing}"
                + $"{((feature.Parts & DateParts.Year) != 0 ? scaling : "")})",
            _ when feature.Member.Kind == MemberKind.Boolean => $"{Type}.Boolean({name}{missing})",
            _ when feature.Member.Length is { } length => $"{Type}.Numbers({name}, {length}{missing}{scaling})",
            _ => $"{Type}.Number({name}{missing}{scaling})",
        };
    }

    private static string Info(LabelSpec label)
    {
        const string Type = "global::Nnfs.LabelInfo";
        string missing = label.IsNullable ? ", isNullable: true" : "";

        return label.IsClasses
            ? $"{Type}.OfClasses({SampleEmitter.Literal(label.Name)}, {Names(label.Classes)}{missing})"
            : label.Members.Count == 1
            ? $"{Type}.OfNumbers({SampleEmitter.Literal(label.Name)}, [{Targets(label.Members[0])}]{missing})"
            : $"""
            {Type}.OfNumbers(
                    {SampleEmitter.Literal(label.Name)},
                    [
            {string.Join("\n", label.Members.Select(static target => $"            {Targets(target)},"))}
                    ]{missing.Replace(", ", ",\n        ")})
            """;
    }

    private static string Targets(LabelTarget target)
    {
        string name = SampleEmitter.Literal(target.Member.Name);

        return target.Member.Length is { } length
            ? $".. global::Nnfs.FeatureInfo.Numbers({name}, {length}, scaling: {Scaling(target.Scaling)}).Values"
            : $"new({name}, {Scaling(target.Scaling)})";
    }

    private static string Parts(FeatureSpec feature) => string.Join(" | ", feature.WrittenParts.Select(static part => $"global::Nnfs.DateParts.{part}"));

    private static string Scaling(FeatureScaling scaling) => $"global::Nnfs.FeatureScaling.{scaling}";

    private static string Names(EquatableArray<string> names) => $"[{string.Join(", ", names.Select(SampleEmitter.Literal))}]";
}
