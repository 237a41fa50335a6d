namespace Nnfs.Benchmarks;

/// <summary>The programs of this machine.</summary>
internal static class Programs
{
    /// <summary>The path of a program on the search path, or null.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
