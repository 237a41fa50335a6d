using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Nnfs.Tests.Training.Kills;

namespace Nnfs.Tests.Widths;

/// <summary>Runs the other tests again in processes whose vectors are narrower than the machine's.</summary>
public partial class VectorWidthTests
{
    /// <summary>A child that hangs fails its test rather than stopping all.</summary>
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(5);

    public static TheoryData<string> Settings => ["no AVX-512", "at most 128 bits", "no AVX2", "no intrinsics"];

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task All_tests_pass_in_a_process_with_narrower_vectors_and_dense_kernels_agree(string name)
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
            Assert.InRange(int.Parse(summary.Groups["total"].Value, CultureInfo.InvariantCulture), 100, int.MaxValue);
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
        // Sums of 13 products of normal numbers.
        Numbers.AssertClose(Kernels.Specification.ToDoubles(expected.SumsOverLanes), actual.SumsOverLanes, 1e-5, "sums over lanes");

        if (expected.RoundsOnce == actual.RoundsOnce)
        {
            Numbers.AssertSameBits(expected.Values, actual.Values, "results");
        }
        else
        {
            // Sums of up to 130 products of normal numbers, rounded once or twice for each.
            Numbers.AssertClose(Kernels.Specification.ToDoubles(expected.Values), actual.Values, 1e-4, "results");
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(WidthSetting setting, string results)
    {
        string host = Environment.ProcessPath ?? throw new InvalidOperationException("The test process has no path.");
        ProcessStartInfo start = new(host) { RedirectStandardOutput = true, RedirectStandardError = true };

        if (Path.GetFileNameWithoutExtension(host) == "dotnet")
        {
            start.ArgumentList.Add(typeof(VectorWidthTests).Assembly.Location);
        }

        // These classes would start children of their own; the bits of random numbers, data sets and masks do not depend on vectors; and
        // whole trainings take minutes where every lane is computed alone.
        string[] arguments =
        [
            "-noLogo", "-noColor", "-explicit", "on",
            "-class-", typeof(VectorWidthTests).FullName!, "-class-", typeof(KillTests).FullName!,
            "-class-", typeof(NumpyRandomTests).FullName!, "-class-", "*.Data*",
            "-class-", typeof(Kernels.DropoutRandomnessTests).FullName!, "-class-", typeof(Networks.BookTests).FullName!,
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);

        foreach ((string variable, string value) in setting.Variables)
        {
            start.Environment[variable] = value;
        }

        start.Environment[WidthSetting.ExpectedBitsVariable] = $"{Math.Min(setting.MostBits, WidthSetting.AcceleratedBits)}";
        start.Environment[WidthSetting.ResultsVariable] = results;

        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"'{host}' did not start.");
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(s_timeout);

        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);

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
