using System.CommandLine;
using Nnfs.Import;
using Nnfs.Import.Onnx;
using Nnfs.Tool.Compilation;
using Nnfs.Tool.Files;

namespace Nnfs.Tool.Commands;

/// <summary>The command line of the tool.</summary>
internal static class CommandLine
{
    /// <summary>The exit code of a command that has done what it was asked.</summary>
    public const int Success = 0;

    /// <summary>The exit code of a command that could not do it; the reason is on the error output.</summary>
    public const int Failure = 1;

    /// <summary>The exit code of a command line that makes no sense.</summary>
    public const int Misuse = 2;

    /// <summary>Runs a command.</summary>
    /// <param name="arguments">The arguments of the process.</param>
    /// <param name="output">Takes the results.</param>
    /// <param name="error">Takes messages of what went wrong.</param>
    /// <returns>The exit code.</returns>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        RootCommand root = new("Writes trained models of other tools as networks of Nnfs.Generators, and shows what is in their files.")
        {
            ImportCommand.Create(),
            InspectCommand.Create(),
            VerifyCommand.Create(),
            ConvertCommand.Create(),
        };

        ParseResult parsed = root.Parse(arguments);
        InvocationConfiguration configuration = new() { Output = output, Error = error, EnableDefaultExceptionHandler = false };

        if (parsed.Errors.Count > 0)
        {
            foreach (string message in parsed.Errors.Select(static fault => fault.Message))
            {
                error.WriteLine($"error: {message}");
            }

            error.WriteLine("'nnfs --help' lists the commands, 'nnfs COMMAND --help' what each takes.");

            return Misuse;
        }

        try
        {
            return parsed.Invoke(configuration);
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            error.WriteLine($"error: {TextTable.Printable(exception.Message, hasLines: true)}");

            return Failure;
        }
    }

    /// <summary>Whether an exception says what is wrong with what the tool was given; any other is a fault of its own.</summary>
    private static bool IsExpected(Exception exception) =>
        exception is OnnxException or ImportException or CompilationException or SafetensorsException or NumpyException or ToolException or IOException
            or UnauthorizedAccessException;
}
