namespace Nnfs.Generators.Tests;

/// <summary>How much text is generated: each layer costs the same, however many there are and however large they are.</summary>
public sealed class GeneratorGrowthTests
{
    [Theory]
    [InlineData("[Dense(16)]")]
    [InlineData("[Dense(16), ReLU]")]
    [InlineData("[Dense(20), Softmax]")]
    [InlineData("[ReLU]")]
    public void Text_of_a_layer_is_the_same_in_any_number_of_layers(string layer)
    {
        (int lines20, int length20) = SizeOf(layer, layers: 20);
        (int lines40, int length40) = SizeOf(layer, layers: 40);
        (int lines80, int length80) = SizeOf(layer, layers: 80);

        Assert.Equal(2 * (lines40 - lines20), lines80 - lines40);

        // Offsets into the parameters get longer by a digit or two, of which a layer has few.
        double first = (length40 - length20) / 20.0;
        double second = (length80 - length40) / 40.0;
        Assert.InRange(second / first, 0.99, 1.02);
    }

    /// <summary>The sizes of a pair have the same plan: in lanes, in rows, and in rows with scratch that is too large for the stack.</summary>
    [Theory]
    [InlineData(8, 16)]
    [InlineData(112, 2000)]
    [InlineData(4112, 16400)]
    public void Text_of_a_larger_layer_is_longer_by_digits_alone(int small, int large)
    {
        string smallText = GeneratorHarness.Generate(Source($"[Dense({small}), ReLU, Dense({small}), ReLU]")).File;
        string largeText = GeneratorHarness.Generate(Source($"[Dense({large}), ReLU, Dense({large}), ReLU]")).File;

        // A call with longer numbers may take another line.
        Assert.Equal(WithoutNumbers(smallText), WithoutNumbers(largeText));
    }

    private static (int Lines, int Length) SizeOf(string layer, int layers)
    {
        string text = GeneratorHarness.Generate(Source(string.Concat(Enumerable.Repeat(layer, layers)))).File;

        return (Lines(text), text.Length);
    }

    private static string Source(string layers) => $"using Nnfs; [Network(4)] {layers} [SoftmaxCrossEntropy] public partial class Net;";

    private static int Lines(string text) => text.Count(static character => character == '\n');

    /// <summary>The text without digits, white space, and the units of bytes.</summary>
    private static string WithoutNumbers(string text) =>
        string.Concat(text.Where(static character => !char.IsDigit(character) && !char.IsWhiteSpace(character) && character != '.'))
        .Replace("KiB", "bytes", StringComparison.Ordinal)
        .Replace("MiB", "bytes", StringComparison.Ordinal);
}
