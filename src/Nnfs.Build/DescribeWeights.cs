using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Task = Microsoft.Build.Utilities.Task;

namespace Nnfs.Build;

/// <summary>
/// Finds the files of weights that a project's networks carry, and writes a table of their tensors, which the compiler reads. Only the headers of the files
/// are read, and a table that says the same is not written again: new numbers in the same tensors do not run the generator.
/// </summary>
public sealed class DescribeWeights : Task
{
    private const string Attribute = "Pretrained";

    /// <summary>The files that the project names as weights.</summary>
    public ITaskItem[] Weights { get; set; } = [];

    /// <summary>The files of the project that may be weights: those that a source file names beside the attribute are.</summary>
    public ITaskItem[] Candidates { get; set; } = [];

    /// <summary>The source files of the project.</summary>
    public ITaskItem[] Sources { get; set; } = [];

    /// <summary>The folder of the project.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary>The file that the table is written to.</summary>
    [Required]
    public string Table { get; set; } = "";

    /// <summary>The weights, each with the <c>LogicalName</c> that it has as a resource.</summary>
    [Microsoft.Build.Framework.Output]
    public ITaskItem[] Resources { get; set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        List<ITaskItem> resources = [];
        SortedDictionary<string, string> descriptions = new(StringComparer.Ordinal);

        foreach (ITaskItem item in Weights.Concat(NamedCandidates()))
        {
            string path = item.GetMetadata("FullPath");
            string name = NameOf(item, path);

            if (descriptions.ContainsKey(name))
            {
                continue;
            }

            if (!File.Exists(path))
            {
                Log.LogError($"The file of weights '{item.ItemSpec}' does not exist.");

                continue;
            }

            descriptions.Add(name, WeightsTable.Describe(name, path));
            resources.Add(new TaskItem(item.ItemSpec, new Dictionary<string, string>
            {
                ["LogicalName"] = WeightsTable.ResourcePrefix + name,
                ["WithCulture"] = "false",
                ["Type"] = "Non-Resx",
            }));
        }

        Resources = [.. resources];
        Write(WeightsTable.Join(descriptions.Values));

        return !Log.HasLoggedErrors;
    }

    /// <summary>The candidates whose names are in a source file that also has the attribute.</summary>
    private IEnumerable<ITaskItem> NamedCandidates()
    {
        if (Candidates.Length == 0)
        {
            return [];
        }

        string[] texts = [.. Sources
            .Select(static source => source.GetMetadata("FullPath"))
            .Where(File.Exists)
            .Select(File.ReadAllText)
            .Where(static text => text.Contains(Attribute, StringComparison.Ordinal))];

        return Candidates.Where(candidate => texts.Any(text => text.Contains(Path.GetFileName(candidate.ItemSpec), StringComparison.Ordinal)));
    }

    /// <summary>The name by which the attribute finds the file: its path in the project, with slashes.</summary>
    private string NameOf(ITaskItem item, string path)
    {
        string relative = item.GetMetadata("Link") is { Length: > 0 } link ? link : Path.GetRelativePath(ProjectDirectory, path);

        return (Path.IsPathRooted(relative) || relative.StartsWith("..", StringComparison.Ordinal) ? Path.GetFileName(path) : relative).Replace('\\', '/');
    }

    private void Write(string table)
    {
        if (File.Exists(Table) ? table == File.ReadAllText(Table) : table.Length == 0)
        {
            return;
        }

        if (table.Length == 0)
        {
            File.Delete(Table);
        }
        else
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Table))!);
            File.WriteAllText(Table, table, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
    }
}
