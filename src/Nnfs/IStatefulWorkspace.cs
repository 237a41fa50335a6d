using System.Collections.Immutable;
using System.ComponentModel;

namespace Nnfs;

/// <summary>The workspace of a network whose passes begin with the states that the last one left, as training sees it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IStatefulWorkspace
{
    /// <summary>What the layers begin the next pass with, a block for each of them.</summary>
    ImmutableArray<AlignedBlock> States { get; }

    /// <summary>Forgets the states: the next pass begins with 0.</summary>
    void ResetState();
}
