using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.OnnxRuntime;

namespace Nnfs.Benchmarks;

/// <summary>ONNX Runtime with bound inputs and outputs.</summary>
internal sealed class OnnxRuntimePeer() : Peer(PeerNames.OnnxRuntime)
{
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "However the native library fails to load, the peer is absent.")]
    public override string? Absence
    {
        get
        {
            try
            {
                _ = OrtEnv.Instance();

                return null;
            }
            catch (Exception exception)
            {
                return $"its native library does not load ({exception.GetBaseException().Message})";
            }
        }
    }

    public override string Version => OrtEnv.Instance().GetVersionString();

    public override Contestant? Enter(Workload workload) =>
        workload.Activity == Activity.Predict ? new OnnxRuntimeContestant(Name, workload) : null;
}
