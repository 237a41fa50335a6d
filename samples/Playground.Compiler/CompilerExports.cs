using System.Runtime.InteropServices;
using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using System.Text.Json;

namespace Playground.Compiler;

/// <summary>What the compiler's worker calls. It works on one text at a time.</summary>
[SupportedOSPlatform("browser")]
internal static partial class CompilerExports
{
    private static readonly CompilerSession s_session = new();

    private static byte[] s_assembly = [];

    /// <summary>A first look at a text: a <see cref="CompilerReport"/> as JSON.</summary>
    [JSExport]
    public static async Task<string> Check(string text) => Write(await s_session.CheckAsync(text));

    /// <summary>Compiles the text of the last look: a <see cref="CompilerReport"/> as JSON.</summary>
    [JSExport]
    public static async Task<string> Compile() => Write(await s_session.CompileAsync());

    /// <summary>Makes an assembly of the text that was compiled last, for <see cref="TakeAssembly"/>: a <see cref="CompilerReport"/> as JSON.</summary>
    [JSExport]
    public static string Build()
    {
        BuiltProgram program = s_session.Build();
        s_assembly = ImmutableCollectionsMarshal.AsArray(program.Assembly)!;

        return Write(program.Report);
    }

    /// <summary>The bytes of the assembly that was made last; none if it had errors.</summary>
    [JSExport]
    public static byte[] TakeAssembly() => s_assembly;

    /// <summary>What is shown over a character of the last text: a <see cref="Compiler.Hover"/> as JSON, or nothing.</summary>
    [JSExport]
    public static string? Hover(int position) =>
        s_session.FindHover(position) is { } hover ? JsonSerializer.Serialize(hover, CompilerJson.Default.Hover) : null;

    private static string Write(CompilerReport report) => JsonSerializer.Serialize(report, CompilerJson.Default.CompilerReport);
}
