namespace Nnfs.Site;

/// <summary>A heading of a page.</summary>
/// <param name="Level">1 for the title.</param>
/// <param name="Id">What links to it end with.</param>
/// <param name="Text">Its text.</param>
internal sealed record PageHeading(int Level, string Id, string Text);
