namespace Nnfs.Generators.Models;

/// <summary>The public members that the generator writes into a sample.</summary>
internal static class SampleMembers
{
    public const string FeatureCount = "FeatureCount";
    public const string ClassCount = "ClassCount";
    public const string TargetCount = "TargetCount";
    public const string Schema = "Schema";
    public const string WriteFeatures = "WriteFeatures";
    public const string LabelOf = "LabelOf";

    private static readonly string[] s_all = [FeatureCount, ClassCount, TargetCount, Schema, WriteFeatures, LabelOf];

    /// <summary>Those of one sample.</summary>
    public static IEnumerable<string> Of(SampleSpec sample) => sample.Label switch
    {
        null => [FeatureCount, Schema, WriteFeatures],
        { IsClasses: true } => [FeatureCount, ClassCount, Schema, WriteFeatures, LabelOf],
        _ => [FeatureCount, TargetCount, Schema, WriteFeatures],
    };

    /// <summary>Whether some sample has a member of that name.</summary>
    public static bool IsOfSample(string name) => Array.IndexOf(s_all, name) >= 0;
}
