using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes how a sample is made of a row of a table, and becomes one.</summary>
internal static class SampleFieldsEmitter
{
    public static void Write(SourceWriter writer, SampleSpec sample)
    {
        string self = $"global::Nnfs.ISample<{sample.Name}>";
        string parse = $"static {sample.Name} {self}.Parse(global::Nnfs.CsvRow row)";
        string write = $"void {self}.WriteFields(global::Nnfs.CsvRowWriter row)";

        if (sample.HasErrors)
        {
            writer.WriteLine($"""
                {parse} => {SampleEmitter.Refusal(sample)};

                {write} => {SampleEmitter.Refusal(sample)};
                """);

            return;
        }

        SampleMember[] arguments = [.. sample.Members.Where(static member => member.Parameter is not null)];
        SampleMember[] initialized = [.. sample.Members.Where(static member => member.IsInitialized)];
        string call = arguments.Length == 0
            ? "new()"
            : $"new(\n{string.Join(",\n", arguments.Select(static member => $"    {member.Parameter}: {Read(member)}"))})";
        string initializer = initialized.Length == 0
            ? ""
            : $"\n{{\n{string.Join("\n", initialized.Select(static member => $"    {member.Identifier} = {Read(member)},"))}\n}}";

        writer.WriteLine($"""
            // From a row of a table.
            {parse} => {call}{initializer};

            // To a row of a table.
            """);

        using (writer.WriteBlock(write))
        {
            SampleMember? before = null;

            foreach (SampleMember member in sample.Members)
            {
                // A block has an empty line around it.
                if (before is not null && (IsBlock(member) || IsBlock(before)))
                {
                    writer.WriteLine();
                }

                WriteMember(writer, member);
                before = member;
            }
        }
    }

    private static string Read(SampleMember member)
    {
        string value = member switch
        {
            { IsImmutableArray: true } =>
                $"global::System.Collections.Immutable.ImmutableArray.Create<{member.Type}>(row.ReadNumbers<{member.Type}>({member.Column}, {member.Length}))",
            { Length: { } length } => $"row.ReadNumbers<{member.Type}>({member.Column}, {length})",
            { Kind: MemberKind.Number } => $"row.ReadNumber<{member.Type}>({member.Column})",
            { Kind: MemberKind.Enum } => $"row.ReadEnum<{member.Type}>({member.Column})",
            _ => $"row.Read{member.Kind}({member.Column})",
        };
        string places = member.Length is { } columns ? $"{member.Column}, {columns}" : $"{member.Column}";

        return member.IsNullable ? $"row.IsMissing({places}) ? null : {value}" : value;
    }

    private static bool IsBlock(SampleMember member) => member is { IsNullable: true, Length: not null };

    private static void WriteMember(SourceWriter writer, SampleMember member)
    {
        string access = SampleEmitter.Access(member);

        if (member.Length is not { } length)
        {
            writer.WriteLine(member.Kind switch
            {
                MemberKind.Number => $"row.WriteNumber<{member.Type}>({access});",
                MemberKind.Enum => $"row.WriteEnum<{member.Type}>({access});",
                _ => $"row.Write{member.Kind}({access});",
            });

            return;
        }

        string numbers = !member.IsImmutableArray ? access : member.IsNullable ? $"{access}.Value.AsSpan()" : $"{access}.AsSpan()";
        string write = $"row.WriteNumbers<{member.Type}>({numbers}, {length}, {SampleEmitter.Literal(member.Name)});";
        writer.WriteLine(!IsBlock(member) ? write : $$"""
            if ({{access}} is null)
            {
                row.WriteMissing({{length}});
            }
            else
            {
                {{write}}
            }
            """);
    }
}
