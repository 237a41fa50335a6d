namespace Nnfs.Files;

/// <summary>
/// Writes files that are there as a whole or not at all, and treats what is at a path as <see cref="File.WriteAllBytes(string, byte[])"/> does.
/// </summary>
internal static class AtomicFile
{
    /// <summary>
    /// Writes a temporary file beside the target, flushes it to the disk and renames it over the target. Whatever fails and whenever the process ends, the
    /// target is what it was or what it should be. On failure no temporary file stays.
    /// </summary>
    /// <remarks>
    /// A symbolic link stays: what it leads to is replaced. A file keeps its mode; one that must not be written is refused. Devices and pipes are written to.
    /// A file that no other can be renamed over, such as a mounted one or one in a folder that must not be changed, is overwritten in place, once all of the
    /// new content is in a temporary file.
    /// </remarks>
    /// <param name="path">The target.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        bool exists;

        using (FileStream? standing = TargetFile.Open(path))
        {
            exists = standing is not null;

            if (standing is not null && !TargetFile.IsPlain(standing))
            {
                write(standing);
                standing.Flush();

                return;
            }
        }

        string target = TargetFile.Resolve(path, exists);

        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(target))))
        {
            throw new DirectoryNotFoundException($"Expected the folder of '{path}' to exist, but it does not.");
        }

        UnixFileMode? mode = exists && !OperatingSystem.IsWindows() ? File.GetUnixFileMode(target) : null;
        string temporary = TargetFile.NameIn(Path.GetDirectoryName(target) ?? "", target);
        FileStream stream = exists ? CreateAnywhere(ref temporary, mode) : Create(temporary, mode);

        try
        {
            using (stream)
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            if (!TryRename(temporary, target, exists, mode))
            {
                Overwrite(path, temporary);
            }
        }
        finally
        {
            // Where it was renamed, there is none of that name.
            File.Delete(temporary);
        }
    }

    /// <summary>A temporary file of that name, or where none may be there, one among those of the system.</summary>
    private static FileStream CreateAnywhere(ref string temporary, UnixFileMode? mode)
    {
        try
        {
            return Create(temporary, mode);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            temporary = Path.Combine(Path.GetTempPath(), Path.GetFileName(temporary));

            return Create(temporary, mode);
        }
    }

    /// <summary>A new file. If it is to replace another, nobody else may read it before it has that one's mode.</summary>
    private static FileStream Create(string path, UnixFileMode? mode)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };

        if (mode is not null && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    /// <summary>Renames the temporary file over the target; returns whether that is possible.</summary>
    private static bool TryRename(string temporary, string target, bool exists, UnixFileMode? mode)
    {
        // From another file system a file is not renamed, but copied.
        if (Path.GetDirectoryName(temporary) != (Path.GetDirectoryName(target) ?? ""))
        {
            return false;
        }

        try
        {
            if (mode is { } value && !OperatingSystem.IsWindows())
            {
                // Only its owner may set the mode of a file: that of somebody else would become this user's own, and is overwritten instead.
                File.SetUnixFileMode(target, value);
                File.SetUnixFileMode(temporary, value);
            }

            File.Move(temporary, target, overwrite: true);

            return true;
        }
        catch (Exception exception) when (exists && exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Copies the content of the temporary file into what is at the path.</summary>
    private static void Overwrite(string path, string temporary)
    {
        using FileStream content = new(temporary, FileMode.Open, FileAccess.Read);
        using FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        content.CopyTo(file);
        file.Flush(flushToDisk: true);
    }
}
