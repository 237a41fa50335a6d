namespace Nnfs.Generators.Tests.Samples;

/// <summary>The rules of samples: where each is reported, and what it says; and that nothing else is said.</summary>
public sealed class SampleAnalyzerTests
{
    [Theory]
    [InlineData(
        "[Sample] record {|NNFS201:Flower|}([Feature] int X);", "NNFS201: 'Flower' must be partial, so that the sample 'Flower' can be generated into it")]
    [InlineData(
        "class {|NNFS201:Outer|} { [Sample] partial record Flower([Feature] int X); }",
        "NNFS201: 'Outer' must be partial, so that the sample 'Flower' can be generated into it")]
    [InlineData(
        "class {|NNFS201:Outer|} { partial struct Middle { [Sample] partial record Flower([Feature] int X); } }",
        "NNFS201: 'Outer' must be partial, so that the sample 'Flower' can be generated into it")]
    public Task Type_that_is_not_partial_is_reported(string source, string message) => ReportsAsync(source, message);

    [Theory]
    [InlineData("[Sample] abstract partial record {|NNFS202:Flower|}([Feature] int X);", "is abstract")]
    [InlineData("[Sample] static partial class {|NNFS202:Flower|} { [Feature] static int {|NNFS204:X|} = 1; }", "is static", "it is static")]
    [InlineData("[Sample] partial record {|NNFS202:Flower|}<T>([Feature] int X);", "is generic")]
    [InlineData("partial class Outer<T> { [Sample] partial record {|NNFS202:Flower|}([Feature] int X); }", "is in the generic type 'Outer'")]
    [InlineData("[Sample] file partial record {|NNFS202:Flower|}([Feature] int X);", "is local to its file")]
    [InlineData("[Sample] ref partial struct {|NNFS202:Flower|} { [Feature] public int X { get; set; } }", "is a ref struct")]
    [InlineData("[Sample] partial record {|NNFS202:Schema|}([Feature] int X);", "has the name of one of its generated members")]
    [InlineData(
        "record Base([{|NNFS212:Feature|}] int Y); [Sample] partial record {|NNFS202:Flower|}([Feature] int X) : Base(X);",
        "inherits 'Y' from 'Base'; a sample has features and labels of its own only",
        "[Feature] on 'Y' does nothing, because 'Base' has no [Sample]")]
    [InlineData(
        "[Sample] partial record {|other:Flower|}([Feature] int X); partial record {|NNFS202:Flower|} { [Feature] public int Y { get; init; } }",
        "has features and labels on 2 partial declarations, whose order is undefined; put them on one")]
    public async Task Type_that_cannot_be_a_sample_is_reported(string source, string reason, string? further = null)
    {
        string name = source.Contains(":Schema|}", StringComparison.Ordinal) ? "Schema" : "Flower";
        string message = $"NNFS202: '{name}' cannot be a sample, because it {reason}";

        await ReportsAsync(source, further switch
        {
            null => [message],
            "it is static" => [message, $"NNFS204: 'X' cannot be a feature, because {further}"],
            _ => [$"NNFS212: {further}", message],
        });
    }

    [Theory]
    [InlineData("[Sample] partial record {|NNFS203:Flower|}(int X = 1);")]
    [InlineData("[Sample] partial class {|NNFS203:Flower|};")]
    [InlineData("[Sample] partial class {|NNFS203:Flower|} { [Label] public bool Is { get; set; } }")]
    public Task Sample_without_features_is_reported(string source) =>
        ReportsAsync(source, "NNFS203: The sample 'Flower' has no features; put [Feature] on what a network is to read");

    [Theory]
    [InlineData("[Feature] string {|NNFS204:X|}", "its type is string, not a number, bool, enum, date or array of numbers")]
    [InlineData("[Feature] char {|NNFS204:X|}", "its type is char, not a number, bool, enum, date or array of numbers")]
    [InlineData("[Feature(2)] bool[] {|NNFS204:X|}", "its type is bool[], not a number, bool, enum, date or array of numbers")]
    [InlineData("[Feature(2)] float[,] {|NNFS204:X|}", "its type is float[,], not a number, bool, enum, date or array of numbers")]
    [InlineData("[Feature] Rights {|NNFS204:X|}", "the values of Rights combine, as [Flags] says; use a bool for each")]
    [InlineData("[Feature] Empty {|NNFS204:X|}", "Empty has no names")]
    [InlineData("[Feature] int X, [{|other:Feature|}] [property: {|NNFS204:Feature|}] int Y", "it is declared as one twice", "Y")]
    [InlineData("[Feature] int X, [{|other:Feature|}] [property: {|NNFS204:Label|}] int Y", "it is declared as a label, too", "Y")]
    public Task Feature_that_cannot_be_one_is_reported(string parameters, string reason, string name = "X") =>
        ReportsAsync($"[Sample] partial record Flower({parameters}); {Enums}", $"NNFS204: '{name}' cannot be a feature, because {reason}");

    [Theory]
    [InlineData("[Feature] public static int {|NNFS204:X|} { get; set; }", "it is static")]
    [InlineData("[Feature] public int {|NNFS204:this|}[int i] => i;", "it is an indexer", "this[]")]
    [InlineData("private int _x; [Feature] public int {|NNFS204:X|} { set => _x = value; }", "it cannot be read")]
    [InlineData("private int _x; [Feature] public ref int {|NNFS204:X|} => ref _x;", "it is a reference to a variable")]
    public Task Feature_that_cannot_be_read_is_reported(string member, string reason, string name = "X") => ReportsAsync(
        $"[Sample] partial class Flower {{ {member} }}", $"NNFS204: '{name}' cannot be a feature, because {reason}");

    [Theory]
    [InlineData("[Label] string {|NNFS205:Y|}", "its type is string, not an enum, a bool, a number or an array of numbers")]
    [InlineData("[Label] System.DateOnly {|NNFS205:Y|}", "its type is DateOnly, not an enum, a bool, a number or an array of numbers")]
    [InlineData("[Label] Rights? {|NNFS205:Y|}", "the values of Rights combine, as [Flags] says; use a bool for each")]
    [InlineData("[Label] Empty {|NNFS205:Y|}", "Empty has no names")]
    [InlineData("[Label] Single {|NNFS205:Y|}", "Single has only one name, but a choice needs at least two")]
    public Task Label_that_cannot_be_one_is_reported(string parameter, string reason) =>
        ReportsAsync($"[Sample] partial record Flower([Feature] int X, {parameter}); {Enums}", $"NNFS205: 'Y' cannot be a label, because {reason}");

    [Theory]
    [InlineData("[Label] bool {|other:Y|}, [Label] bool {|NNFS206:Z|}", "only one label can be classes")]
    [InlineData("[Label] bool {|other:Y|}, [Label] int {|NNFS206:Z|}", "'Y' is classes; several labels must all be numbers")]
    [InlineData("[Label] float {|other:Y|}, [Label] Colour {|NNFS206:Z|}", "it is classes, but that is a number; several labels must all be numbers")]
    public Task Labels_that_disagree_are_reported(string parameters, string reason) =>
        ReportsAsync($"[Sample] partial record Flower([Feature] int X, {parameters}); {Enums}", $"NNFS206: 'Z' cannot be a label beside 'Y', because {reason}");

    [Theory]
    [InlineData("[{|NNFS207:Feature|}] float[] X", "must be given, as in [Feature(16)], because it is an array")]
    [InlineData("[Feature] int Z, [{|NNFS207:Label|}] float[] X", "must be given, as in [Label(16)], because it is an array")]
    [InlineData("[Feature({|NNFS207:0|})] float[] X", "must be from 1 to 1048576, but is 0")]
    [InlineData("[Feature(length: {|NNFS207:-1|})] float[] X", "must be from 1 to 1048576, but is -1")]
    [InlineData("[Feature({|NNFS207:4|})] float X", "is 4, but its type is float, which is no array; write [Feature]")]
    public Task Length_that_is_missing_or_wrong_is_reported(string parameters, string fault) =>
        ReportsAsync($"[Sample] partial record Flower({parameters});", $"NNFS207: The length of 'X' {fault}");

    [Theory]
    [InlineData("[Feature(Embedding = {|NNFS208:8|})] int X", "'Embedding' of 'X' is for enums, but the type is int; remove it")]
    [InlineData("[Feature(Embedding = {|NNFS208:0|})] Colour X", "'Embedding' of 'X' must be at least 1 dimension, but is 0")]
    [InlineData(
        "[Feature(Scaling = {|NNFS208:FeatureScaling.Log|})] bool? X", "'Scaling' of 'X' is for numbers, but the type is bool?; remove it")]
    [InlineData(
        "[Feature(Cyclic = 24, Scaling = {|NNFS208:FeatureScaling.Log|})] int X",
        "'Scaling' of 'X' is for numbers, but sines and cosines are read as they are; remove it")]
    [InlineData("[Feature(Scaling = {|NNFS208:(FeatureScaling)9|})] int X", "'Scaling' of 'X' must be one of the names of FeatureScaling, but is 9")]
    [InlineData(
        "[Feature] int Z, [Label(Scaling = {|NNFS208:FeatureScaling.MinMax|})] int X", "'Scaling' of 'X' must be Standardize or None for a label")]
    [InlineData("[Feature(Cyclic = {|NNFS208:0|})] int X", "'Cyclic' of 'X' must be a period above 0, but is 0")]
    [InlineData("[Feature(Cyclic = {|NNFS208:24|})] Colour X", "'Cyclic' of 'X' is for a single number, date or time, but the type is Colour; remove it")]
    [InlineData(
        "[Feature(Cyclic = {|NNFS208:24|})] System.DateOnly X",
        "'Cyclic' of 'X' of DateOnly must be 7 (the day of the week) or 12 (the month), but is 24")]
    [InlineData("[Feature(Cyclic = {|NNFS208:7|})] System.TimeOnly X", "'Cyclic' of 'X' of TimeOnly must be 24 (the hour), but is 7")]
    [InlineData("[Feature(Parts = {|NNFS208:DateParts.Year|})] int X", "'Parts' of 'X' is for dates and times, but the type is int; remove it")]
    [InlineData(
        "[Feature(Parts = {|NNFS208:DateParts.Hour | DateParts.Year|})] System.DateOnly X", "'Parts' of 'X' has Hour, which DateOnly has not")]
    [InlineData(
        "[Feature(Cyclic = 7, Parts = {|NNFS208:DateParts.Year|})] System.DateOnly X",
        "'Parts' of 'X' cannot be given beside Cyclic, which is one of them; remove either")]
    [InlineData("[Feature(Name = {|NNFS208:\" \"|})] int X", "'Name' of 'X' must be a text without line breaks, and without spaces around it")]
    public Task Setting_that_does_not_fit_is_reported(string parameters, string message) =>
        ReportsAsync($"[Sample] partial record Flower({parameters}); {Enums}", "NNFS208: " + message);

    [Theory]
    [InlineData("[Feature] int {|other:X|}, [Feature(Name = {|NNFS209:\"X\"|})] int Y", "'Y' has the name 'X', which is that of 'X'")]
    [InlineData("[Feature(3)] float[] {|other:X|}, [Feature(Name = {|NNFS209:\"X[2]\"|})] int Y", "'Y' has the name 'X[2]', which is that of 'X'")]
    [InlineData("[Feature(Name = \"Y\")] int {|other:X|}, [Label] int {|NNFS209:Y|}", "'Y' has the name 'Y', which is that of 'X'")]
    public Task Names_that_are_the_same_are_reported(string parameters, string message) =>
        ReportsAsync($"[Sample] partial record Flower({parameters});", $"NNFS209: {message}; give one of them another Name");

    [Theory]
    [InlineData(
        "[Sample] partial record {|NNFS210:Flower|}([Feature] int X, string Id);",
        "no feature or label is the parameter 'Id' of its constructor; give that a default value")]
    [InlineData(
        "[Sample] partial class {|NNFS210:Flower|} { [Feature] public int X => 1; }", "'X' has no setter, and no constructor takes it; add '{ get; init; }'")]
    [InlineData(
        "[Sample] partial class {|NNFS210:Flower|} { [Feature] private readonly int _x; public Flower(long x) => _x = (int)x; }",
        "no feature or label is the parameter 'x' of its constructor; give that a default value")]
    [InlineData(
        "[Sample] partial class {|NNFS210:Flower|} { [Feature] public int X { get; set; } public required string Id { get; set; } }",
        "it has the required member 'Id', which is no feature or label")]
    public Task Sample_that_cannot_be_made_is_reported(string source, string reason) =>
        ReportsAsync(source, $"NNFS210: 'Flower' cannot be made of its features and labels, because {reason}");

    [Theory]
    [InlineData(
        "[{|other:Sample|}] partial record Flower([Feature] int {|NNFS211:FeatureCount|});",
        "The member 'FeatureCount' has the name of a generated member; rename it, and keep its column by Name = \"FeatureCount\"")]
    [InlineData(
        "[{|other:Sample|}] partial record Flower([Feature] int X) { public static void {|NNFS211:WriteFeatures|}() { } }",
        "The member 'WriteFeatures' has the name of a generated member; rename it")]
    public Task Member_with_a_generated_name_is_reported(string source, string message) => ReportsAsync(source, "NNFS211: " + message);

    [Theory]
    [InlineData("record Flower([{|NNFS212:Feature|}] int X);", "[Feature] on 'X' does nothing, because 'Flower' has no [Sample]")]
    [InlineData("class Flower { [{|NNFS212:Label|}] public int X { get; set; } }", "[Label] on 'X' does nothing, because 'Flower' has no [Sample]")]
    [InlineData(
        "[Sample] partial class Flower([{|NNFS212:Feature(3)|}] int x) { [Feature] public int X { get; set; } = x; }",
        "[Feature] on 'x' does nothing, because only properties, fields and the parameters of a positional record can be features and labels")]
    [InlineData(
        "class Flower { void Move([{|NNFS212:Feature|}] int x) { } }",
        "[Feature] on 'x' does nothing, because only properties, fields and the parameters of a positional record can be features and labels")]
    public Task Feature_without_a_sample_is_reported(string source, string message) => ReportsAsync(source, "NNFS212: " + message);

    [Theory]
    [InlineData("[Sample] partial record Flower([Feature] Missing X);")]
    [InlineData("[Sample] partial record Flower([Feature(Size)] int[] X);")]
    [InlineData("[Sample] partial record Flower([Feature(")]
    [InlineData("[Sample] partial record ([Feature] int X);")]
    [InlineData("[Sample] partial")]
    [InlineData("[Sample] enum Flower { X }")]
    [InlineData("[Sample] partial record Flower { [Feature] public int { get; } [Feature] }")]
    public void Half_typed_code_gives_no_exception(string source) => Assert.Null(GeneratorHarness.Run("using Nnfs; " + source).Result.Exception);

    [Fact]
    public async Task Rules_of_samples_say_why_the_sample_refuses()
    {
        GeneratorRun run = await ReportsAsync(
            "[Sample] internal partial record Flower([Feature] int X, [Feature] string {|NNFS204:Y|}, [Label] bool Z);",
            "NNFS204: 'Y' cannot be a feature, because its type is string, not a number, bool, enum, date or array of numbers");

        Assert.DoesNotContain(run.CompilerProblems(), static problem => problem.Contains("error", StringComparison.Ordinal));
        Assert.Contains(
            "InvalidOperationException(\"The sample 'Flower' was declared with errors, so it cannot be used:\\nNNFS204: 'Y' cannot be a feature",
            run.File,
            StringComparison.Ordinal);
    }

    private const string Enums = "enum Colour { White, Red } enum Empty; enum Single { Only } [System.Flags] enum Rights { Read = 1, Write = 2 }";

    private static Task<GeneratorRun> ReportsAsync(string source, params string[] messages) =>
        new MarkedSource("using Nnfs; " + source).AssertReportsAsync(messages);
}
