using Nnfs;

namespace Names;

/// <summary>A recurrent network: a state that each letter changes.</summary>
[Network(Alphabet.Steps)]
[Embedding(Alphabet.Size, 16)]
[GRU(64, ReturnSequences = true)]
[Dropout(0.3)]
[Dense(Alphabet.Size, EachStep = true)]
[SoftmaxCrossEntropy]
internal sealed partial class NameGRU : ILetterModel
{
    private readonly Adam _optimizer = new(learningRate: 0.002f);
    private Workspace? _pass;

    /// <inheritdoc/>
    public float Train(ReadOnlySpan<int> letters, ReadOnlySpan<int> labels, int most)
    {
        _pass ??= CreateWorkspace(most, Environment.ProcessorCount);
        _pass.IsTraining = true;
        float loss = ForwardBackward(letters, labels, _pass);
        _optimizer.Step(this, _pass);

        return loss;
    }

    /// <inheritdoc/>
    public float Measure(ReadOnlySpan<int> letters, ReadOnlySpan<int> labels, int most)
    {
        _pass ??= CreateWorkspace(most, Environment.ProcessorCount);
        _pass.IsTraining = false;

        return Forward(letters, labels, _pass);
    }
}
