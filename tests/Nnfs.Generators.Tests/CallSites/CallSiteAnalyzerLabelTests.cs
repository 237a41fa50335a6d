namespace Nnfs.Generators.Tests.CallSites;

/// <summary>NNFS102: constant labels.</summary>
public sealed class CallSiteAnalyzerLabelTests
{
    private const string Three = "Label 3 is not a class of 'SpiralNet', whose classes are 0 to 2";

    [Theory]
    [InlineData("net.Forward(floats, [0, [|3|], 2], pass);")]
    [InlineData("net.Backward(floats, [[|3|]], pass);")]
    [InlineData("net.Forward(floats, new[] { 0, [|3|] }, pass);")]
    [InlineData("net.Forward(floats, new int[] { [|Two + 1|] }, pass);")]
    [InlineData("net.Forward(floats, new int[2] { 0, [|SpiralNet.OutputSize|] }, pass);")]
    [InlineData("net.Forward(floats, stackalloc int[] { 0, [|3|] }, pass);")]
    [InlineData("net.Forward(floats, stackalloc[] { 0, [|3|] }, pass);")]
    [InlineData("net.Forward(floats, stackalloc int[2] { 0, [|3|] }, pass);")]
    [InlineData("net.Forward(floats, labels: [[|3|], count, ints[0]], workspace: pass);")]
    [InlineData("int label = 3; net.Forward(floats, [[|label|]], pass);")]
    [InlineData("net.Forward(floats, [.. new[] { 0, [|3|] }, 1], pass);")]
    [InlineData("net.Forward(floats, new[] { 9, 0, [|3|] }.AsSpan(1), pass);")]
    [InlineData("net.Forward(floats, new[] { 9, [|3|], 9 }[1..2], pass);")]
    [InlineData("net.Forward(floats, [.. new[] { 9, [|3|], 9 }[1..^1], 1], pass);")]
    [InlineData("int[] labels = [0, [|3|]]; net.Forward(floats, {|labels|}, pass);")]
    [InlineData("ReadOnlySpan<int> labels = [0, [|3|]]; net.Forward(floats, {|labels|}, pass);")]
    [InlineData("Span<int> labels = stackalloc int[] { 0, [|3|] }; net.Forward(floats, {|labels|}, pass);")]
    [InlineData("int[] labels = { 0, [|3|] }; net.Forward(floats, {|labels.AsSpan(0, 2)|}, pass);")]
    [InlineData("int[] labels = [0, [|3|]]; ReadOnlySpan<int> part = labels.AsSpan()[1..]; net.Forward(floats, {|part|}, pass);")]
    [InlineData(
        "int[] labels = [0, [|3|]]; foreach (int label in labels) { } count = labels[0] + labels.Length; Read(labels); net.Forward(floats, {|labels|}, pass);")]
    [InlineData("int[] labels = [0, [|3|]]; int[] copy = labels[..]; copy[1] = 2; net.Forward(floats, {|labels|}, pass);")]
    [InlineData("int[] labels = [0, [|3|]]; net.Forward(floats, {|labels|}, pass); net.Backward(floats, labels, pass);")]
    [InlineData("int[] labels = [0, 9, [|3|]]; net.Forward(floats, {|labels.AsSpan(2)|}, pass); net.Backward(floats, labels.AsSpan(2), pass);")]
    [InlineData("int[] labels = [0, [|3|]]; while (flag) { net.Forward(floats, {|labels|}, pass); net.Backward(floats, labels, pass); }")]
    [InlineData("int[] labels = [[|3|]]; net.Forward(floats, {|[.. labels, .. labels]|}, pass);")]
    public Task Label_no_class_is_reported(string statements) => CallSite.ExpectAsync(statements, Three);

    [Fact]
    public Task Label_below_zero_is_reported() => CallSite.ExpectAsync(
        "net.Forward(floats, [[|-1|], [|int.MaxValue|]], pass);",
        "Label -1 is not a class of 'SpiralNet', whose classes are 0 to 2",
        "Label 2147483647 is not a class of 'SpiralNet', whose classes are 0 to 2");

    [Fact]
    public Task Labels_shared_and_own_are_reported_once_each() => CallSite.ExpectAsync(
        "int[] labels = [0, [|3|]]; net.Forward(floats, {|labels|}, pass); net.Backward(floats, [[|3|]], pass); net.Forward(floats, labels, pass);",
        Three,
        Three);

    [Fact]
    public Task Label_and_number_of_labels_are_both_reported() => CallSite.ExpectAsync(
        "net.Forward({|new float[4]|}, [|[0, 1, [|3|]]|], pass);",
        "'labels' of 'SpiralNet.Forward' must hold 2 labels, one for each sample, but it has 3",
        Three);

    [Theory]
    [InlineData("net.Forward(floats, [0, 1, 2], pass);")]
    [InlineData("net.Forward(floats, new int[4], pass);")]
    [InlineData("net.Forward(floats, [count, ints[0]], pass);")]
    [InlineData("net.Forward(floats, ints, pass);")]
    [InlineData("net.Forward(floats, new[] { 9, 1 }.AsSpan(1), pass);")]
    [InlineData("net.Forward(floats, [9f, 9f, 9f], pass);")]
    [InlineData("int[] labels = [0, 3]; labels[1] = 2; net.Forward(floats, labels, pass);")]
    [InlineData("int[] labels = [0, 3]; labels[1]--; net.Forward(floats, labels, pass);")]
    [InlineData("int[] labels = [0, 3]; labels[^1] = 2; net.Forward(floats, labels, pass);")]
    [InlineData("int[] labels = [0, 3]; Fill(labels); net.Forward(floats, labels, pass);")]
    [InlineData("int[] labels = [0, 3]; labels.AsSpan().Clear(); net.Forward(floats, labels, pass);")]
    [InlineData("int[] labels = [0, 3]; labels.AsSpan(1)[0] = 2; net.Forward(floats, labels, pass);")]
    [InlineData("int[] labels = [0, 3]; Span<int> span = labels; span[1] = 2; net.Forward(floats, labels, pass);")]
    [InlineData("int[] labels = [0, 3]; int[] other = labels; other[1] = 2; net.Forward(floats, labels, pass);")]
    [InlineData("int[] labels = [0, 3]; ref int last = ref labels[1]; last = 2; net.Forward(floats, labels, pass);")]
    [InlineData("int[] labels = [0, 3]; foreach (ref int label in labels.AsSpan()) { label = 0; } net.Forward(floats, labels, pass);")]
    [InlineData("int[] labels = [0, 3]; Action a = () => labels[1] = 2; a(); net.Forward(floats, labels, pass);")]
    [InlineData("int[] labels = [0, 3]; ReadOnlySpan<int> view = labels; labels[1] = 2; net.Forward(floats, view, pass);")]
    [InlineData("int[] labels = [0, 3]; (labels[0], labels[1]) = (1, 2); net.Forward(floats, labels, pass);")]
    [InlineData("int[] labels = [0, 3]; Array array = labels; array.SetValue(2, 1); net.Forward(floats, labels, pass);")]
    [InlineData("Span<int> labels = stackalloc int[] { 0, 3 }; labels[1] = 2; net.Forward(floats, labels, pass);")]
    [InlineData("Span<int> labels = [0, 3]; if (labels is [_, .. var rest]) { rest[0] = 2; } net.Forward(floats, labels, pass);")]
    [InlineData("int label = 3; label = 2; net.Forward(floats, [label], pass);")]
    [InlineData("int[] labels = [0, 3]; labels = [0, 2]; net.Forward(floats, labels, pass);")]
    [InlineData("net.Forward(floats, flag ? [3] : new[] { 2 }, pass);")]
    public Task Label_that_could_be_right_is_not_reported(string statements) => CallSite.ExpectNothingAsync(statements);
}
