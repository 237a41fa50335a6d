namespace Nnfs;

/// <summary>
/// Says where a network finds its tensors in a file of another program: under which names, and in which layout. The file is a safetensors file or a NumPy
/// archive (.npz).
/// </summary>
/// <remarks>
/// Every tensor of the network must be found, and every tensor of the file must be taken: what is left over on either side is an error, unless the map says so.
/// Numbers may be floats of any width or integers; they are rounded to 32-bit floats.
/// </remarks>
/// <example>
/// <code>
/// net.LoadParameters("model.safetensors", TensorMap.PyTorch);
///
/// net.LoadParameters("model.safetensors", new TensorMap
/// {
///     Layout = TensorLayout.PyTorch,
///     ["dense1"] = "encoder.fc",             // a layer and a module: all of its tensors
///     ["dense2.weights"] = "head.weight",    // a tensor
///     ["dense2.biases"] = null,              // the file has none: they stay as they are
///     Ignored = { "auxiliary.weight" },      // the network has none
/// });
/// </code>
/// </example>
public sealed class TensorMap
{
    private readonly Dictionary<string, string?> _names = new(StringComparer.Ordinal);

    /// <summary>
    /// The map of a <c>state_dict</c>: each layer takes the module of PyTorch whose tensors have its shapes. Where several do, they are taken in the order of
    /// the numbers in their names (<c>layers.2</c> before <c>layers.10</c>), or in that of the file where it keeps one (.npz). Where neither tells, the
    /// exception asks for names.
    /// </summary>
    public static TensorMap PyTorch => new() { Layout = TensorLayout.PyTorch };

    /// <summary>How the file has the tensors. The default is <see cref="TensorLayout.Network"/>.</summary>
    public TensorLayout Layout { get; init; }

    /// <summary>The names of tensors of the file that the network does not take.</summary>
    public ICollection<string> Ignored { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>
    /// The name in the file of a tensor of the network, such as <c>dense1.weights</c>, or of a layer, such as <c>dense1</c>, with all of its tensors. With
    /// <see cref="TensorLayout.PyTorch"/> that of a layer is the name of a module, and the second layer of a stacked recurrent one is <c>rnn_l1</c>.
    /// <see langword="null"/> leaves the network's values as they are. What has no name here is found by the layout: by the network's own names, or by the
    /// shapes of PyTorch's modules.
    /// </summary>
    /// <param name="name">The name of a tensor or a layer, as <c>net.Tensors</c> has it.</param>
    /// <exception cref="KeyNotFoundException">The name has not been set.</exception>
    public string? this[string name]
    {
        get => _names[name];
        set => _names[name] = value;
    }

    /// <summary>All names that have been set.</summary>
    internal IReadOnlyDictionary<string, string?> Names => _names;
}
