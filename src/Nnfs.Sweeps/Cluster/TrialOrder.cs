namespace Nnfs.Sweeps.Cluster;

/// <summary>What a core is told to do: all that a trial depends on, so that any core gives the same figure.</summary>
/// <param name="Ticket">Tells this order from any other, of the same trial too.</param>
/// <param name="Objective">The name of the objective.</param>
/// <param name="Number">The number of the trial.</param>
/// <param name="Seed">What it draws from.</param>
/// <param name="Epochs">The epochs that it is to have at the end of this step.</param>
/// <param name="MaxEpochs">The epochs of a trial that goes on to the end.</param>
/// <param name="Names">The names of the parameters.</param>
/// <param name="Values">Their values, as text.</param>
/// <param name="Folder">Where its checkpoints are.</param>
[GenerateSerializer]
[Immutable]
[Alias("nnfs.sweeps.order")]
internal sealed record TrialOrder(
    Guid Ticket, string Objective, int Number, int Seed, int Epochs, int MaxEpochs, string[] Names, string[] Values, string Folder);
