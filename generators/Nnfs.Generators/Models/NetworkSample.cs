namespace Nnfs.Generators.Models;

/// <summary>What a network needs to know of the type of its samples.</summary>
/// <param name="Type">The type's full name in code, such as <c>global::Samples.Flower</c>.</param>
/// <param name="Name">The type's name.</param>
/// <param name="FeatureCount">The number of values of a sample.</param>
/// <param name="Label">What the network predicts; <see langword="null"/> for nothing that the samples say.</param>
/// <param name="Accessibility">The accessibility of methods that take samples, so that whoever sees them sees the types too.</param>
/// <param name="Embedded">The features whose values are indices, the last of a sample, in their order.</param>
internal sealed record NetworkSample(
    string Type, string Name, int FeatureCount, LabelSpec? Label, string Accessibility, EquatableArray<EmbeddedFeature> Embedded)
{
    /// <summary>How many names of classes a message has.</summary>
    private const int MostNames = 10;

    /// <summary>Whether the label is one of some classes.</summary>
    public bool HasClasses => Label is { IsClasses: true };

    /// <summary>The label as part of a sentence: what it has so many of.</summary>
    public string LabelText
    {
        get
        {
            if (Label is not { IsClasses: true })
            {
                return $"the label '{Label?.Name}' of '{Name}' is {Wording.Count(Label?.Targets ?? 0, "number")}";
            }

            string names = string.Join(", ", Label.Classes.Take(MostNames)) + (Label.Classes.Count > MostNames ? ", …" : "");

            return $"the label '{Label.Name}' of '{Name}' has {Wording.Count(Label.Classes.Count, "class", "classes")} ({names})";
        }
    }

    /// <summary>How many outputs a network with that loss has; <see langword="null"/> where the samples have no label.</summary>
    public int? OutputsFor(LossSpec? loss) => Label is null ? null
        : !Label.IsClasses ? Label.Targets
        : loss is { IsBinary: true } ? 1
        : Label.Classes.Count;
}
