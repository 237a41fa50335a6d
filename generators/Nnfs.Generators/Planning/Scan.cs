using Nnfs.Generators.Models;

namespace Nnfs.Generators.Planning;

/// <summary>Where values and the rooms of their stages lie in scratch memory.</summary>
/// <param name="Places">For each stage the place of its value.</param>
/// <param name="Rooms">For each stage the room that it takes while it is computed.</param>
/// <param name="Length">The end of the last.</param>
internal sealed record Scan(EquatableArray<Place> Places, EquatableArray<Place> Rooms, long Length);
