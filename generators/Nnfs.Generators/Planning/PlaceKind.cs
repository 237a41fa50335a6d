namespace Nnfs.Generators.Planning;

/// <summary>Where a prediction leaves what a stage gives.</summary>
internal enum PlaceKind
{
    /// <summary>In scratch memory.</summary>
    Scratch,

    /// <summary>In an output of the network.</summary>
    Output,

    /// <summary>Where its source lies: the stage changes nothing.</summary>
    Alias,

    /// <summary>Nowhere: the stage is computed together with one after it, or with the outputs.</summary>
    Joined,
}
