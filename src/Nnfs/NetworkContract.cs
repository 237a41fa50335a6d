using System.ComponentModel;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Nnfs;

/// <summary>
/// The version of what generated code calls: the types and members that IntelliSense hides. A library with networks is compiled with the version of its
/// day, and a network made at run time is checked against the versions that this assembly still serves. See docs/compatibility.md.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NetworkContract
{
    /// <summary>
    /// The version that code compiled today has. It grows with the first release after generated code began to call something that was not there before.
    /// </summary>
    /// <remarks>A constant, so that it becomes part of the library that is compiled, as the default value of <see cref="AlignedBlock(int, int)"/>.</remarks>
    public const int Version = 1;

    /// <summary>The oldest version whose networks still run. It grows with the first release that removes something that they call.</summary>
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
        // A program by NativeAOT is built in one go: it need not carry the code that finds names.
        (string caller, string current) = RuntimeFeature.IsDynamicCodeSupported
            ? (Caller(), $"Nnfs {PackageVersion()}")
            : ("A library with a network", "the Nnfs of this program");

        string cure = version > Version ? "update Nnfs.Generators in the program that uses it" : "rebuild it with that version";

        throw new NotSupportedException($"{caller} was built with a version of Nnfs.Generators that does not fit {current}: {cure}.");
    }

    /// <summary>The version of the package, without the commit: 0.1.0, or 0.1.0-alpha.3 between two releases.</summary>
    private static string PackageVersion() =>
        typeof(NetworkContract).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The network and the library whose code made the call.</summary>
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

        return "A library with a network";
    }
}
