namespace Nnfs.Generators.Models;

/// <summary>The last stages of a network as one kernel.</summary>
internal abstract record KernelTail
{
    /// <summary>The steps that compute the outputs of the last of them.</summary>
    /// <param name="stages">The stages.</param>
    /// <param name="context">The pass, of the first of the stages.</param>
    public abstract IEnumerable<Step> Forward(IReadOnlyList<StageSpec> stages, StageContext context);

    /// <summary>The steps for the gradients of all their parameters, where they are the whole network.</summary>
    /// <param name="stages">The stages.</param>
    public virtual IEnumerable<Step> BackwardParameters(IReadOnlyList<StageSpec> stages) => [];
}
