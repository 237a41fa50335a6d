using Nnfs.Tool.Commands;

namespace Nnfs.Tool.Files;

/// <summary>Files that a command writes.</summary>
internal static class OutputFile
{
    /// <summary>Refuses to replace a file unless that was asked for: what was imported is the user's own from then on.</summary>
    /// <exception cref="ToolException">The file is there.</exception>
    public static void RequireFree(string path, bool replaces)
    {
        if (!replaces && File.Exists(path))
        {
            throw new ToolException($"'{path}' is there already. Use --force to replace it.");
        }
    }
}
