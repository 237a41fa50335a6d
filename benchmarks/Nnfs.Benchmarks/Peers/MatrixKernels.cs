using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics.X86;

namespace Nnfs.Benchmarks;

/// <summary>
/// The kernels with which Python's matrix library is at its best on this machine, found by trying them. OpenBLAS takes a processor that is newer
/// than itself for one of 2004, and the environment may name kernels that are older than the processor: both cost NumPy and PyTorch several
/// times their speed.
/// </summary>
/// <param name="Kernels">The value of <c>OPENBLAS_CORETYPE</c>, or null for what OpenBLAS chooses itself.</param>
/// <param name="Absence">Why no library is worth comparing with, or null.</param>
internal sealed record MatrixKernels(string? Kernels, string? Absence)
{
    private const string OpenBlas = "OpenBLAS";

    private static readonly Lazy<MatrixKernels> s_fastest = new(Find);

    /// <summary>The fastest kernels that multiply right.</summary>
    public static MatrixKernels Fastest => s_fastest.Value;

    private static MatrixKernels Find()
    {
        string?[] named = Avx512F.IsSupported ? [null, "SkylakeX", "Cooperlake", "SapphireRapids", "Haswell", "Zen"]
            : Avx2.IsSupported ? [null, "Haswell", "Zen"]
            : [null];
        string?[] candidates = [.. named.Append(Environment.GetEnvironmentVariable(PythonProcess.OpenBlasKernels)).Distinct(StringComparer.OrdinalIgnoreCase)];
        (string? Kernels, double Seconds, string Library)[] tried = [.. candidates.Select(static kernels => Try(kernels))];
        (string? kernels, double seconds, string library) = tried.MinBy(static attempt => attempt.Seconds);

        return !double.IsFinite(seconds) ? new(null, $"no product of matrices is right ({library})")
            : !library.StartsWith(OpenBlas, StringComparison.Ordinal) ? new(null, $"matrices are not multiplied by OpenBLAS, but by {library}")
            : new(kernels, null);
    }

    /// <summary>The seconds that the products take, which are infinite where one is wrong or the kernels do not run here.</summary>
    private static (string? Kernels, double Seconds, string Library) Try(string? kernels)
    {
        using Process process = PythonProcess.Start("matrix_probe.py", AppContext.BaseDirectory, kernels);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string[] answer = process.StandardOutput.ReadToEnd().TrimEnd().Split(' ', 2);
        process.WaitForExit();

        return answer is [string figure, string library] && double.TryParse(figure, CultureInfo.InvariantCulture, out double seconds)
            ? (kernels, seconds, library)
            : (kernels, double.PositiveInfinity, answer is [_, string wrong] ? wrong : errors.Result.TrimEnd().Split('\n')[^1]);
    }
}
