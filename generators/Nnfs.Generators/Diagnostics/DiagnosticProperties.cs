namespace Nnfs.Generators.Diagnostics;

/// <summary>What a diagnostic carries for its code fixes.</summary>
internal static class DiagnosticProperties
{
    /// <summary>The number of inputs that arrive at the layer: what the layer before gives, or what the first layer states.</summary>
    public const string ArrivingInputs = "ArrivingInputs";

    /// <summary>The name of a layer or input that is nearest to one that does not exist.</summary>
    public const string NearestName = "NearestName";

    /// <summary>The layer whose probabilities a loss takes, or the loss that applies it itself.</summary>
    public const string Probabilities = "Probabilities";

    /// <summary>The loss that applies the missing layer itself, and so can take the place of one that expects it.</summary>
    public const string FusedLoss = "FusedLoss";

    /// <summary>A setting in its range, as an argument, that is plainly meant by one that is not.</summary>
    public const string PlainSetting = "PlainSetting";

    /// <summary>The length that an argument must have, where only one will do.</summary>
    public const string ExpectedLength = "ExpectedLength";

    /// <summary>The number of classes that a label is one of.</summary>
    public const string Classes = "Classes";

    /// <summary>That an argument has no meaning where it is, and can be left out.</summary>
    public const string IsSuperfluous = "IsSuperfluous";

    /// <summary>That a type lacks <c>[Sample]</c>.</summary>
    public const string LacksSample = "LacksSample";
}
