using Microsoft.CodeAnalysis;

namespace Nnfs.Tool.Compilation;

/// <summary>A network's source does not compile. The message has a line for each error.</summary>
internal sealed class CompilationException : Exception
{
    private const int MostInMessage = 20;

    /// <summary>The exception for a source without a network, or for other faults than the compiler's.</summary>
    public CompilationException(string message)
        : base(message)
    {
    }

    /// <summary>The exception for what the compiler, the generator and the analyzer have reported.</summary>
    public CompilationException(string file, IEnumerable<Diagnostic> errors)
        : base($"{file} does not compile:\n{string.Join('\n', errors.Take(MostInMessage))}")
    {
    }
}
