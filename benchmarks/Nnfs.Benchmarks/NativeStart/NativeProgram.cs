using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace Nnfs.Benchmarks;

/// <summary>A program that is published with NativeAOT and started again and again.</summary>
internal sealed unsafe partial class NativeProgram : Measured
{
    private const int WriteOnly = 1;

    private readonly byte[] _path;

    private NativeProgram(string name, string path)
        : base(name)
    {
        _path = [.. Encoding.UTF8.GetBytes(path), 0];
        Size = new FileInfo(path).Length;
    }

    /// <summary>The size of the program in bytes, without the file of its debugging symbols.</summary>
    public long Size { get; }

    /// <summary>Publishes a project that lies beside this file.</summary>
    public static NativeProgram Publish(string project)
    {
        string sources = typeof(NativeProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(static data => data.Key == "NativeStart").Value!;
        string output = Path.Combine(AppContext.BaseDirectory, "NativeStart", project);
        List<string> arguments = ["publish", Path.Combine(sources, project), "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", output];

        // NativeAOT links with clang where nothing is said; gcc does as well.
        if (Programs.Find("clang") is null)
        {
            arguments.Add("-p:CppCompilerAndLinker=gcc");
        }

        Self.Output(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true });

        return new(project, Path.Combine(output, project));
    }

    /// <summary>
    /// Starts the program and waits for its end, with the least that the system asks for: what is spent on starting is part of the
    /// time, and .NET's own class for processes would spend more than the program.
    /// </summary>
    public override void Run(int operations)
    {
        // The structure is opaque; 80 bytes on 64-bit Linux.
        byte* actions = stackalloc byte[256];
        Check(FileActionsInit(actions));

        fixed (byte* path = _path, nowhere = "/dev/null\0"u8)
        {
            Check(FileActionsAddOpen(actions, 1, nowhere, WriteOnly, 0));
            byte** arguments = stackalloc byte*[] { path, null };

            for (int operation = 0; operation < operations; operation++)
            {
                Check(Spawn(out int process, path, actions, null, arguments, null));

                if (WaitForProcess(process, out int status, 0) != process || status != 0)
                {
                    throw new InvalidOperationException($"{Name} failed with status {status}.");
                }
            }
        }

        Check(FileActionsDestroy(actions));
    }

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new InvalidOperationException($"Starting a process failed with error {error}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int FileActionsInit(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen")]
    private static partial int FileActionsAddOpen(byte* actions, int descriptor, byte* path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial int FileActionsDestroy(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn")]
    private static partial int Spawn(out int process, byte* path, byte* actions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "waitpid")]
    private static partial int WaitForProcess(int process, out int status, int options);
}
