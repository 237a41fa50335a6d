namespace Nnfs.Generators.Tests.CallSites;

/// <summary>Which lengths the analyzer knows, and which it must not claim to know.</summary>
public sealed class CallSiteAnalyzerLengthTests
{
    [Theory]
    [InlineData("net.Classify([|new float[3]|]);")]
    [InlineData("net.Classify([|new float[3L]|]);")]
    [InlineData("net.Classify([|new float[3u]|]);")]
    [InlineData("net.Classify([|new float[(byte)3]|]);")]
    [InlineData("net.Classify([|new float[Two + 1]|]);")]
    [InlineData("net.Classify([|new float[2 * SpiralNet.InputSize - 1]|]);")]
    [InlineData("const int n = 3; net.Classify([|new float[n]|]);")]
    [InlineData("int n = 3; net.Classify([|new float[n]|]);")]
    [InlineData("int n = 1; int m = n + Two; net.Classify([|new float[m]|]);")]
    [InlineData("int n = 6; net.Classify([|new float[n / 2]|]);")]
    [InlineData("int n = 7; net.Classify([|new float[n % 4]|]);")]
    [InlineData("int n = 3; long m = n; net.Classify([|new float[m]|]);")]
    [InlineData("byte n = 3; net.Classify([|new float[n]|]);")]
    [InlineData("net.Classify([|new float[] { 1, 2, 3 }|]);")]
    [InlineData("net.Classify([|new float[3] { 1, 2, 3 }|]);")]
    [InlineData("net.Classify([|new[] { 1f, 2f, 3f }|]);")]
    [InlineData("net.Classify([|stackalloc float[3]|]);")]
    [InlineData("net.Classify([|stackalloc float[Two + 1]|]);")]
    [InlineData("net.Classify([|stackalloc float[] { 1, 2, 3 }|]);")]
    [InlineData("net.Classify([|stackalloc[] { 1f, 2f, 3f }|]);")]
    [InlineData("int n = 3; net.Classify([|stackalloc float[n]|]);")]
    [InlineData("net.Classify([|[1, 2, 3]|]);")]
    [InlineData("net.Classify([|(([1, 2, 3]))|]);")]
    [InlineData("net.Classify([|[.. new float[2], 3]|]);")]
    [InlineData("net.Classify([|[count, .. (float[])[1, 2]]|]);")]
    [InlineData("net.Classify([|(float[])[1, 2, 3]|]);")]
    [InlineData("net.Classify([|(ReadOnlySpan<float>)(new float[3])|]);")]
    [InlineData("net.Classify([|new float[5].AsSpan(0, 3)|]);")]
    [InlineData("net.Classify([|new float[5].AsSpan(2)|]);")]
    [InlineData("net.Classify([|new float[3].AsSpan()|]);")]
    [InlineData("net.Classify([|new float[5].AsSpan(^3)|]);")]
    [InlineData("net.Classify([|new float[5].AsSpan(1..^1)|]);")]
    [InlineData("net.Classify([|new float[5].AsSpan(2..)|]);")]
    [InlineData("net.Classify([|floats.AsSpan().Slice(0, 0).Slice(0) is var s ? new float[3] : new float[3]|]);")]
    [InlineData("net.Classify([|new float[5].AsSpan().Slice(1, 3)|]);")]
    [InlineData("net.Classify([|new float[5].AsSpan().Slice(length: 3, start: 1)|]);")]
    [InlineData("net.Classify([|new float[5].AsSpan().Slice(2)|]);")]
    [InlineData("net.Classify([|(new float[5])[..3]|]);")]
    [InlineData("net.Classify([|(new float[5])[1..4]|]);")]
    [InlineData("net.Classify([|(new float[5])[^3..]|]);")]
    [InlineData("net.Classify([|(new float[3])[..]|]);")]
    [InlineData("net.Classify([|new float[5].AsSpan()[2..]|]);")]
    [InlineData("net.Classify([|new float[5].AsSpan()[..^2]|]);")]
    [InlineData("net.Classify([|new Span<float>(new float[3])|]);")]
    [InlineData("net.Classify([|new ReadOnlySpan<float>(new float[5], 1, 3)|]);")]
    [InlineData("net.Classify([|new float[5].AsSpan(0, 3).ToArray()|]);")]
    [InlineData("net.Classify([|flag ? [1, 2, 3] : new float[3]|]);")]
    [InlineData("net.Classify([|Two == 2 ? new float[3] : new float[2]|]);")]
    [InlineData("var x = {|new float[3]|}; net.Classify([|x|]);")]
    [InlineData("float[] x = {|{ 1, 2, 3 }|}; net.Classify([|x|]);")]
    [InlineData("float[] x = {|[1, 2, 3]|}; net.Classify([|x|]);")]
    [InlineData("Span<float> x = {|stackalloc float[3]|}; net.Classify([|x|]);")]
    [InlineData("ReadOnlySpan<float> x = {|[1, 2, 3]|}; net.Classify([|x|]);")]
    [InlineData("ReadOnlySpan<float> x = {|new float[5]|}; var y = x[2..]; net.Classify([|y|]);")]
    [InlineData("float[] x = {|new float[5]|}; net.Classify([|x.AsSpan(1, 3)|]);")]
    [InlineData("float[] x = {|new float[3]|}; x[0] = 1; x.AsSpan().Fill(2); Array.Sort(x); Look(x); net.Classify([|x|]);")]
    [InlineData("float[] x = {|new float[3]|}; Action a = () => Array.Clear(x); a(); net.Classify([|x|]);")]
    [InlineData("float[] x = {|new float[3]|}; Action a = () => net.Classify([|x|]); a();")]
    [InlineData("float[] x = {|new float[3]|}; ref float first = ref x[0]; first = 2; net.Classify([|x|]);")]
    [InlineData("float[] x = {|new float[3]|}; foreach (float f in x) { net.Classify([|x|]); }")]
    [InlineData("for (int i = 0; i < 9; i++) { float[] x = {|new float[3]|}; net.Classify([|x|]); }")]
    [InlineData("float[] x = {|new float[3]|}; void Local() => net.Classify([|x|]); Local();")]
    [InlineData("float[] x = new float[3]; net.Classify([|new float[x.Length]|]);")]
    [InlineData("Span<float> x = stackalloc float[3]; net.Classify([|new float[x.Length]|]);")]
    public Task Length_known_as_3_is_reported(string statements) =>
        CallSite.ExpectAsync(statements, "'input' of 'SpiralNet.Classify' must hold 2 values (1 sample of 2), but it has 3");

    [Theory]
    [InlineData("net.Classify([|Array.Empty<float>()|]);")]
    [InlineData("net.Classify([|[]|]);")]
    [InlineData("net.Classify([|default|]);")]
    [InlineData("net.Classify([|default(ReadOnlySpan<float>)|]);")]
    [InlineData("net.Classify([|null|]);")]
    [InlineData("net.Classify([|ReadOnlySpan<float>.Empty|]);")]
    [InlineData("net.Classify([|Span<float>.Empty|]);")]
    [InlineData("net.Classify([|new Span<float>()|]);")]
    [InlineData("net.Classify([|new float[3].AsSpan(3)|]);")]
    [InlineData("net.Classify([|new float[0]|]);")]
    public Task Length_known_as_0_is_reported(string statements) =>
        CallSite.ExpectAsync(statements, "'input' of 'SpiralNet.Classify' must hold 2 values (1 sample of 2), but it has 0");

    [Theory]
    [InlineData("net.Classify(new float[2]);")]
    [InlineData("net.Classify(stackalloc float[2]);")]
    [InlineData("net.Classify(stackalloc[] { 1f, 2f });")]
    [InlineData("net.Classify([.. new float[1], 3]);")]
    [InlineData("net.Classify([.. new float[2], .. Array.Empty<float>()]);")]
    [InlineData("net.Classify(new float[5].AsSpan(0, 2));")]
    [InlineData("net.Classify(new float[5].AsSpan(3));")]
    [InlineData("net.Classify(new float[5].AsSpan(^2));")]
    [InlineData("net.Classify((new float[5])[1..3]);")]
    [InlineData("net.Classify((new float[5])[^2..]);")]
    [InlineData("net.Classify(new float[5].AsSpan()[..^3]);")]
    [InlineData("net.Classify(new float[5].AsSpan().Slice(1, 2));")]
    [InlineData("net.Classify(new Span<float>(new float[5], 1, 2));")]
    [InlineData("net.Classify(new float[3].AsSpan(1).ToArray());")]
    [InlineData("net.Classify(flag ? [1, 2] : new float[2]);")]
    [InlineData("var x = new float[2]; net.Classify(x);")]
    [InlineData("ReadOnlySpan<float> x = [1, 2, 3]; net.Classify(x[..2]);")]
    [InlineData("int n = 1; net.Classify(new float[n + 1]);")]
    public Task Length_known_as_right_is_not_reported(string statements) => CallSite.ExpectNothingAsync(statements);

    [Theory]
    [InlineData("net.Classify(floats);")]
    [InlineData("net.Classify(new float[count]);")]
    [InlineData("net.Classify(new float[count + 3]);")]
    [InlineData("net.Classify(stackalloc float[count]);")]
    [InlineData("net.Classify([1, 2, 3, .. floats]);")]
    [InlineData("net.Classify([.. Enumerable.Repeat(1f, 3)]);")]
    [InlineData("net.Classify(new float[5].AsSpan(count));")]
    [InlineData("net.Classify(new float[5].AsSpan(0, count));")]
    [InlineData("net.Classify((new float[5])[..count]);")]
    [InlineData("net.Classify((new float[5])[^count..]);")]
    [InlineData("Range r = 0..3; net.Classify((new float[5])[r]);")]
    [InlineData("Index i = 3; net.Classify(new float[5].AsSpan(i));")]
    [InlineData("net.Classify(floats.AsSpan(3));")]
    [InlineData("net.Classify(flag ? new float[3] : new float[2]);")]
    [InlineData("net.Classify(flag ? new float[3] : floats);")]
    [InlineData("net.Classify(flag ? new float[3] : new float[4]);")]
    [InlineData("net.Classify(floats ?? new float[3]);")]
    [InlineData("net.Classify(count switch { 1 => new float[3], _ => new float[2] });")]
    [InlineData("float[][] rows = [[1, 2], [3, 4]]; net.Classify(rows[^1]); net.Classify(rows[1]);")]
    [InlineData("net.Classify(Enumerable.Repeat(1f, 3).ToArray());")]
    [InlineData("float[] x = new float[3]; x = new float[2]; net.Classify(x);")]
    [InlineData("float[] x = new float[3]; net.Classify(x = new float[2]);")]
    [InlineData("float[] x = new float[3]; if (flag) { x = floats; } net.Classify(x);")]
    [InlineData("float[] x; x = new float[3]; if (flag) { x = floats; } net.Classify(x);")]
    [InlineData("float[] x = new float[3]; while (flag) { net.Classify(x); x = floats; }")]
    [InlineData("float[] x = new float[3]; do { net.Predict(x, floats); x = new float[2]; } while (flag);")]
    [InlineData("float[] x = new float[3]; Grow(ref x); net.Classify(x);")]
    [InlineData("float[] x = new float[3]; Array.Resize(ref x, 2); net.Classify(x);")]
    [InlineData("float[] x = new float[3]; Make(out x); net.Classify(x);")]
    [InlineData("Make(out float[] x); net.Classify(x);")]
    [InlineData("float[] x = new float[3]; ref float[] y = ref x; y = new float[2]; net.Classify(x);")]
    [InlineData("float[] x = new float[3]; float[] z = floats; (flag ? ref x : ref z) = new float[2]; net.Classify(x);")]
    [InlineData("float[] x = new float[3]; float[] z = floats; ref float[] y = ref (flag ? ref x : ref z); y = new float[2]; net.Classify(x);")]
    [InlineData("float[] z = floats; ref float[] y = ref z; float[] x = new float[3]; y = ref x; y = new float[2]; net.Classify(x);")]
    [InlineData("float[] x = new float[3]; Action a = () => x = new float[2]; a(); net.Classify(x);")]
    [InlineData("float[] x = new float[3]; void Local() => x = new float[2]; Local(); net.Classify(x);")]
    [InlineData("float[] x = new float[3]; void Local() { Action a = () => net.Classify(x); a(); } x = new float[2]; Local();")]
    [InlineData("float[] x = new float[3]; (x, _) = (new float[2], 0); net.Classify(x);")]
    [InlineData("float[] x = new float[3]; float[] y = [1]; (x, y) = (y, x); net.Classify(x);")]
    [InlineData("float[] x = null!; x ??= new float[2]; net.Classify(x);")]
    [InlineData("Span<float> x = new float[3]; x = x[1..]; net.Classify(x);")]
    [InlineData("Span<float> x = new float[3]; GrowSpan(ref x); net.Classify(x);")]
    [InlineData("Span<float> x = stackalloc float[3]; if (flag) { x = floats; } net.Classify(x);")]
    [InlineData("int n = 3; n = 2; net.Classify(new float[n]);")]
    [InlineData("int n = 3; n--; net.Classify(new float[n]);")]
    [InlineData("int n = 3; n -= 1; net.Classify(new float[n]);")]
    [InlineData("for (int n = 3; n > 1; n--) { net.Classify(new float[n]); }")]
    [InlineData("foreach (var x in new float[][] { [1, 2], [3, 4] }) { net.Classify(x); }")]
    [InlineData("unsafe { int n = 3; int* p = &n; *p = 2; net.Classify(new float[n]); }")]
    [InlineData("object x = new float[3]; net.Classify((float[])x);")]
    [InlineData("if (floats is [_, _, .. var rest]) { net.Classify(rest); }")]
    [InlineData("net.Classify((Wrapped)new float[3]);")]
    [InlineData("Span<float> x = new float[3]; x.Shrink(); net.Classify(x);")]
    [InlineData("int n = 3; n.Lower(); net.Classify(new float[n]);")]
    public Task Length_that_could_be_right_is_not_reported(string statements) => CallSite.ExpectFileAsync(CallSite.Method(statements) + """

        public sealed class Wrapped
        {
            public static implicit operator Wrapped(float[] values) => new();
            public static implicit operator ReadOnlySpan<float>(Wrapped values) => new float[2];
        }

        public static class Extensions
        {
            extension(ref Span<float> span)
            {
                public void Shrink() => span = span[1..];
            }

            public static void Lower(this ref int n) => n--;
        }
        """);

    [Theory]
    [InlineData(
        "net.Predict(new float[2147483647], floats);",
        "'inputs' of 'SpiralNet.Predict' must hold a whole number of samples of 2 values, but it has 2147483647",
        "new float[2147483647]")]
    [InlineData(
        "net.Predict(new float[2147483646], new float[3]);",
        "'outputs' of 'SpiralNet.Predict' must hold 3221225469 values (1073741823 samples of 3), but it has 3",
        "new float[3]")]
    public async Task Huge_length_is_computed_without_overflow(string statements, string message, string at) => await CallSite.ExpectAsync(
        statements.Replace(at, $"[|{at}|]", StringComparison.Ordinal).Replace("(new float[2147483646]", "({|new float[2147483646]|}", StringComparison.Ordinal),
        message);

    [Theory]
    [InlineData("int n = 2147483647; net.Classify(new float[unchecked(n + 4)]);")]
    [InlineData("int n = 65536; net.Classify(new float[unchecked(n * n + 3)]);")]
    [InlineData("net.Classify(new float[4294967299]);")]
    [InlineData("net.Classify(new float[9223372036854775807]);")]
    [InlineData("net.Classify(new float[18446744073709551615]);")]
    [InlineData("int n = 300; net.Classify(new float[unchecked((byte)n)]);")]
    [InlineData("long n = long.MaxValue; net.Classify(new float[unchecked(n * n)]);")]
    [InlineData("int n = 0; net.Classify(new float[3 / n]);")]
    [InlineData("int n = int.MinValue; net.Classify(new float[n / -1]);")]
    [InlineData("net.Classify(new float[3].AsSpan(4));")]
    [InlineData("net.Classify(new float[3].AsSpan(2, 2147483647));")]
    [InlineData("net.Classify((new float[5])[^6..]);")]
    [InlineData("net.Classify((new float[5])[4..1]);")]
    [InlineData("int[] x = new int[2000000000]; net.Classify([.. floats, .. new float[2000000000], .. new float[2000000000]]);")]
    public Task Length_that_no_array_has_is_not_reported(string statements) => CallSite.ExpectNothingAsync(statements);

    [Fact]
    public Task Length_of_a_chain_of_locals_is_known() => CallSite.ExpectAsync(
        $"float[] x0 = {{|new float[3]|}}; " +
        $"{string.Join(' ', Enumerable.Range(1, 100).Select(static i => $"float[] x{i} = x{i - 1};"))} net.Classify([|x100|]);",
        "'input' of 'SpiralNet.Classify' must hold 2 values (1 sample of 2), but it has 3");

    [Fact]
    public Task Length_of_an_endless_sum_is_not_computed() => CallSite.ExpectNothingAsync(
        $"int n = 1; net.Classify(new float[{string.Join(" + ", Enumerable.Repeat("n", 2000))}]);");

    [Fact]
    public Task Length_that_doubles_at_each_local_is_not_computed() => CallSite.ExpectNothingAsync(
        $"int n0 = 0; {string.Join(' ', Enumerable.Range(1, 40).Select(static i => $"int n{i} = n{i - 1} + n{i - 1};"))} net.Classify(new float[n40]);");
}
