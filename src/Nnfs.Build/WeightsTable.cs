using System.Text;
using Nnfs.Files;
using Nnfs.Files.Safetensors;

namespace Nnfs.Build;

/// <summary>
/// The table of weights as the compiler reads it, a line for each fact with tabs between its parts: <c>file</c> and a name, then <c>fault</c> and what is
/// wrong with the file, or for each tensor <c>tensor</c>, its type, its lengths and its name.
/// </summary>
internal static class WeightsTable
{
    /// <summary>What the names of resources begin with.</summary>
    public const string ResourcePrefix = "Nnfs.Weights/";

    /// <summary>No network has as many tensors: such a file is another model's.</summary>
    private const int MostTensors = 10_000;

    private const string Title = "Weights that the networks of this project carry. Written by the build.\n";

    /// <summary>The table of several files; empty for none.</summary>
    public static string Join(IEnumerable<string> descriptions)
    {
        string all = string.Concat(descriptions);

        return all.Length == 0 ? "" : Title + all;
    }

    /// <summary>The lines about a file.</summary>
    /// <param name="name">The name by which the attribute finds it.</param>
    /// <param name="path">Where it is.</param>
    public static string Describe(string name, string path)
    {
        StringBuilder text = new();
        AppendLine(text, "file", name);

        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            SafetensorsHeader header = SafetensorsHeader.Read(stream);

            if (header.Count > MostTensors)
            {
                AppendLine(text, "fault", $"The file has {header.Count} tensors, but at most {MostTensors} are read.");
            }
            else
            {
                foreach (FileTensor tensor in header.Tensors.OrderBy(static tensor => tensor.Name, StringComparer.Ordinal))
                {
                    AppendLine(text, "tensor", tensor.Type, string.Join(',', tensor.Shape), tensor.Name);
                }
            }
        }
        catch (Exception exception) when (exception is SafetensorsException or IOException or UnauthorizedAccessException)
        {
            AppendLine(text, "fault", exception.Message);
        }

        return text.ToString();
    }

    private static void AppendLine(StringBuilder text, params ReadOnlySpan<string> parts)
    {
        for (int i = 0; i < parts.Length; i++)
        {
            text.Append(i == 0 ? "" : "\t").Append(Escape(parts[i]));
        }

        text.Append('\n');
    }

    private static string Escape(string part) => part
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\t", "\\t", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal)
        .Replace("\r", "\\r", StringComparison.Ordinal);
}
