namespace Nnfs;

/// <summary>
/// What every generated network with a loss has over samples of a type of your own, for code that is generic over networks and trains or evaluates them.
/// </summary>
/// <typeparam name="TSelf">The network itself.</typeparam>
/// <typeparam name="TWorkspace">Its workspace.</typeparam>
/// <typeparam name="TSample">The type of its samples.</typeparam>
public interface ISampleNetwork<TSelf, TWorkspace, TSample> : ISampleNetwork<TSelf, TSample>, ITrainableNetwork<TSelf, TWorkspace>
    where TSelf : class, ISampleNetwork<TSelf, TWorkspace, TSample>
    where TWorkspace : class, IWorkspace
    where TSample : ISample<TSample>;
