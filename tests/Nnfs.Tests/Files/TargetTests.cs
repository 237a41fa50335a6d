using System.Diagnostics;
using Nnfs.Files;
using Nnfs.Tests.Networks;

namespace Nnfs.Tests.Files;

/// <summary>What is at the path before a file is written: each is treated as <see cref="File.WriteAllBytes(string, byte[])"/> treats it.</summary>
public sealed class TargetTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode ReadOnlyFolder = ReadOnly | UnixFileMode.UserExecute;

    private static readonly byte[] s_content = [1, 2, 3, 4, 5];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nnfs-target-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(Private)]
    [InlineData(Private | UnixFileMode.GroupRead | UnixFileMode.GroupWrite)]
    [InlineData(Private | UnixFileMode.UserExecute | UnixFileMode.OtherWrite)]
    public void File_keeps_its_mode(UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (string content in (string[])["", "what was there before"])
        {
            string path = Standing("net.safetensors", content);
            File.SetUnixFileMode(path, mode);

            Write(path);

            Assert.Equal(mode, File.GetUnixFileMode(path));
            AssertWritten(path, "net.safetensors");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Link_that_is_named_without_a_folder_is_followed(bool exists)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // Names relative to the current folder, which is the one of the tests.
        string link = $"link-{Path.GetRandomFileName()}";
        string target = $"target-{Path.GetRandomFileName()}";

        try
        {
            if (exists)
            {
                File.WriteAllText(target, "what was there before");
            }

            File.CreateSymbolicLink(link, target);

            Write(link);

            Assert.Equal(target, new FileInfo(link).LinkTarget);
            Assert.Equal(s_content, File.ReadAllBytes(target));
        }
        finally
        {
            File.Delete(link);
            File.Delete(target);
        }
    }

    [Fact]
    public void New_file_has_the_mode_of_any_other_new_file()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string other = PathOf("other");
        File.WriteAllBytes(other, s_content);

        Write(PathOf("net.safetensors"));

        Assert.Equal(File.GetUnixFileMode(other), File.GetUnixFileMode(PathOf("net.safetensors")));
    }

    [Fact]
    public void File_is_never_seen_with_another_mode_while_it_is_written()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string path = Standing("net.safetensors", "secret");
        File.SetUnixFileMode(path, Private);

        AtomicFile.Write(path, stream =>
        {
            stream.Write(s_content);
            Assert.All(Directory.GetFiles(_folder.FullName), static file => Assert.Equal(Private, ModeOf(file)));
        });

        AssertWritten(path, "net.safetensors");
    }

    [Fact]
    public void Link_stays_and_what_it_leads_to_is_replaced()
    {
        string target = Standing("target", "what was there before");
        File.CreateSymbolicLink(PathOf("second"), "target");
        File.CreateSymbolicLink(PathOf("first"), PathOf("second"));

        Write(PathOf("first"));

        Assert.Equal(PathOf("second"), new FileInfo(PathOf("first")).LinkTarget);
        Assert.Equal("target", new FileInfo(PathOf("second")).LinkTarget);
        AssertWritten(target, "first", "second", "target");
    }

    [Fact]
    public void Link_to_nothing_stays_and_what_it_leads_to_is_made()
    {
        Directory.CreateDirectory(PathOf("folder"));
        File.CreateSymbolicLink(PathOf("second"), Path.Combine("folder", "target"));
        File.CreateSymbolicLink(PathOf("first"), "second");

        Write(PathOf("first"));

        Assert.Equal("second", new FileInfo(PathOf("first")).LinkTarget);
        AssertWritten(Path.Combine(PathOf("folder"), "target"), "first", "folder", "second");
        Assert.Single(Directory.GetFiles(PathOf("folder")));
    }

    [Fact]
    public void Links_in_a_circle_or_into_a_folder_that_is_missing_are_refused()
    {
        File.CreateSymbolicLink(PathOf("first"), "second");
        File.CreateSymbolicLink(PathOf("second"), "first");
        File.CreateSymbolicLink(PathOf("lost"), Path.Combine("missing", "target"));

        Assert.ThrowsAny<IOException>(() => Write(PathOf("first")));
        Assert.Throws<DirectoryNotFoundException>(() => Write(PathOf("lost")));
        AssertEntries("first", "lost", "second");
    }

    [Fact]
    public void Link_through_a_folder_leads_into_it()
    {
        Directory.CreateDirectory(PathOf("folder"));
        Directory.CreateSymbolicLink(PathOf("link"), "folder");

        Write(Path.Combine(PathOf("link"), "net.safetensors"));

        AssertWritten(Path.Combine(PathOf("folder"), "net.safetensors"), "folder", "link");
    }

    [Fact]
    public async Task Pipe_is_written_to_and_stays()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Run("mkfifo", PathOf("pipe"));
        Task<byte[]> reader = Task.Factory.StartNew(
            () => File.ReadAllBytes(PathOf("pipe")), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        Write(PathOf("pipe"));

        Assert.Equal(s_content, await reader);
        AssertEntries("pipe");
    }

    [Fact]
    public void Device_is_written_to_and_stays()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.CreateSymbolicLink(PathOf("null"), "/dev/null");

        Write("/dev/null");
        Write(PathOf("null"));

        Assert.Empty(File.ReadAllBytes("/dev/null"));
        using FileStream device = new("/dev/null", FileMode.Open, FileAccess.ReadWrite);
        device.Write(s_content);
        device.Flush();
        Assert.Equal(0, device.Length);
        Assert.Empty(Directory.GetFiles("/dev", "null.*.tmp"));
        AssertEntries("null");
    }

    [Fact]
    public void File_that_must_not_be_written_is_refused_and_stays()
    {
        string path = Standing("net.safetensors", "what was there before");
        File.SetAttributes(path, FileAttributes.ReadOnly);

        // The superuser may write to everything.
        bool isRefused = Refuses(() => File.OpenWrite(path).Dispose());
        Assert.Equal(isRefused, Refuses(() => Write(path)));

        Assert.Equal(isRefused ? "what was there before" : "\u0001\u0002\u0003\u0004\u0005", File.ReadAllText(path));
        Assert.True(File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly));
        File.SetAttributes(path, FileAttributes.Normal);
        AssertEntries("net.safetensors");
    }

    [Fact]
    public void File_in_a_folder_that_must_not_be_changed_is_overwritten()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Directory.CreateDirectory(PathOf("folder"));
        string path = Path.Combine(PathOf("folder"), "net.safetensors");
        File.WriteAllText(path, "what was there before");
        File.SetUnixFileMode(PathOf("folder"), ReadOnlyFolder);

        try
        {
            Write(path);

            AssertWritten(path, "folder");
            Assert.Equal([path], Directory.GetFiles(PathOf("folder")));
            Assert.Empty(Directory.GetFiles(Path.GetTempPath(), "net.safetensors.*.tmp"));
        }
        finally
        {
            File.SetUnixFileMode(PathOf("folder"), ReadOnlyFolder | UnixFileMode.UserWrite);
        }
    }

    [Theory]
    [InlineData(245)]
    [InlineData(255)]
    public void Name_may_be_as_long_as_the_system_allows(int length)
    {
        string name = new('n', length);

        Write(PathOf(name));
        Write(PathOf(name));

        AssertWritten(PathOf(name), name);
    }

    [Fact]
    public void Name_of_long_letters_is_cut_between_them()
    {
        string name = "n" + string.Concat(Enumerable.Repeat("🧠", 60));

        Write(PathOf(name));

        AssertWritten(PathOf(name), name);
    }

    [Fact]
    public void Folder_that_is_missing_is_named()
    {
        string path = Path.Combine(PathOf("missing"), "net.safetensors");

        DirectoryNotFoundException fault = Assert.Throws<DirectoryNotFoundException>(() => Write(path));

        Assert.Contains($"'{path}'", fault.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<SystemException>(() => Write(_folder.FullName));
        AssertEntries();
    }

    [Theory]
    [InlineData("")]
    [InlineData("what was there before")]
    public void File_stays_when_writing_fails(string content)
    {
        string path = Standing("net.safetensors", content);

        Assert.Throws<NotSupportedException>(() => AtomicFile.Write(path, static stream =>
        {
            stream.Write(s_content);
            throw new NotSupportedException();
        }));

        Assert.Equal(content, File.ReadAllText(path));
        AssertEntries("net.safetensors");
    }

    [Fact]
    public void File_is_whole_at_any_time_that_another_reads_it()
    {
        string path = Standing("net.safetensors", "what was there before");

        AtomicFile.Write(path, stream =>
        {
            stream.Write(s_content);
            stream.Flush();
            Assert.Equal("what was there before", File.ReadAllText(path));
        });

        AssertWritten(path, "net.safetensors");
    }

    [Fact]
    public void Relative_path_is_written_too()
    {
        string name = $"nnfs-{Path.GetRandomFileName()}";

        try
        {
            Write(name);
            Write(name);

            Assert.Equal(s_content, File.ReadAllBytes(name));
        }
        finally
        {
            File.Delete(name);
        }
    }

    [Fact]
    public void Networks_models_and_checkpoints_are_written_this_way()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (Action<string> write in (Action<string>[])
        [
            static path => new DeepNetwork().Save(path),
            static path => new DeepNetwork().ExportOnnx(path),
            static path => new DeepNetwork().Train(
                new float[70], new int[10], new TrainingOptions { Epochs = 1, Checkpoint = new(path) }, TestContext.Current.CancellationToken),
        ])
        {
            string path = Standing("target", "what was there before");
            File.SetUnixFileMode(path, Private);
            File.CreateSymbolicLink(PathOf("link"), "target");

            write(PathOf("link"));

            Assert.Equal("target", new FileInfo(PathOf("link")).LinkTarget);
            Assert.Equal(Private, File.GetUnixFileMode(path));
            Assert.InRange(new FileInfo(path).Length, 100, int.MaxValue);
            File.Delete(PathOf("link"));
        }
    }

    private static void Write(string path) => AtomicFile.Write(path, static stream => stream.Write(s_content));

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);

    private static bool Refuses(Action write)
    {
        try
        {
            write();

            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private string Standing(string name, string content)
    {
        File.WriteAllText(PathOf(name), content);

        return PathOf(name);
    }

    private void AssertWritten(string path, params string[] entries)
    {
        Assert.Equal(s_content, File.ReadAllBytes(path));
        AssertEntries(entries);
    }

    private void AssertEntries(params string[] entries) => Assert.Equal(
        entries, Directory.GetFileSystemEntries(_folder.FullName).Select(static path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
}
