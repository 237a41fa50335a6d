using Nnfs.Tool.Commands;

namespace Nnfs.Import.Tests.Tool;

/// <summary>What a command of the tool has done.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Output">What it has printed.</param>
/// <param name="Error">What it has printed on the error output.</param>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a command.</summary>
    public static CommandResult Of(params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int code = CommandLine.Run(arguments, output, error);

        return new(code, Lines(output), Lines(error));
    }

    private static string Lines(StringWriter text) => text.ToString().ReplaceLineEndings("\n");
}
