using Xunit.Sdk;

namespace Nnfs.Generators.Tests;

public sealed class SnapshotFolderTests : IDisposable
{
    private const string Owner = "Class.Method";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("snapshots");
    private readonly Dictionary<string, string> _environment = [];

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Snapshot_that_is_equal_passes_and_removes_what_was_received()
    {
        Write("Class.Method#Net.g.verified.cs", "a\nb\n");
        Write("Class.Method#Net.g.received.cs", "old");

        Verify(("Net.g.cs", "a\nb\n"));

        Assert.Equal(["Class.Method#Net.g.verified.cs"], FileNames());
    }

    [Fact]
    public void Snapshot_that_is_missing_fails_and_leaves_what_was_received()
    {
        FailException failure = Fails(("Net.g.cs", "a\n"));

        Assert.Contains("Missing: Class.Method#Net.g.verified.cs\n+ a", failure.Message, StringComparison.Ordinal);
        Assert.Equal("a\n", Read("Class.Method#Net.g.received.cs"));
        Assert.Single(FileNames());
    }

    [Fact]
    public void Snapshot_that_differs_fails_with_the_lines()
    {
        Write("Class.Method#Net.g.verified.cs", "1\n2\n3\n4\n5\n6\n");

        FailException failure = Fails(("Net.g.cs", "1\n2\n3\nfour\n5\n6\n"));

        Assert.Contains("Different: Class.Method#Net.g.verified.cs\n  2\n  3\n- 4\n+ four\n  5\n  6\n", failure.Message, StringComparison.Ordinal);
        Assert.Equal("1\n2\n3\nfour\n5\n6\n", Read("Class.Method#Net.g.received.cs"));
    }

    [Theory]
    [InlineData("a\r\nb\n")]
    [InlineData("a\nb")]
    [InlineData("a\nb \n")]
    public void Snapshot_that_differs_in_white_space_fails(string received)
    {
        Write("Class.Method#Net.g.verified.cs", "a\nb\n");

        Fails(("Net.g.cs", received));
    }

    [Fact]
    public void Snapshot_that_nothing_gives_any_more_fails()
    {
        Write("Class.Method#Net.g.verified.cs", "a\n");
        Write("Class.Method#Old.g.verified.cs", "b\n");

        FailException failure = Fails(("Net.g.cs", "a\n"));

        Assert.Contains("Stale: Class.Method#Old.g.verified.cs was not generated\n- b", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Snapshot_of_another_owner_is_not_stale()
    {
        Write("Class.Method#Net.g.verified.cs", "a\n");
        Write("Class.Method_of_more#Net.g.verified.cs", "b\n");

        Verify(("Net.g.cs", "a\n"));
    }

    [Fact]
    public void Update_accepts_what_came_and_removes_what_is_stale()
    {
        Write("Class.Method#Net.g.verified.cs", "a\n");
        Write("Class.Method#Net.g.received.cs", "b\n");
        Write("Class.Method#Old.g.verified.cs", "c\n");
        _environment["UPDATE_SNAPSHOTS"] = "1";

        Verify(("Net.g.cs", "b\n"), ("New.g.cs", "d\n"));

        Assert.Equal(["Class.Method#Net.g.verified.cs", "Class.Method#New.g.verified.cs"], FileNames());
        Assert.Equal("b\n", Read("Class.Method#Net.g.verified.cs"));
    }

    [Fact]
    public void Update_where_CI_is_set_is_refused_and_changes_nothing()
    {
        Write("Class.Method#Net.g.verified.cs", "a\n");
        _environment["UPDATE_SNAPSHOTS"] = "1";
        _environment["CI"] = "true";

        FailException failure = Fails(("Net.g.cs", "b\n"));

        Assert.Contains("CI", failure.Message, StringComparison.Ordinal);
        Assert.Equal("a\n", Read("Class.Method#Net.g.verified.cs"));
        Assert.Single(FileNames());
    }

    [Fact]
    public void Snapshots_of_the_project_each_belong_to_a_test()
    {
        IEnumerable<string> tests = typeof(SnapshotFolderTests).Assembly.GetTypes()
            .SelectMany(static type => type.GetMethods().Select(method => $"{type.Name}.{method.Name}"));

        Assert.Empty(SnapshotFolder.OfProject.Owners.Except(tests));
    }

    private FailException Fails(params (string Hint, string Text)[] files) => Assert.Throws<FailException>(() => Verify(files));

    private void Verify(params (string Hint, string Text)[] files) =>
        new SnapshotFolder(_directory.FullName, name => _environment.GetValueOrDefault(name)).Verify(
            Owner, files.ToDictionary(static file => file.Hint, static file => file.Text));

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_directory.FullName, name), text);

    private string Read(string name) => File.ReadAllText(Path.Combine(_directory.FullName, name));

    private IEnumerable<string> FileNames() => _directory.GetFiles().Select(static file => file.Name).Order(StringComparer.Ordinal);
}
