namespace Nnfs.Generators.Models;

/// <summary>What a training pass is told of an output.</summary>
internal enum TargetKind
{
    /// <summary>Labels: the class of each sample, or 0 or 1 for each value.</summary>
    Labels,

    /// <summary>Targets: what each value should be.</summary>
    Targets,

    /// <summary>The gradients of the outputs, which come from outside.</summary>
    Gradients,
}
