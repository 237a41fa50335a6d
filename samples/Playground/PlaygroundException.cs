namespace Playground;

/// <summary>What the user asked for is not possible; the message says why and what to do, and the page shows it.</summary>
internal sealed class PlaygroundException(string message) : Exception(message);
