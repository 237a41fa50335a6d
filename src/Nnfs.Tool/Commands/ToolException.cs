namespace Nnfs.Tool.Commands;

/// <summary>A command can't do what it was asked.</summary>
internal sealed class ToolException(string message) : Exception(message);
