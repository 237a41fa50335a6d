namespace Playground.Compiler;

/// <summary>A network that the text declares.</summary>
/// <param name="Name">The full name of its class, as reflection knows it.</param>
/// <param name="Inputs">The number of values of a sample; 0 if it has several inputs.</param>
/// <param name="Outputs">The number of outputs for a sample; 0 if it has several.</param>
/// <param name="Declaration">Its attributes and its class as they were typed.</param>
public sealed record DeclaredNetwork(string Name, int Inputs, int Outputs, string Declaration);
