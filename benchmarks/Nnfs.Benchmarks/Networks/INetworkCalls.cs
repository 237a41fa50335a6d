namespace Nnfs.Benchmarks;

/// <summary>
/// The members of a generated network and of one of its workspaces that are measured, as a value type: a loop that is generic
/// over it is compiled for that network alone and calls it directly, as a user's loop does.
/// </summary>
/// <typeparam name="TSelf">The value type itself.</typeparam>
internal interface INetworkCalls<TSelf>
    where TSelf : struct, INetworkCalls<TSelf>
{
    /// <summary>A new network with a workspace for batches of that size.</summary>
    static abstract TSelf Create(int batchSize);

    /// <summary>All parameters of the network, as they lie in memory.</summary>
    Span<float> Parameters { get; }

    /// <summary>The gradients of the last backward pass, laid out like the parameters.</summary>
    Span<float> Gradients { get; }

    /// <summary>The parameters of a dense layer, counted from 0.</summary>
    DenseParameters Layer(int index);

    void Predict(ReadOnlySpan<float> inputs, Span<float> outputs);

    /// <summary>A forward and a backward pass; returns the loss.</summary>
    float ForwardBackward(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels);

    /// <summary>A step along the gradients.</summary>
    void Step(Optimizer optimizer);
}
