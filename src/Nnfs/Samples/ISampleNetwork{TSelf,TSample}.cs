namespace Nnfs;

/// <summary>What every generated network over samples of a type of your own has, for code that is generic over them.</summary>
/// <typeparam name="TSelf">The network itself.</typeparam>
/// <typeparam name="TSample">The type of its samples.</typeparam>
public interface ISampleNetwork<TSelf, TSample> : INetwork<TSelf>, ISampleNetwork
    where TSelf : class, ISampleNetwork<TSelf, TSample>
    where TSample : ISample<TSample>
{
    /// <inheritdoc/>
    SampleSchema ISampleNetwork.Schema => TSample.Schema;
}
