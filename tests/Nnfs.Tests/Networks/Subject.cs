using System.Reflection;

namespace Nnfs.Tests.Networks;

/// <summary>A generated network behind delegates, so that one theory serves networks of every kind of loss.</summary>
internal sealed record Subject(
    int InputSize,
    int OutputSize,
    Func<int, object> CreateWorkspace,
    Action<float[], object?> Forward,
    Func<float[], int[], object?, float>? ForwardLabels,
    Func<float[], float[], object?, float>? ForwardTargets,
    Action<float[], int[], object?>? BackwardLabels,
    Action<float[], float[], object?> BackwardTargets,
    Func<float[], int[], object?, float>? ForwardBackwardLabels,
    Func<float[], float[], object?, float>? ForwardBackwardTargets,
    Action<float[], float[]> Predict,
    Func<float[], int>? Classify)
{
    public static TheoryData<string> Names => ["fused loss", "fused loss in lanes", "fused loss in rows", "separate loss", "no loss"];

    /// <summary>Those with a loss.</summary>
    public static TheoryData<string> NamesWithLoss => ["fused loss", "fused loss in lanes", "fused loss in rows", "separate loss"];

    /// <summary>What the last parameter but one of the backward pass is called.</summary>
    public string TargetsName => ForwardTargets is null ? "outputGradients" : "targets";

    public static Subject Create(string name, int seed = 0)
    {
        switch (name)
        {
            case "fused loss":
                DeepNetwork deep = new(seed);

                return new(
                    DeepNetwork.InputSize,
                    DeepNetwork.OutputSize,
                    deep.CreateWorkspace,
                    (x, pass) => deep.Forward(x, (DeepNetwork.Workspace)pass!),
                    (x, labels, pass) => deep.Forward(x, labels, (DeepNetwork.Workspace)pass!),
                    (x, targets, pass) => deep.Forward(x, targets, (DeepNetwork.Workspace)pass!),
                    (x, labels, pass) => deep.Backward(x, labels, (DeepNetwork.Workspace)pass!),
                    (x, targets, pass) => deep.Backward(x, targets, (DeepNetwork.Workspace)pass!),
                    (x, labels, pass) => deep.ForwardBackward(x, labels, (DeepNetwork.Workspace)pass!),
                    (x, targets, pass) => deep.ForwardBackward(x, targets, (DeepNetwork.Workspace)pass!),
                    (x, y) => deep.Predict(x, y),
                    x => deep.Classify(x));

            case "fused loss in lanes":
                LanesNetwork lanes = new(seed);

                return new(
                    LanesNetwork.InputSize,
                    LanesNetwork.OutputSize,
                    lanes.CreateWorkspace,
                    (x, pass) => lanes.Forward(x, (LanesNetwork.Workspace)pass!),
                    (x, labels, pass) => lanes.Forward(x, labels, (LanesNetwork.Workspace)pass!),
                    (x, targets, pass) => lanes.Forward(x, targets, (LanesNetwork.Workspace)pass!),
                    (x, labels, pass) => lanes.Backward(x, labels, (LanesNetwork.Workspace)pass!),
                    (x, targets, pass) => lanes.Backward(x, targets, (LanesNetwork.Workspace)pass!),
                    (x, labels, pass) => lanes.ForwardBackward(x, labels, (LanesNetwork.Workspace)pass!),
                    (x, targets, pass) => lanes.ForwardBackward(x, targets, (LanesNetwork.Workspace)pass!),
                    (x, y) => lanes.Predict(x, y),
                    x => lanes.Classify(x));

            case "fused loss in rows":
                WideNetwork wide = new(seed);

                return new(
                    WideNetwork.InputSize,
                    WideNetwork.OutputSize,
                    wide.CreateWorkspace,
                    (x, pass) => wide.Forward(x, (WideNetwork.Workspace)pass!),
                    (x, labels, pass) => wide.Forward(x, labels, (WideNetwork.Workspace)pass!),
                    (x, targets, pass) => wide.Forward(x, targets, (WideNetwork.Workspace)pass!),
                    (x, labels, pass) => wide.Backward(x, labels, (WideNetwork.Workspace)pass!),
                    (x, targets, pass) => wide.Backward(x, targets, (WideNetwork.Workspace)pass!),
                    (x, labels, pass) => wide.ForwardBackward(x, labels, (WideNetwork.Workspace)pass!),
                    (x, targets, pass) => wide.ForwardBackward(x, targets, (WideNetwork.Workspace)pass!),
                    (x, y) => wide.Predict(x, y),
                    x => wide.Classify(x));

            case "separate loss":
                ProbabilityNetwork probability = new(seed);

                return new(
                    ProbabilityNetwork.InputSize,
                    ProbabilityNetwork.OutputSize,
                    probability.CreateWorkspace,
                    (x, pass) => probability.Forward(x, (ProbabilityNetwork.Workspace)pass!),
                    (x, labels, pass) => probability.Forward(x, labels, (ProbabilityNetwork.Workspace)pass!),
                    (x, targets, pass) => probability.Forward(x, targets, (ProbabilityNetwork.Workspace)pass!),
                    (x, labels, pass) => probability.Backward(x, labels, (ProbabilityNetwork.Workspace)pass!),
                    (x, targets, pass) => probability.Backward(x, targets, (ProbabilityNetwork.Workspace)pass!),
                    (x, labels, pass) => probability.ForwardBackward(x, labels, (ProbabilityNetwork.Workspace)pass!),
                    (x, targets, pass) => probability.ForwardBackward(x, targets, (ProbabilityNetwork.Workspace)pass!),
                    (x, y) => probability.Predict(x, y),
                    x => probability.Classify(x));

            default:
                RegressionNetwork regression = new(seed);

                return new(
                    RegressionNetwork.InputSize,
                    RegressionNetwork.OutputSize,
                    regression.CreateWorkspace,
                    (x, pass) => regression.Forward(x, (RegressionNetwork.Workspace)pass!),
                    ForwardLabels: null,
                    ForwardTargets: null,
                    BackwardLabels: null,
                    (x, gradients, pass) => regression.Backward(x, gradients, (RegressionNetwork.Workspace)pass!),
                    ForwardBackwardLabels: null,
                    ForwardBackwardTargets: null,
                    (x, y) => regression.Predict(x, y),
                    Classify: null);
        }
    }

    public float[] Inputs(int samples, long seed) => Numbers.Gaussians(samples * InputSize, seed);

    /// <summary>All blocks of a workspace by their field, whatever they are for.</summary>
    public static IReadOnlyDictionary<string, AlignedBlock> Blocks(object workspace) => workspace.GetType()
        .GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
        .Where(static field => field.FieldType == typeof(AlignedBlock))
        .ToDictionary(static field => field.Name, field => (AlignedBlock)field.GetValue(workspace)!, StringComparer.Ordinal);
}
