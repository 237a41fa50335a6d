using System.Globalization;
using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes how a sample becomes numbers: the values of its features, and its label.</summary>
internal static class SampleValuesEmitter
{
    private const string Kernels = "global::Nnfs.Kernels.SampleValues";
    private const string Math = "global::System.Math";
    private const string Span = "global::System.Span<double>";

    /// <summary>2000-01-01, from which dates count, as the number of a day.</summary>
    private const int FirstDay = 730119;

    public static void WriteFeatures(SourceWriter writer, SampleSpec sample)
    {
        bool isLeftOut = sample.LeftOut.Contains(SampleMembers.WriteFeatures);
        string header = isLeftOut
            ? $"void global::Nnfs.ISample<{sample.Name}>.{SampleMembers.WriteFeatures}({Span} values)"
            : $"public {SampleEmitter.Modifier(sample, SampleMembers.WriteFeatures)}void {SampleMembers.WriteFeatures}({Span} values)";

        if (!isLeftOut)
        {
            writer.WriteLine($"""
                /// <summary>Writes the values of its features, not scaled. A number that is missing is <see cref="double.NaN"/>.</summary>
                /// <param name="values">Takes {sample.FeatureCount} values.</param>
                """);
        }

        if (sample.HasErrors)
        {
            writer.WriteLine($"{header} => {SampleEmitter.Refusal(sample)};\n");

            return;
        }

        using (writer.WriteBlock(header))
        {
            writer.WriteLine($"{Kernels}.CheckLength(values.Length, {sample.FeatureCount});");

            foreach (FeatureSpec feature in sample.Features)
            {
                writer.WriteLine();
                writer.WriteLine(string.Join("\n", Statements(sample, feature)));
            }
        }

        writer.WriteLine();
    }

    public static void WriteLabel(SourceWriter writer, SampleSpec sample)
    {
        string interfaceName = $"global::Nnfs.ISample<{sample.Name}>";

        if (sample.Label is { IsClasses: true } classes && !sample.LeftOut.Contains(SampleMembers.LabelOf))
        {
            WriteLabelOf(writer, sample, classes);
        }

        string labelClass = sample.HasErrors ? SampleEmitter.Refusal(sample)
            : sample.Label is { IsClasses: true } label ? LabelClass(sample, label)
            : "-1";
        writer.WriteLine($"""
            // {(sample.Label is { IsClasses: true } ? "The class of the label." : "There is no class.")}
            int {interfaceName}.LabelClass => {labelClass};

            """);

        string header = $"void {interfaceName}.WriteTargets({Span} targets)";

        if (sample.HasErrors)
        {
            writer.WriteLine($"{header} => {SampleEmitter.Refusal(sample)};\n");

            return;
        }

        writer.WriteLine(sample.Label is { IsClasses: false } ? "// The numbers of the label." : "// There are no numbers to predict.");

        if (sample.Label is not { IsClasses: false } numbers)
        {
            writer.WriteLine($"{header} => {Kernels}.CheckLength(targets.Length, 0);\n");

            return;
        }

        using (writer.WriteBlock(header))
        {
            writer.WriteLine($"{Kernels}.CheckLength(targets.Length, {numbers.Targets});\n");
            int start = 0;

            foreach (LabelTarget target in numbers.Members)
            {
                string access = SampleEmitter.Access(target.Member);

                if (start > 0)
                {
                    writer.WriteLine();
                }

                writer.WriteLine(target.Member.Length is { } length
                    ? string.Join("\n", ArrayStatements(target.Member, "targets", start, length, hasFlag: false))
                    : $"targets[{start}] = {NumberOrGap(target.Member, access)};");
                start += target.Member.Columns;
            }
        }

        writer.WriteLine();
    }

    /// <summary>Writes the methods that find the index of an enum's value.</summary>
    public static void WriteIndices(SourceWriter writer, SampleSpec sample)
    {
        if (sample.HasErrors)
        {
            return;
        }

        IEnumerable<(string Type, bool IsNullable, EquatableArray<string> Names)> features = sample.Features
            .Where(static feature => feature.Member.Kind == MemberKind.Enum)
            .Select(static feature => (feature.Member.Type, feature.IsNullable, feature.Categories));
        IEnumerable<(string Type, bool IsNullable, EquatableArray<string> Names)> labels = sample.Label is { Kind: LabelKind.Enum } label
            ? [(label.Members[0].Member.Type, false, label.Classes)]
            : [];

        foreach ((string type, bool isNullable, EquatableArray<string> names) in features.Concat(labels).Distinct())
        {
            string[] arms =
            [
                .. names.Select((name, index) => $"{type}.{name.EscapeIdentifier()} => {index},"),
                .. isNullable ? [$"null => {names.Count},", $"{{ }} other => throw {Kernels}.Undefined(other, member),"] : (string[])
                    [$"_ => throw {Kernels}.Undefined(value, member),"],
            ];

            writer.WriteLine($$"""

                // The index among the names of the enum{{(isNullable ? ", or their number where it is missing" : "")}}.
                private static int {{sample.IndexMethod}}({{type}}{{(isNullable ? "?" : "")}} value, string member) => value switch
                {
                {{string.Join("\n", arms.Select(static arm => "    " + arm))}}
                };
                """);
        }
    }

    private static void WriteLabelOf(SourceWriter writer, SampleSpec sample, LabelSpec label)
    {
        string type = label.Members[0].Member.Type;
        string header = $"{label.Accessibility} static {SampleEmitter.Modifier(sample, SampleMembers.LabelOf)}{type} {SampleMembers.LabelOf}(int classIndex)";

        if (label.Accessibility != "private")
        {
            writer.WriteLine($"""
                /// <summary>The label of a class.</summary>
                /// <param name="classIndex">The class, from 0 to {label.Classes.Count - 1}.</param>
                """);
        }

        if (sample.HasErrors)
        {
            writer.WriteLine($"{header} => {SampleEmitter.Refusal(sample)};\n");

            return;
        }

        IEnumerable<string> arms = label.Kind == LabelKind.Boolean
            ? ["0 => false,", "1 => true,"]
            : label.Classes.Select((name, index) => $"{index} => {type}.{name.EscapeIdentifier()},");
        writer.WriteLine($$"""
            {{header}} => classIndex switch
            {
            {{string.Join("\n", arms.Select(static arm => "    " + arm))}}
                _ => throw {{Kernels}}.NoClass(classIndex, {{label.Classes.Count}}),
            };

            """);
    }

    private static string LabelClass(SampleSpec sample, LabelSpec label)
    {
        SampleMember member = label.Members[0].Member;
        string access = SampleEmitter.Access(member);
        string value = member.IsNullable ? $"{access}.Value" : access;
        string index = label.Kind == LabelKind.Boolean ? $"{value} ? 1 : 0" : $"{sample.IndexMethod}({value}, {SampleEmitter.Literal(member.Name)})";

        return member.IsNullable ? $"{access} is null ? -1 : {index}" : index;
    }

    private static IEnumerable<string> Statements(SampleSpec sample, FeatureSpec feature)
    {
        SampleMember member = feature.Member;
        string access = SampleEmitter.Access(member);
        int start = feature.Start;
        int flag = start + feature.OwnValues;

        switch (feature.Encoding)
        {
            case FeatureEncoding.OneHot:
                yield return $"// {feature.Name}: {(feature.IsNullable ? "one for each name, and one for a gap" : "one for each name")}.";
                yield return $"values.Slice({start}, {feature.Values}).Clear();";
                yield return $"values[{Sum(start, $"{sample.IndexMethod}({access}, {SampleEmitter.Literal(member.Name)})")}] = 1;";
                break;

            case FeatureEncoding.Index:
                yield return $"// {feature.Name}: the index of its name.";
                yield return $"values[{start}] = {sample.IndexMethod}({access}, {SampleEmitter.Literal(member.Name)});";
                break;

            case FeatureEncoding.Cyclic:
            case FeatureEncoding.Parts:
                foreach (string statement in PhaseStatements(feature, access))
                {
                    yield return statement;
                }

                break;

            case FeatureEncoding.Number when member.Length is { } length:
                yield return $"// {feature.Name}: {Wording.Count(length, "number")}.";

                foreach (string statement in ArrayStatements(member, "values", start, length, hasFlag: true))
                {
                    yield return statement;
                }

                break;

            case FeatureEncoding.Number when member.Kind == MemberKind.Boolean:
                yield return $"values[{start}] = {(member.IsNullable ? $"{access} == true" : access)} ? 1 : 0;";

                if (member.IsNullable)
                {
                    yield return $"values[{flag}] = {access} is null ? 1 : 0;";
                }

                break;

            default:
                yield return $"values[{start}] = {NumberOrGap(member, access)};";

                if (member.IsNullable)
                {
                    yield return $"values[{flag}] = double.IsNaN(values[{start}]) ? 1 : 0;";
                }

                break;
        }
    }

    private static IEnumerable<string> ArrayStatements(SampleMember member, string span, int start, int length, bool hasFlag)
    {
        string access = SampleEmitter.Access(member);
        string numbers = (member.IsImmutableArray, member.IsNullable) switch
        {
            (true, true) => $"{access}.Value.AsSpan()",
            (true, false) => $"{access}.AsSpan()",
            _ => access,
        };
        string write = $"{Kernels}.Write<{member.Type}>({numbers}, {span}.Slice({start}, {length}), {SampleEmitter.Literal(member.Name)});";

        if (!member.IsNullable)
        {
            yield return write;

            yield break;
        }

        yield return $"if ({access} is null)";
        yield return "{";
        yield return $"    {span}.Slice({start}, {length}).Fill(double.NaN);";
        yield return "}";
        yield return "else";
        yield return "{";
        yield return $"    {write}";
        yield return "}";

        if (hasFlag)
        {
            yield return "";
            yield return $"{span}[{start + length}] = {access} is null ? 1 : 0;";
        }
    }

    private static IEnumerable<string> PhaseStatements(FeatureSpec feature, string access)
    {
        SampleMember member = feature.Member;
        string missing = member.Type is "float" or "double" ? $"{access} is null or {member.Type}.NaN"
            : member.Type == "global::System.Half" ? $"{access} is null || {member.Type}.IsNaN({access}.Value)"
            : $"{access} is null";
        string value = member.IsNullable ? $"{access}.Value" : access;
        int start = feature.Start;

        if (member.Kind == MemberKind.Number)
        {
            string period = feature.Period.ToString("R", CultureInfo.InvariantCulture);
            string phase = $"{Math}.SinCos({Math}.Tau * {(member.IsNullable || !IsImplicit(member) ? $"(double){value}" : value)} / {period})";
            yield return $"// {feature.Name}: sine and cosine, with a period of {period}.";
            yield return $"(values[{start}], values[{start + 1}]) = {(member.IsNullable ? $"{missing} ? (0, 0) : {phase}" : phase)};";
            start += 2;
        }

        foreach (DateParts part in member.Kind == MemberKind.Number ? [] : feature.WrittenParts)
        {
            if (part == DateParts.Year)
            {
                yield return $"values[{start}] = {(member.IsNullable ? $"{missing} ? double.NaN : {value}.Year" : $"{value}.Year")};";
                start++;
            }
            else
            {
                if (start > feature.Start)
                {
                    yield return "";
                }

                string phase = $"{Math}.SinCos({Math}.Tau * {Phase(member, value, part)})";
                yield return $"// {feature.Name}: sine and cosine of the {Part(part)}.";
                yield return $"(values[{start}], values[{start + 1}]) = {(member.IsNullable ? $"{missing} ? (0, 0) : {phase}" : phase)};";
                start += 2;
            }
        }

        if (member.IsNullable)
        {
            yield return $"values[{start}] = {missing} ? 1 : 0;";
        }
    }

    /// <summary>The part of its period that has passed, from 0 to 1.</summary>
    private static string Phase(SampleMember member, string value, DateParts part) => part switch
    {
        DateParts.Hour => $"{value}.{(member.Kind == MemberKind.TimeOnly ? "ToTimeSpan()" : "TimeOfDay")}.TotalHours / 24",
        DateParts.DayOfWeek => $"(int){value}.DayOfWeek / 7",
        DateParts.DayOfMonth => $"({value}.Day - 1) / global::System.DateTime.DaysInMonth({value}.Year, {value}.Month)",
        DateParts.Month => $"({value}.Month - 1) / 12",
        _ => $"({value}.DayOfYear - 1) / (global::System.DateTime.IsLeapYear({value}.Year) ? 366 : 365)",
    };

    private static string Part(DateParts part) => part switch
    {
        DateParts.Hour => "hour",
        DateParts.DayOfWeek => "day of the week",
        DateParts.DayOfMonth => "day of the month",
        DateParts.Month => "month",
        _ => "day of the year",
    };

    /// <summary>A number, date or time as a value; NaN where it is missing.</summary>
    private static string NumberOrGap(SampleMember member, string access)
    {
        if (member.Kind == MemberKind.Number)
        {
            return (member.IsNullable, IsImplicit(member)) switch
            {
                (false, true) => access,
                (false, false) => $"(double){access}",
                (true, true) => $"{access} ?? double.NaN",
                (true, false) => $"(double?){access} ?? double.NaN",
            };
        }

        string value = member.IsNullable ? $"{access}.Value" : access;
        string number = member.Kind switch
        {
            MemberKind.DateOnly => $"{value}.DayNumber - {FirstDay}",
            MemberKind.DateTime => $"({value}.Ticks / (double)global::System.TimeSpan.TicksPerDay) - {FirstDay}",
            MemberKind.DateTimeOffset => $"({value}.UtcTicks / (double)global::System.TimeSpan.TicksPerDay) - {FirstDay}",
            _ => $"{value}.Ticks / (double)global::System.TimeSpan.TicksPerHour",
        };

        return member.IsNullable ? $"{access} is null ? double.NaN : {number}" : number;
    }

    private static bool IsImplicit(SampleMember member) =>
        member.Type is "sbyte" or "byte" or "short" or "ushort" or "int" or "uint" or "long" or "ulong" or "float" or "double";

    private static string Sum(int start, string index) => start == 0 ? index : $"{start} + {index}";

}
