namespace Nnfs.Benchmarks;

/// <summary>
/// The <c>Predict</c> of one network. Code that is generic over networks calls it about as fast as code that names the network; a call through the
/// interface would be a noticeable part of a small network's time.
/// </summary>
/// <param name="inputs">A row of features for each sample.</param>
/// <param name="outputs">Takes a row of outputs for each sample.</param>
internal delegate void Prediction(ReadOnlySpan<float> inputs, Span<float> outputs);
