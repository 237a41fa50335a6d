namespace Nnfs.Tests.Networks.Samples;

/// <summary>How a trip turns out.</summary>
public enum Outcome
{
    Returned,
    Late,
    Lost,
}
