namespace Names;

/// <summary>A network that foretells the next letter at each step.</summary>
internal interface ILetterModel
{
    /// <summary>Makes one step on a batch of names.</summary>
    /// <param name="letters">What it reads, [names × steps].</param>
    /// <param name="labels">What comes next, [names × steps]; −1 where nothing does.</param>
    /// <param name="most">The most names of a batch.</param>
    /// <returns>The mean loss of a letter.</returns>
    float Train(ReadOnlySpan<int> letters, ReadOnlySpan<int> labels, int most);

    /// <summary>The mean loss of a letter, without learning from it.</summary>
    /// <inheritdoc cref="Train" path="/param"/>
    float Measure(ReadOnlySpan<int> letters, ReadOnlySpan<int> labels, int most);

    /// <summary>The probabilities of the next letter at each step.</summary>
    /// <param name="inputs">What it reads, [names × steps].</param>
    /// <param name="outputs">The probabilities, [names × steps × letters]; written.</param>
    void Predict(ReadOnlySpan<int> inputs, Span<float> outputs);
}
