namespace Names;

/// <summary>The probabilities of the next letter at each step.</summary>
/// <param name="inputs">What a network reads, [names × steps].</param>
/// <param name="outputs">The probabilities, [names × steps × letters]; written.</param>
internal delegate void LetterPrediction(ReadOnlySpan<int> inputs, Span<float> outputs);
