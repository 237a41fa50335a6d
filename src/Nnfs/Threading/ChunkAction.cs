using System.ComponentModel;

namespace Nnfs;

/// <summary>Works on a part of a pass of a network; parts do not depend on each other.</summary>
/// <param name="network">The network.</param>
/// <param name="workspace">The workspace of the pass.</param>
/// <param name="inputs">All inputs of the pass.</param>
/// <param name="start">The first item of the part.</param>
/// <param name="count">The number of items in it.</param>
/// <typeparam name="TNetwork">The network.</typeparam>
/// <typeparam name="TWorkspace">Its workspace.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void ChunkAction<in TNetwork, in TWorkspace>(TNetwork network, TWorkspace workspace, ReadOnlySpan<float> inputs, int start, int count)
    where TNetwork : class
    where TWorkspace : class;
