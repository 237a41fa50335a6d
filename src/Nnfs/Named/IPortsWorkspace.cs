using System.ComponentModel;

namespace Nnfs;

/// <summary>The workspace of a network with several inputs or outputs, as training sees it: outputs and losses by the number of the output.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPortsWorkspace : IWorkspace
{
    /// <summary>An output of the last pass.</summary>
    /// <param name="output">The number of the output.</param>
    ReadOnlySpan<float> GetOutputs(int output);

    /// <summary>The loss of an output in the last pass, before it is weighted; 0 for an output without a loss.</summary>
    /// <param name="output">The number of the output.</param>
    float GetLoss(int output);
}
