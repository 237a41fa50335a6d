using Nnfs.Tool.Commands;

namespace Nnfs.Tool.Files;

/// <summary>Files that a command writes.</summary>
internal static class OutputFile
{
    /// <summary>Refuses to replace a file unless that was asked for: what was imported is the user's own from then on.</summary>
    /// <exception cref="ToolException">The file is there, or a folder of its name.</exception>
    public static void RequireFree(string path, bool replaces)
    {
        if (Directory.Exists(path))
        {
            throw new ToolException($"'{path}' is a folder, where a file is to be written.");
        }

        if (!replaces && File.Exists(path))
        {
            throw new ToolException($"'{path}' is there already. Use --force to replace it.");
        }
    }
}
