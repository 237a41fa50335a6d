using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Nnfs.Tests.Widths;

/// <summary>Runs what depends on the width of vectors again in processes whose vectors are narrower than the machine's.</summary>
[Collection(ChildProcess.Collection)]
public partial class VectorWidthTests
{
    public static TheoryData<string> Settings => ["no AVX-512", "at most 128 bits", "no AVX2", "no intrinsics"];

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task Tests_pass_in_a_process_with_narrower_vectors_and_kernels_agree(string name)
    {
        Assert.SkipUnless(RuntimeInformation.ProcessArchitecture == Architecture.X64, "The settings are those of x64.");
        WidthSetting setting = WidthSetting.Create(name);
        string results = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

        try
        {
            (int exitCode, string output) = await RunAsync(setting, results);

            Match summary = Summary().Match(output);
            Assert.True(exitCode == 0, output);
            Assert.True(summary.Success, output);
            Assert.InRange(int.Parse(summary.Groups["total"].Value, CultureInfo.InvariantCulture), setting.LeastTests, int.MaxValue);
            Assert.Equal("0", summary.Groups["failed"].Value);

            AssertAgree(DenseResults.Compute(), DenseResults.Read(results));
        }
        finally
        {
            File.Delete(results);
        }
    }

    private static void AssertAgree(DenseResults expected, DenseResults actual)
    {
        // Sums of 82 products of normal numbers, and of sums of four.
        Numbers.AssertClose(Numbers.ToDoubles(expected.SumsOverLanes), actual.SumsOverLanes, 1e-4, "sums over lanes");

        if (expected.RoundsOnce == actual.RoundsOnce)
        {
            Numbers.AssertSameBits(expected.Values, actual.Values, "results");
        }
        else
        {
            // Sums of up to 130 products of normal numbers, rounded once or twice for each.
            Numbers.AssertClose(Numbers.ToDoubles(expected.Values), actual.Values, 1e-4, "results");
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(WidthSetting setting, string results)
    {
        using Process process = ChildProcess.Start(
            [
                .. setting.Variables,
                (WidthSetting.ExpectedBitsVariable, $"{Math.Min(setting.MostBits, WidthSetting.AcceleratedBits)}"),
                (WidthSetting.ResultsVariable, results),
            ],
            [
                "-noLogo", "-noColor", "-class", typeof(WidthProbe).FullName!,
                .. setting.Classes.SelectMany(static name => (string[])["-class", name]),
                .. setting.LeftOut.SelectMany(static type => (string[])["-class-", type.FullName!]),
            ]);
        using CancellationTokenSource hang = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        hang.CancelAfter(ChildProcess.Hang);

        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(hang.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(hang.Token);
            await process.WaitForExitAsync(hang.Token);

            return (process.ExitCode, await output + await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);

            throw;
        }
    }

    [GeneratedRegex(@"Total: (?<total>\d+), Errors: 0, Failed: (?<failed>\d+)")]
    private static partial Regex Summary();
}
