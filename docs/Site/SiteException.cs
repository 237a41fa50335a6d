namespace Nnfs.Site;

/// <summary>The documentation can't be written as a site: a link leads nowhere, or a folder is missing.</summary>
/// <param name="message">What is wrong, and where.</param>
internal sealed class SiteException(string message) : Exception(message);
