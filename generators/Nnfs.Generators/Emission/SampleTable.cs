using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>The table of features in the documentation of a sample.</summary>
internal static class SampleTable
{
    /// <summary>The lines of the table, fit for a documentation comment.</summary>
    public static IEnumerable<string> Lines(SampleSpec sample)
    {
        List<string[]> rows = [["feature", "type", "values", "written as"]];

        foreach (FeatureSpec feature in sample.Features)
        {
            rows.Add([feature.Name, TypeOf(feature.Member), Places(feature), Encoding(feature)]);
        }

        foreach (LabelTarget target in sample.Label?.Members ?? default)
        {
            rows.Add([target.Member.Name, TypeOf(target.Member), "label", Label(target)]);
        }

        int[] widths = [.. Enumerable.Range(0, 3).Select(column => rows.Max(row => row[column].Length))];

        return rows.Select(row => Escape($"{row[0].PadRight(widths[0])}   {row[1].PadRight(widths[1])}   {row[2].PadRight(widths[2])}   {row[3]}"));
    }

    private static string TypeOf(SampleMember member) =>
        member.FullType.Replace("global::", "") is var type && type.Contains('<') ? type : type.Substring(type.LastIndexOf('.') + 1);

    private static string Places(FeatureSpec feature) =>
        feature.Values == 1 ? $"{feature.Start}" : $"{feature.Start} … {feature.Start + feature.Values - 1}";

    private static string Encoding(FeatureSpec feature)
    {
        string text = feature.Encoding switch
        {
            FeatureEncoding.OneHot => $"one of {Names(feature.Categories)}",
            FeatureEncoding.Index => $"index of {Names(feature.Categories)}; {feature.Embedding} dimensions",
            FeatureEncoding.Cyclic when feature.Parts != DateParts.None => $"sine and cosine of the {Part(feature.Parts)}",
            FeatureEncoding.Cyclic => $"sine and cosine, period {feature.Period.ToString(System.Globalization.CultureInfo.InvariantCulture)}",
            FeatureEncoding.Parts => Wording.List(feature.WrittenParts.Select(Part)),
            _ when feature.Member.Kind == MemberKind.Boolean => "0 or 1",
            _ => $"{(feature.Member.Kind == MemberKind.Number ? "number" : feature.Member.Kind == MemberKind.TimeOnly ? "hours" : "days since 2000-01-01")}, "
                + Scaling(feature.Scaling),
        };

        return !feature.IsNullable ? text
            : feature.Encoding == FeatureEncoding.Index ? $"{text}; {feature.Categories.Count} if missing"
            : $"{text}; 1 if missing";
    }

    private static string Label(LabelTarget target)
    {
        string text = target.Member.Categories.Count > 0
            ? $"one of {Names(target.Member.Categories)}"
            : $"{Wording.Count(target.Member.Columns, "number")}, {Scaling(target.Scaling)}";

        return target.Member.IsNullable ? $"{text}; may be missing" : text;
    }

    private static string Scaling(FeatureScaling scaling) => scaling switch
    {
        FeatureScaling.MinMax => "scaled to 0 … 1",
        FeatureScaling.None => "not scaled",
        FeatureScaling.Log => "logarithm, standardized",
        _ => "standardized",
    };

    private static string Part(DateParts part) => part switch
    {
        DateParts.Hour => "hour",
        DateParts.DayOfWeek => "day of the week",
        DateParts.DayOfMonth => "day of the month",
        DateParts.Month => "month",
        DateParts.DayOfYear => "day of the year",
        _ => "year",
    };

    /// <summary>The names of an enum, or its first ones.</summary>
    private static string Names(EquatableArray<string> names)
    {
        const int Most = 8;

        return names.Count <= Most ? string.Join(", ", names) : $"{string.Join(", ", names.Take(Most - 1))} … ({names.Count} names)";
    }

    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
