using System.Diagnostics;

namespace Nnfs.Benchmarks;

/// <summary>
/// Starts scripts of this benchmark in Debian's Python, on one thread until they ask for more, and undisturbed by settings that slow the libraries down.
/// </summary>
internal static class PythonProcess
{
    /// <summary>Debian's Python, whose packages <c>install-peers.sh</c> installs.</summary>
    public const string Python = "/usr/bin/python3";

    /// <summary>The variable that chooses the kernels of OpenBLAS.</summary>
    public const string OpenBlasKernels = "OPENBLAS_CORETYPE";

    /// <summary>What the variables begin with that tell matrix libraries, PyTorch and NumPy which instructions, caches and threads to use.</summary>
    private static readonly string[] s_tuning = ["OPENBLAS_", "GOTO_", "MKL_", "OMP_", "KMP_", "ATEN_", "DNNL_", "ONEDNN_", "NPY_", "BLIS_"];

    /// <summary>Starts a script.</summary>
    /// <param name="script">The file name of the script.</param>
    /// <param name="workingFolder">The folder that it runs in.</param>
    /// <param name="kernels">The kernels of OpenBLAS, or null for those that it chooses itself.</param>
    public static Process Start(string script, string workingFolder, string? kernels)
    {
        ProcessStartInfo start = new(Python, [Path.Combine(AppContext.BaseDirectory, "Peers", "Python", script)])
        {
            WorkingDirectory = workingFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        foreach (string variable in start.Environment.Keys.Where(IsTuning).ToArray())
        {
            start.Environment.Remove(variable);
        }

        foreach (string variable in (ReadOnlySpan<string>)["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"])
        {
            start.Environment[variable] = "1";
        }

        if (kernels is not null)
        {
            start.Environment[OpenBlasKernels] = kernels;
        }

        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";

        return Process.Start(start)!;
    }

    private static bool IsTuning(string variable) => s_tuning.Any(prefix => variable.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
