namespace Nnfs.Generators.Diagnostics;

/// <summary>What a diagnostic carries for its code fixes.</summary>
internal static class DiagnosticProperties
{
    /// <summary>The number of inputs that arrive at the layer: what the layer before gives, or what the first layer states.</summary>
    public const string ArrivingInputs = "ArrivingInputs";
}
