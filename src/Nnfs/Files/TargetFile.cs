using System.Text;

namespace Nnfs.Files;

/// <summary>What is at a path that is to be written.</summary>
internal static class TargetFile
{
    /// <summary>The most bytes of the target's name that the name of a temporary file begins with: file systems allow 143 to 255 for the whole name.</summary>
    private const int MostNameBytes = 100;

    /// <summary>Opens what is at a path, as it is; <see langword="null"/> where there is nothing, or a link that leads to nothing.</summary>
    /// <exception cref="UnauthorizedAccessException">It must not be written, or is a folder.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static FileStream? Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Whether it is a file with content of its own, rather than a device or a pipe.</summary>
    public static bool IsPlain(FileStream file)
    {
        if (!file.CanSeek || OperatingSystem.IsWindows() || file.Length > 0)
        {
            return file.CanSeek;
        }

        // A device has no length, as an empty file has none; but it does not take one either.
        try
        {
            file.SetLength(1);
            bool isPlain = file.Length == 1;
            file.SetLength(0);

            return isPlain;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The file that a path means: where it is a symbolic link, what that leads to in the end.</summary>
    /// <param name="path">The path.</param>
    /// <param name="exists">Whether there is a file. Where there is none, the link leads to where it will be.</param>
    /// <exception cref="IOException">The links lead in a circle.</exception>
    public static string Resolve(string path, bool exists)
    {
        if (new FileInfo(path).LinkTarget is null)
        {
            return path;
        }

        // The runtime takes the target of a link that is named without a folder to be in the root.
        string target = File.ResolveLinkTarget(Path.GetFullPath(path), returnFinalTarget: true)!.FullName;

        // Some links of the system name what can't be found by that name.
        return exists && !File.Exists(target) ? path : target;
    }

    /// <summary>A name in a folder that no other writer has, so that two of them cannot rename each other's half-written file.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="target">The file, whose name it begins with.</param>
    public static string NameIn(string folder, string target)
    {
        string name = Path.GetFileName(target);

        while (Encoding.UTF8.GetByteCount(name) > MostNameBytes || (name.Length > 0 && char.IsHighSurrogate(name[^1])))
        {
            name = name[..^1];
        }

        return Path.Combine(folder, $"{name}.{Path.GetRandomFileName()}.tmp");
    }
}
