namespace Nnfs.Sweeps.Tests;

/// <summary>A folder for the files of a test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nnfs-sweeps-");

    /// <summary>Its path.</summary>
    public string Path => _folder.FullName;

    /// <summary>The path of a file in it.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
