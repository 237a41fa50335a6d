namespace Nnfs.Import.Translating;

/// <summary>A value of the model that the network computes: what a layer gives, how it lies there, and what is still to be done with it.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="View">How the tensor of the model lies in what the layer gives.</param>
/// <param name="IsOnlyUse">Whether nothing else reads the layer, so that constants can be taken into its weights.</param>
/// <param name="Pending">What each value is multiplied by and what is added to it, which the next layer takes in; null for nothing.</param>
/// <param name="Places">
/// For each value of a row its place in what the layer gives, where the row was joined from parts that lie there in different orders; null where the view says
/// all.
/// </param>
internal sealed record NetworkValue(ImportedLayer Layer, View View, bool IsOnlyUse, Affine? Pending = null, int[]? Places = null);
