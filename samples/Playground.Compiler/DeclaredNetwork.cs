namespace Playground.Compiler;

/// <summary>A network that the text declares.</summary>
/// <param name="Name">The full name of its class, as reflection knows it.</param>
/// <param name="Inputs">The number of values of a sample; 0 if it has several inputs.</param>
/// <param name="Outputs">The number of outputs for a sample; 0 if it has several.</param>
/// <param name="Declaration">All types of the text as they were typed, the network's class among them, but not the namespaces around them.</param>
public sealed record DeclaredNetwork(string Name, int Inputs, int Outputs, string Declaration);
