using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Nnfs.EndToEnd.Tests;

public sealed partial class SampleTests : IDisposable
{
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

        byte[] png = await File.ReadAllBytesAsync(picture, TestContext.Current.CancellationToken);
        Assert.Equal<byte>([0x89, 0x50, 0x4E, 0x47], png[..4]);
        Assert.InRange(png.Length, 50_000, 5_000_000);
    }

    [Fact]
    public async Task Notebook_run_printsTheNotebooksNumbers()
    {
        string output = await RunAsync("Notebook");

        Assert.DoesNotContain("DIFFERENT", output, StringComparison.Ordinal);
        Assert.All((string[])["5.985", "5.986", "1.777156", "1.0986104", "0.34", "0.440"], number => Assert.Contains(number, output, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"Training accuracy\s+(\d\.\d+)")]
    private static partial Regex TrainingAccuracy();

    private Task<string> RunAsync(string sample, params string[] arguments)
    {
        string pattern = typeof(SampleTests).Assembly
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(static attribute => attribute.Key == "Samples")
            .Value!;

        return CommandLine.RunAsync(_folder.FullName, "dotnet", [string.Format(CultureInfo.InvariantCulture, pattern, sample), .. arguments]);
    }
}
