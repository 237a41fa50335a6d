namespace Nnfs;

/// <summary>
/// A generated network of whatever class, so that networks of several classes stand in one list. Every network is one; calls are those of its interface,
/// without reflection.
/// </summary>
/// <remarks>
/// A network with several inputs or outputs takes and gives them as rows that hold all of a sample, in the order of <see cref="NetworkInfo.Inputs"/> and
/// <see cref="NetworkInfo.Outputs"/>; indices are floats, whole numbers below 2²⁴.
/// </remarks>
public interface INetwork
{
    /// <summary>What it is: name, inputs, outputs, layers.</summary>
    NetworkInfo Info { get; }

    /// <summary>All weights and biases, one contiguous block aligned to 64 bytes. What is in the padding between them has no effect.</summary>
    Span<float> Parameters { get; }

    /// <summary>Runs the network forward on any whole number of samples. Safe from many threads at once.</summary>
    /// <param name="inputs">[samples × <see cref="NetworkInfo.InputSize"/>], row-major.</param>
    /// <param name="outputs">[samples × <see cref="NetworkInfo.OutputSize"/>], row-major; must not overlap <paramref name="inputs"/>.</param>
    /// <exception cref="ArgumentException">A length is not that of a whole number of samples, or the two disagree or overlap.</exception>
    void Predict(ReadOnlySpan<float> inputs, Span<float> outputs);

    /// <summary>Saves the network's parameters: see <see cref="NetworkFiles"/>.</summary>
    /// <param name="path">The file, usually <c>*.safetensors</c>.</param>
    /// <exception cref="IOException">The file cannot be written. What was there before still is.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written. What was there before still is.</exception>
    void Save(string path);

    /// <summary>Reads the parameters of a file into the network: see <see cref="NetworkFiles"/>.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="SafetensorsException">The file does not fit; the network is not changed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    void LoadParameters(string path);
}
