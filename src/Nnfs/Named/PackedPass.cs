using System.ComponentModel;

namespace Nnfs;

/// <summary>
/// What generic code gives to a network with several inputs or outputs, and takes from it: rows that hold all inputs of a sample, all outputs, or all that the
/// outputs with a loss are compared with.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PackedPass
{
    private PackedPass(ReadOnlySpan<InputInfo> inputs, ReadOnlySpan<OutputInfo> outputs)
    {
        Inputs = InputsOf(inputs);
        InputGradients = InputsOf(inputs);
        Outputs = new PackedRows([.. outputs.ToArray().Select(static output => output.Size)]);
        Targets = TargetsOf(outputs);
    }

    /// <summary>Rows of all inputs.</summary>
    public PackedRows Inputs { get; }

    /// <summary>Rows of the gradients of all inputs.</summary>
    public PackedRows InputGradients { get; }

    /// <summary>Rows of all outputs.</summary>
    public PackedRows Outputs { get; }

    /// <summary>Rows of labels and targets of the outputs that have a loss.</summary>
    public PackedRows Targets { get; }

    /// <summary>The rows of a network.</summary>
    public static PackedPass Of<TNetwork>()
        where TNetwork : INetwork<TNetwork> => new(TNetwork.Inputs.AsSpan(), TNetwork.Outputs.AsSpan());

    /// <summary>The rows of a network for the thread that calls.</summary>
    public static PackedPass OfThread<TNetwork>()
        where TNetwork : INetwork<TNetwork> => OnThread<TNetwork>.Pass ??= Of<TNetwork>();

    /// <summary>Rows of all inputs of a network.</summary>
    internal static PackedRows InputsOf(ReadOnlySpan<InputInfo> inputs) => new([.. inputs.ToArray().Select(static input => input.Size)]);

    /// <summary>Rows of labels and targets of the outputs of a network that have a loss.</summary>
    internal static PackedRows TargetsOf(ReadOnlySpan<OutputInfo> outputs) =>
        new([.. outputs.ToArray().Where(static output => output.Loss is not null).Select(static output => output.TargetSize)]);

    private static class OnThread<TNetwork>
    {
        [ThreadStatic]
        private static PackedPass? s_pass;

        public static PackedPass? Pass
        {
            get => s_pass;
            set => s_pass = value;
        }
    }
}
