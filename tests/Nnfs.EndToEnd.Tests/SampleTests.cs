using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Nnfs.EndToEnd.Tests;

public sealed partial class SampleTests : IDisposable
{
    /// <summary>An image of 8 × 8 white pixels.</summary>
    private const string WhiteJpeg =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/" +
        "wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABv/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8ATP/Z";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nnfs-sample-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Spiral_redirected_learnsAndDraws()
    {
        string picture = Path.Combine(_folder.FullName, "spiral.png");
        string output = await RunAsync("Spiral", picture);

        Match accuracy = TrainingAccuracy().Match(output);
        Assert.True(accuracy.Success, output);
        Assert.InRange(double.Parse(accuracy.Groups[1].Value, CultureInfo.InvariantCulture), 0.95, 1);

        Assert.Contains("387 parameters", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
        Assert.InRange(output.Split('\n').Length, 10, 60);

        await AssertPictureAsync(picture, atLeast: 50_000);
    }

    [Fact]
    public async Task Digits_without_files_drawsAndLearnsThem()
    {
        string output = await RunAsync("Digits", "-", _folder.FullName);

        Match accuracy = TestAccuracy().Match(output);
        Assert.True(accuracy.Success, output);
        Assert.InRange(double.Parse(accuracy.Groups[1].Value, CultureInfo.InvariantCulture), 0.9, 1);
        Assert.Contains("218490 parameters", output, StringComparison.Ordinal);

        // Ten rows of the confusion matrix.
        Assert.Equal(10, ConfusionRow().Count(output));

        // The parameters and some header.
        Assert.InRange(new FileInfo(Path.Combine(_folder.FullName, "digits.safetensors")).Length, 4 * 218_490, (4 * 218_490) + 6000);
        Assert.InRange(new FileInfo(Path.Combine(_folder.FullName, "digits.onnx")).Length, 4 * 218_490, (4 * 218_490) + 6000);
        await AssertPictureAsync(Path.Combine(_folder.FullName, "digits-hard.png"), atLeast: 10_000);
        await AssertPictureAsync(Path.Combine(_folder.FullName, "digits-filters.png"), atLeast: 5_000);
    }

    [Fact]
    public async Task Digits_with_files_learnsThem()
    {
        // One name with a dot, as some unpack it, and two compressed.
        WriteImages("train-images-idx3-ubyte.gz", count: 100);
        WriteLabels("train-labels.idx1-ubyte", count: 100);
        WriteImages("t10k-images-idx3-ubyte", count: 50);
        WriteLabels("t10k-labels-idx1-ubyte.gz", count: 50);

        string output = await RunAsync("Digits", _folder.FullName, _folder.FullName);

        Assert.Contains("100 pictures to train on, 50 to test with, read", output, StringComparison.Ordinal);
        Assert.Matches("Test accuracy +1\\.000", output);
    }

    [Fact]
    public async Task Digits_with_a_folder_that_lacks_files_tellsWhatToPutThere()
    {
        WriteImages("train-images-idx3-ubyte", count: 10);

        string output = await RunAsync(1, "Digits", _folder.FullName);

        Assert.DoesNotContain("  train-images-idx3-ubyte", output, StringComparison.Ordinal);
        Assert.All(
            (string[])
            [
                _folder.FullName, "  train-labels-idx1-ubyte", "  t10k-images-idx3-ubyte", "  t10k-labels-idx1-ubyte", "Fashion-MNIST", "for each class",
            ],
            text => Assert.Contains(text, output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Digits_with_a_folder_of_images_for_each_class_learnsThem()
    {
        // Sizes and channels differ; a class has its name from its folder, whose names are sorted by their letters' numbers.
        string dark = Directory.CreateDirectory(Path.Combine(_folder.FullName, "dark")).FullName;
        string bright = Directory.CreateDirectory(Path.Combine(_folder.FullName, "Bright")).FullName;

        for (int i = 0; i < 12; i++)
        {
            PngFile.Write(Path.Combine(dark, $"{i}.png"), 20 + i, 30, (byte)i);
            PngFile.Write(Path.Combine(bright, $"{i}.PNG"), 28, 28 + (20 * i), i % 2 == 0 ? [255, 255, 240] : [200, 255, 255, 255]);
        }

        // White, but not to be seen; and a white JPEG.
        PngFile.Write(Path.Combine(dark, "clear.png"), 5, 5, 255, 255, 255, 0);
        await File.WriteAllBytesAsync(Path.Combine(bright, "white.jpg"), Convert.FromBase64String(WhiteJpeg), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(dark, "notes.txt"), "no image", TestContext.Current.CancellationToken);

        string output = await RunAsync("Digits", _folder.FullName, Path.Combine(_folder.FullName, "results"));

        Assert.Contains($"no PNG or JPEG file: {Path.Combine(dark, "notes.txt")}", output, StringComparison.Ordinal);
        Assert.Contains("22 pictures to train on, 4 to test with, read from folders", output, StringComparison.Ordinal);
        Assert.Matches(@"│ Bright +│ +2 │ +· │", output);
        Assert.Matches(@"│ dark +│ +· │ +2 │", output);
        Assert.Matches("Test accuracy +1\\.000", output);
    }

    [Fact]
    public async Task Digits_with_images_that_are_none_namesThem()
    {
        string first = Directory.CreateDirectory(Path.Combine(_folder.FullName, "first")).FullName;
        string second = Directory.CreateDirectory(Path.Combine(_folder.FullName, "second")).FullName;
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "empty"));
        string sound = Path.Combine(first, "sound.png");
        string cut = Path.Combine(second, "cut.png");
        PngFile.Write(sound, 40, 40, 10, 20, 30);
        byte[] bytes = await File.ReadAllBytesAsync(sound, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(cut, bytes[..^30], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(first, "text.jpeg"), "no image", TestContext.Current.CancellationToken);

        string output = await RunAsync(1, "Digits", _folder.FullName);

        Assert.DoesNotContain("sound.png", output, StringComparison.Ordinal);
        Assert.Contains($"{cut}: it is damaged", output, StringComparison.Ordinal);
        Assert.Contains($"{Path.Combine(first, "text.jpeg")}: it is no PNG or JPEG image", output, StringComparison.Ordinal);
        Assert.Contains($"{Path.Combine(_folder.FullName, "empty")}: there is no PNG or JPEG file", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Digits_with_more_folders_than_classes_tellsBothNumbers()
    {
        for (int i = 0; i < 11; i++)
        {
            Directory.CreateDirectory(Path.Combine(_folder.FullName, $"{i}"));
        }

        Assert.Contains("up to 10, but there are 11.", await RunAsync(1, "Digits", _folder.FullName), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notebook_run_printsTheNotebooksNumbers()
    {
        string output = await RunAsync("Notebook");

        Assert.DoesNotContain("DIFFERENT", output, StringComparison.Ordinal);
        Assert.All((string[])["5.985", "5.986", "1.777156", "1.0986104", "0.34", "0.440"], number => Assert.Contains(number, output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Iris_without_a_file_learnsDrawnFlowers()
    {
        string output = await RunAsync("Iris");

        Match right = RightFlowers().Match(output);
        Assert.True(right.Success, output);
        Assert.InRange(int.Parse(right.Groups[1].Value, CultureInfo.InvariantCulture), 26, 30);
        Assert.Contains("'IrisVirginica'", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Iris_with_a_file_readsIt()
    {
        // Quoted fields, columns in another order, and a last line without an end.
        string[] kinds = ["Iris setosa", "iris-versicolor", "IrisVirginica"];
        IEnumerable<string> rows = Enumerable.Range(0, 30).Select(i => $"\"{kinds[i % 3]}\",{i % 3 * 9}.5,\"1\",{i % 7},-2e-1");
        string file = Path.Combine(_folder.FullName, "flowers.csv");
        string header = "kind,sepal length,sepal_width,PetalLength,petal width\n";
        await File.WriteAllTextAsync(file, header + string.Join('\n', rows), TestContext.Current.CancellationToken);

        string output = await RunAsync("Iris", file);

        Assert.Contains("30 flowers; of 6 for the test, 6 are classified correctly", output, StringComparison.Ordinal);
        Assert.Contains("of the kind 'Iris", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sepal length,sepal width,petal length,petal width,kind\n\n")]
    public async Task Iris_with_or_without_a_header_readsEveryFlower_andNoBlankLine(string header)
    {
        // As the file of the UCI repository: no header, and blank lines at the end.
        string[] kinds = ["Iris-setosa", "Iris-versicolor", "Iris-virginica"];
        IEnumerable<string> rows = Enumerable.Range(0, 30).Select(i => $"{i % 3 * 9}.5,1.0,{i % 7},0.2,{kinds[i % 3]}");
        string file = Path.Combine(_folder.FullName, "iris.data");
        await File.WriteAllTextAsync(file, header + string.Join('\n', rows) + "\n\n  \n", TestContext.Current.CancellationToken);

        string output = await RunAsync("Iris", file);

        Assert.Contains("30 flowers; of 6 for the test, 6 are classified correctly", output, StringComparison.Ordinal);
        Assert.Contains("of the kind 'Iris", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sepal length,sepal width,petal length,petal width,kind\n1,2,three,4,iris setosa", "line 2, column 'PetalLength': 'three'")]
    [InlineData("1,2,NaN,4,Iris-setosa", "line 1, column 'PetalLength'")]
    [InlineData("1,2,3,Iris-setosa", "line 1 has 4 fields")]
    [InlineData("1,2,3,4,rose", "'rose' is none of IrisSetosa, IrisVersicolor, IrisVirginica")]
    [InlineData("sepal length,sepal width,petal length,kind\n", "'PetalWidth'")]
    [InlineData("1,2,3,4,Iris-setosa", "at least 10 flowers to train on and to test with, but there are 1.")]
    [InlineData("1,2,3,4,\"Iris-setosa\n1,2,3,4,Iris-setosa\n", "line 1")]
    public async Task Iris_with_a_faultyFile_tellsTheFault(string text, string message)
    {
        string file = Path.Combine(_folder.FullName, "flowers.csv");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);

        Assert.Contains(message, await RunAsync(1, "Iris", file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Regression_run_learnsAndDrawsTheSine()
    {
        string picture = Path.Combine(_folder.FullName, "sine.png");
        string output = await RunAsync("Regression", picture);

        Assert.InRange(Number(output, "Loss +"), 0, 1e-3);
        Assert.InRange(Number(output, "Accuracy +"), 0.1, 1);
        Assert.Contains("4353 parameters", output, StringComparison.Ordinal);
        await AssertPictureAsync(picture, atLeast: 30_000);
    }

    [Fact]
    public async Task Tone_of_a_fewEpochs_soundsLikeTheAmplifier()
    {
        string output = await RunAsync("Tone", "10");

        Assert.InRange(Number(output, @"Error to signal\s+"), 0.1, 30);
        Assert.Contains("times as fast as the sound", output, StringComparison.Ordinal);

        // Eight seconds of 24,000 values of two bytes, and a header.
        foreach (string file in (string[])["tone-dry.wav", "tone-amplifier.wav", "tone-network.wav"])
        {
            Assert.InRange(new FileInfo(Path.Combine(_folder.FullName, file)).Length, 384_000, 384_100);
        }

        // The same sound from the file: nothing changes but for 16 bits.
        string again = await RunAsync("Tone", "10", "tone-dry.wav");
        Assert.Equal(Number(output, @"Error to signal\s+"), Number(again, @"Error to signal\s+"), tolerance: 0.5);
    }

    [Fact]
    public async Task Names_of_a_file_areLearnedAndInvented()
    {
        string file = Path.Combine(_folder.FullName, "names.txt");
        await File.WriteAllLinesAsync(
            file,
            from first in (string[])["an", "be", "ca", "do", "el", "fi", "ga", "ha"]
            from last in (string[])["na", "ra", "la", "mo", "ro", "len", "rin", "ton"]
            select first + last,
            TestContext.Current.CancellationToken);

        string output = await RunAsync("Names", file);

        Assert.Contains("transformer", output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("GRU", output, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forecast_of_a_fewEpochs_isBetterThanTheDayBefore()
    {
        string picture = Path.Combine(_folder.FullName, "forecast.svg");
        string output = await RunAsync("Forecast", picture, "4");

        // The last of a row is the mean over all hours.
        Assert.InRange(Number(output, "network +[\\d. ]+ "), 0.1, Number(output, "as the day before +[\\d. ]+ "));
        Assert.Contains("</svg>", await File.ReadAllTextAsync(picture, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CartPole_run_learnsToHoldThePole()
    {
        string picture = Path.Combine(_folder.FullName, "cartpole.png");
        string output = await RunAsync("CartPole", picture);

        Assert.InRange(Number(output, "Mean of the test +"), 475, 500);
        Assert.Contains("█████", output, StringComparison.Ordinal);
        await AssertPictureAsync(picture, atLeast: 20_000);
    }

    [Fact]
    public async Task Residual_run_learnsWithSkipsOnly()
    {
        string output = await RunAsync("Residual");

        // Three classes told apart by chance have a loss of log 3.
        Assert.InRange(Number(output, "Loss without skips +"), 0.7, 1.2);
        Assert.InRange(Number(output, "Loss with skips +"), 0, 0.3);
    }

    [Fact]
    public async Task Book_of_a_fewEpochs_tellsTheirLosses()
    {
        string output = await RunAsync("Book", "20");

        Assert.All((string[])["binary spiral", "sine", "spiral with L2", "spiral with dropout"], name => Assert.InRange(Number(output, $"{name} +"), 0.1, 1.2));
    }

    [GeneratedRegex(@"of 30 for the test, (\d+) are classified correctly")]
    private static partial Regex RightFlowers();

    [GeneratedRegex(@"Training accuracy\s+(\d\.\d+)")]
    private static partial Regex TrainingAccuracy();

    [GeneratedRegex(@"Test accuracy\s+(\d\.\d+)")]
    private static partial Regex TestAccuracy();

    [GeneratedRegex(@"^│ \d │", RegexOptions.Multiline)]
    private static partial Regex ConfusionRow();

    /// <summary>The number after the start of a line.</summary>
    private static double Number(string output, string start)
    {
        Match match = Regex.Match(output, $@"^{start}(\d+\.\d+)", RegexOptions.Multiline);
        Assert.True(match.Success, output);

        return double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static async Task AssertPictureAsync(string path, int atLeast)
    {
        byte[] png = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal<byte>([0x89, 0x50, 0x4E, 0x47], png[..4]);
        Assert.InRange(png.Length, atLeast, 5_000_000);
    }

    /// <summary>
    /// Pictures of 28 × 28 pixels, black except for squares of 8 × 8 in some of the quarters; in which ones tells the class, wherever they are shifted.
    /// </summary>
    private void WriteImages(string name, int count)
    {
        byte[] pixels = new byte[count * 784];

        for (int i = 0; i < count; i++)
        {
            for (int quarter = 0; quarter < 4; quarter++)
            {
                for (int row = 0; row < 8 && (((i % 10) + 1) >> quarter) % 2 == 1; row++)
                {
                    pixels.AsSpan((i * 784) + (((quarter / 2 * 14) + 3 + row) * 28) + (quarter % 2 * 14) + 3, 8).Fill(255);
                }
            }
        }

        Write(name, [0, 0, 8, 3, 0, 0, (byte)(count >> 8), (byte)count, 0, 0, 0, 28, 0, 0, 0, 28, .. pixels]);
    }

    private void WriteLabels(string name, int count) =>
        Write(name, [0, 0, 8, 1, 0, 0, (byte)(count >> 8), (byte)count, .. Enumerable.Range(0, count).Select(static i => (byte)(i % 10))]);

    private void Write(string name, byte[] bytes)
    {
        using FileStream file = File.Create(Path.Combine(_folder.FullName, name));
        using Stream stream = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file;
        stream.Write(bytes);
    }

    private Task<string> RunAsync(string sample, params string[] arguments) => RunAsync(0, sample, arguments);

    private Task<string> RunAsync(int exitCode, string sample, params string[] arguments)
    {
        string pattern = typeof(SampleTests).Assembly
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(static attribute => attribute.Key == "Samples")
            .Value!;

        return CommandLine.RunAsync(exitCode, _folder.FullName, "dotnet", [string.Format(CultureInfo.InvariantCulture, pattern, sample), .. arguments]);
    }
}
