using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Nnfs;

/// <summary>
/// The version of what generated code calls: the types and members that IntelliSense hides. A library with networks is compiled with the version of its
/// day, and a network made at run time is checked against the versions that this assembly still serves. See docs/compatibility.md.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NetworkContract
{
    /// <summary>
    /// The version that code compiled today has. It grows whenever generated code calls something that was not there before, or what it called before changes.
    /// </summary>
    /// <remarks>A constant, so that it becomes part of the library that is compiled, as the default value of <see cref="AlignedBlock(int, int)"/>.</remarks>
    public const int Version = 1;

    /// <summary>The oldest version whose networks still run. It grows with the first release that removes or changes something that they call.</summary>
    internal const int OldestVersion = 1;

    /// <summary>Checks that a network can run.</summary>
    /// <param name="version">The version that its library was compiled with.</param>
    /// <exception cref="NotSupportedException">It is older than the oldest one that still runs, or newer than this assembly.</exception>
    internal static void Require(int version)
    {
        if (version is < OldestVersion or > Version)
        {
            Throw(version);
        }
    }

    [DoesNotReturn]
    private static void Throw(int version)
    {
        string current = typeof(NetworkContract).Assembly.GetName().Version!.ToString(3);
        string cure = version > Version
            ? "update Nnfs.Generators in the program that uses it"
            : $"rebuild it with Nnfs.Generators {current}";

        throw new NotSupportedException($"{Caller()} was built with a version of Nnfs.Generators that does not fit Nnfs {current}: {cure}.");
    }

    /// <summary>The network and library whose code made the call; where the program cannot tell, as without stack traces, words in their place.</summary>
    private static string Caller()
    {
        foreach (StackFrame frame in new StackTrace().GetFrames())
        {
            if (DiagnosticMethodInfo.Create(frame) is { DeclaringTypeName: { } type, DeclaringAssemblyName: { } assembly }
                && assembly != typeof(NetworkContract).Assembly.FullName)
            {
                return $"'{type}' in the library '{assembly.Split(',')[0]}'";
            }
        }

        return "The library with this network";
    }
}
