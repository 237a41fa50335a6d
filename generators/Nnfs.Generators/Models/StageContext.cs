namespace Nnfs.Generators.Models;

/// <summary>What a stage can know of the pass that it is written for.</summary>
/// <param name="Network">The network.</param>
/// <param name="Stage">The number of the stage.</param>
/// <param name="Pass">What the pass is for.</param>
internal sealed record StageContext(NetworkSpec Network, int Stage, PassKind Pass)
{
    /// <summary>Whether a vector holds one value of several samples.</summary>
    public bool IsInLanes => Network.Plan == NetworkPlan.Lanes && !IsSample;

    /// <summary>Whether each layer is computed by itself, for all samples on one thread.</summary>
    public bool IsPlain => Network.Plan == NetworkPlan.Plain;

    /// <summary>Whether one sample goes through alone.</summary>
    public bool IsSample => Pass == PassKind.Sample;

    /// <summary>Whether activations are kept, and layers behave as in training.</summary>
    public bool IsTraining => Pass == PassKind.Training;

    /// <summary>What a source is called in comments.</summary>
    public string SourceName(int slot) => Network.NameOf(Network.Stages[Stage].Sources[slot]);

    /// <summary>Whether what it reads are indices, an input of whole numbers.</summary>
    public bool ReadsIndices => Network.Stages[Stage].Sources[0] is < 0 and var source && Network.Inputs[~source].Element == ElementType.Integer;

    /// <summary>Whether a source depends on parameters, so that its gradient is computed for training.</summary>
    public bool SourceLeads(int slot) => Network.Plans.Gradients.Leads(Network.Stages[Stage].Sources[slot]);

    /// <summary>The activation of a source that the stage takes back along with its own gradient; <see langword="null"/> where there is none.</summary>
    public string? MaskOf(int slot) => Network.RootOf(Network.Stages[Stage].Sources[slot]) is >= 0 and var source && Network.Plans.Gradients.IsMasked[source]
        ? Network.Stages[source].MaskName
        : null;

    /// <summary>Values of the pass in comments, such as <c>[samples × 3]</c>.</summary>
    public string Rows(Shape shape) => IsSample ? $"[{shape}]" : $"[samples × {shape}]";
}
