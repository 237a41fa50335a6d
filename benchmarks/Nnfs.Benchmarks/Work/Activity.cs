namespace Nnfs.Benchmarks;

/// <summary>What is done with a network.</summary>
internal enum Activity
{
    /// <summary>The outputs of one batch; calls do not wait for each other.</summary>
    Predict,

    /// <summary>The outputs of one sample, whose first two inputs are the first two outputs of the call before.</summary>
    PredictChained,

    /// <summary>The loss and the gradients of the parameters.</summary>
    ForwardBackward,

    /// <summary>Forward, backward and an update by stochastic gradient descent.</summary>
    SgdStep,

    /// <summary>Forward, backward and an update by Adam.</summary>
    AdamStep,
}
