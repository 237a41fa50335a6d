using System.Reflection;
using System.Text;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace Nnfs.Generators.Tests;

/// <summary>
/// Texts that a person has read and accepted, in Verify's convention: <c>Class.Method#Hint.verified.cs</c>. A text that is missing,
/// that differs or that nothing gives any more fails the test; what came instead is left as <c>.received.cs</c>.
/// <c>UPDATE_SNAPSHOTS=1</c> accepts what comes, and is refused where <c>CI</c> is set.
/// </summary>
internal sealed class SnapshotFolder
{
    private const string Verified = ".verified.cs";
    private const string Received = ".received.cs";
    private const int LinesOfContext = 2;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _path;
    private readonly Func<string, string?> _environment;

    public SnapshotFolder(string path, Func<string, string?> environment)
    {
        _path = path;
        _environment = environment;
    }

    /// <summary>The folder in this project's sources.</summary>
    public static SnapshotFolder OfProject { get; } = new(
        typeof(SnapshotFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static item => item.Key == "SnapshotFolder").Value!,
        Environment.GetEnvironmentVariable);

    /// <summary>The names <c>Class.Method</c> that snapshots have.</summary>
    public IEnumerable<string> Owners => Directory
        .EnumerateFiles(_path, "*" + Verified)
        .Select(static file => Path.GetFileName(file).Split('#')[0])
        .Distinct(StringComparer.Ordinal);

    /// <summary>Compares the files of a run with the snapshots of the running test.</summary>
    public void Verify(GeneratorRun run)
    {
        ITestContext context = TestContext.Current;
        Verify($"{context.TestClass!.TestClassSimpleName}.{context.TestMethod!.MethodName}", run.Files);
    }

    /// <summary>Compares a set of texts by their hint names with the snapshots of an owner: first the set, then each text.</summary>
    public void Verify(string owner, IReadOnlyDictionary<string, string> files)
    {
        Directory.CreateDirectory(_path);
        Dictionary<string, string> received = files.ToDictionary(
            file => $"{owner}#{Path.GetFileNameWithoutExtension(file.Key)}", static file => file.Value, StringComparer.Ordinal);
        List<string> verified = Directory
            .EnumerateFiles(_path, $"{owner}#*{Verified}")
            .Select(static file => Path.GetFileName(file)[..^Verified.Length])
            .Order(StringComparer.Ordinal)
            .ToList();

        if (_environment("UPDATE_SNAPSHOTS") == "1")
        {
            Accept(received, verified);

            return;
        }

        List<string> faults = [];

        foreach ((string name, string text) in received)
        {
            string? accepted = verified.Contains(name) ? File.ReadAllText(PathOf(name, Verified), s_utf8) : null;

            if (accepted == text)
            {
                File.Delete(PathOf(name, Received));

                continue;
            }

            File.WriteAllText(PathOf(name, Received), text, s_utf8);
            faults.Add((accepted is null ? $"Missing: {name}{Verified}" : $"Different: {name}{Verified}") + "\n" + Difference(accepted ?? "", text));
        }

        faults.AddRange(verified.Where(name => !received.ContainsKey(name)).Select(name =>
            $"Stale: {name}{Verified} was not generated\n{Difference(File.ReadAllText(PathOf(name, Verified), s_utf8), "")}"));

        if (faults.Count > 0)
        {
            Assert.Fail(string.Join("\n\n", faults) + "\n\nRead the differences, then accept them with UPDATE_SNAPSHOTS=1.");
        }
    }

    private void Accept(Dictionary<string, string> received, List<string> verified)
    {
        if (!string.IsNullOrEmpty(_environment("CI")))
        {
            Assert.Fail("UPDATE_SNAPSHOTS is set where CI is set: snapshots are accepted by people.");
        }

        foreach (string stale in verified.Where(name => !received.ContainsKey(name)))
        {
            File.Delete(PathOf(stale, Verified));
        }

        foreach ((string name, string text) in received)
        {
            File.WriteAllText(PathOf(name, Verified), text, s_utf8);
            File.Delete(PathOf(name, Received));
        }
    }

    private string PathOf(string name, string extension) => Path.Combine(_path, name + extension);

    /// <summary>The lines that differ, each with a few lines around it.</summary>
    private static string Difference(string accepted, string received)
    {
        List<DiffPiece> lines = InlineDiffBuilder.Diff(accepted, received, ignoreWhiteSpace: false).Lines;
        List<int> changed = Enumerable.Range(0, lines.Count).Where(i => lines[i].Type != ChangeType.Unchanged).ToList();
        StringBuilder text = new();

        if (changed.Count == 0)
        {
            return "(the lines are equal; their ends or the end of the file differ)";
        }

        for (int i = 0; i < lines.Count; i++)
        {
            if (changed.Any(line => Math.Abs(line - i) <= LinesOfContext))
            {
                char mark = lines[i].Type switch { ChangeType.Inserted => '+', ChangeType.Deleted => '-', _ => ' ' };
                text.Append(mark).Append(' ').Append(lines[i].Text).Append('\n');
            }
        }

        return text.ToString().TrimEnd('\n');
    }
}
