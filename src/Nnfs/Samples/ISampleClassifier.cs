namespace Nnfs;

/// <summary>
/// What every generated network has that tells the classes of samples of a type of your own apart, for code that is generic over networks and trains or
/// evaluates them.
/// </summary>
/// <typeparam name="TSelf">The network itself.</typeparam>
/// <typeparam name="TWorkspace">Its workspace.</typeparam>
/// <typeparam name="TSample">The type of its samples.</typeparam>
public interface ISampleClassifier<TSelf, TWorkspace, TSample> : ISampleNetwork<TSelf, TWorkspace, TSample>, IClassifier<TSelf, TWorkspace>
    where TSelf : class, ISampleClassifier<TSelf, TWorkspace, TSample>
    where TWorkspace : class, IWorkspace
    where TSample : ISample<TSample>;
