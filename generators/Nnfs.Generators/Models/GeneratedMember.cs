namespace Nnfs.Generators.Models;

/// <summary>A public member of a generated network, as far as the user's own members can collide with it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">The types of a method's parameters, as generated code writes them; <see langword="null"/> for anything but a method.</param>
internal sealed record GeneratedMember(string Name, string[]? Parameters = null)
{
    /// <summary>The parameters as a <see cref="MemberConflict"/> states them.</summary>
    public string? Signature => Parameters is null ? null : string.Join(", ", Parameters);
}
