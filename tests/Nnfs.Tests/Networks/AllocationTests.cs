namespace Nnfs.Tests.Networks;

public class AllocationTests
{
    /// <summary>A batch that goes through the layers at once, and one that goes in parts.</summary>
    [Theory]
    [InlineData(13)]
    [InlineData(250)]
    public void Training_and_prediction_after_the_first_step_allocate_nothing(int samples) => Allocations.AssertNoneAfterFirst(() =>
    {
        WideNetwork network = new();
        WideNetwork.Workspace pass = network.CreateWorkspace(samples);
        float[] inputs = Numbers.Gaussians(samples * WideNetwork.InputSize, seed: 1);
        float[] outputs = new float[samples * WideNetwork.OutputSize];
        int[] labels = Numbers.Labels(samples, WideNetwork.OutputSize, seed: 2);
        float[] targets = Numbers.OneHot(labels, WideNetwork.OutputSize);
        Adam optimizer = new();

        return () =>
        {
            network.Forward(inputs, labels, pass);
            network.Backward(inputs, labels, pass);
            network.ForwardBackward(inputs, labels, pass);
            optimizer.Step(network.Parameters, pass.Gradients);
            network.Forward(inputs, targets, pass);
            network.Backward(inputs, targets, pass);
            network.ForwardBackward(inputs, targets, pass);
            network.Forward(inputs, pass);
            network.Predict(inputs, outputs);
            network.Classify(inputs.AsSpan(0, WideNetwork.InputSize));
        };
    });

    /// <summary>A batch that goes through the layers at once, and one that goes in parts.</summary>
    [Theory]
    [InlineData(70)]
    [InlineData(1100)]
    public void Training_and_prediction_in_lanes_after_the_first_step_allocate_nothing(int samples) => Allocations.AssertNoneAfterFirst(() =>
    {
        LanesNetwork network = new();
        LanesNetwork.Workspace pass = network.CreateWorkspace(samples);
        float[] inputs = Numbers.Gaussians(samples * LanesNetwork.InputSize, seed: 1);
        float[] outputs = new float[samples * LanesNetwork.OutputSize];
        int[] labels = Numbers.Labels(samples, LanesNetwork.OutputSize, seed: 2);
        float[] targets = Numbers.OneHot(labels, LanesNetwork.OutputSize);
        Adam optimizer = new();

        return () =>
        {
            network.Forward(inputs, labels, pass);
            network.Backward(inputs, labels, pass);
            network.ForwardBackward(inputs, labels, pass);
            optimizer.Step(network.Parameters, pass.Gradients);
            network.Forward(inputs, targets, pass);
            network.Backward(inputs, targets, pass);
            network.ForwardBackward(inputs, targets, pass);
            network.Forward(inputs, pass);
            network.Predict(inputs, outputs);
            network.Classify(inputs.AsSpan(0, LanesNetwork.InputSize));
        };
    });

    [Fact]
    public void Training_with_separate_losses_after_the_first_step_allocates_nothing() => Allocations.AssertNoneAfterFirst(static () =>
    {
        ProbabilityNetwork network = new();
        ProbabilityNetwork.Workspace pass = network.CreateWorkspace(7);
        float[] inputs = Numbers.Gaussians(7 * ProbabilityNetwork.InputSize, seed: 1);
        int[] labels = Numbers.Labels(7, ProbabilityNetwork.OutputSize, seed: 2);
        float[] targets = Numbers.OneHot(labels, ProbabilityNetwork.OutputSize);
        RmsProp optimizer = new();

        return () =>
        {
            network.Forward(inputs, labels, pass);
            network.Backward(inputs, labels, pass);
            network.Forward(inputs, targets, pass);
            network.Backward(inputs, targets, pass);
            optimizer.Step(network.Parameters, pass.Gradients);
        };
    });

    [Fact]
    public void Training_without_a_loss_after_the_first_step_allocates_nothing() => Allocations.AssertNoneAfterFirst(static () =>
    {
        RegressionNetwork network = new();
        RegressionNetwork.Workspace pass = network.CreateWorkspace(7);
        float[] inputs = Numbers.Gaussians(7 * RegressionNetwork.InputSize, seed: 1);
        float[] outputGradients = Numbers.Gaussians(7 * RegressionNetwork.OutputSize, seed: 2);
        Sgd optimizer = new(0.001f) { Momentum = 0.9f };

        return () =>
        {
            network.Forward(inputs, pass);
            network.Backward(inputs, outputGradients, pass);
            optimizer.Step(network.Parameters, pass.Gradients);
        };
    });

    [Fact]
    public void The_first_prediction_of_a_single_sample_on_a_thread_allocates_nothing()
    {
        DeepNetwork deep = new();
        TrainedSpiralNetwork spiral = new();
        float[] inputs = Numbers.Gaussians(DeepNetwork.InputSize, seed: 1);
        float[] probabilities = new float[DeepNetwork.OutputSize];
        float[] spiralProbabilities = new float[TrainedSpiralNetwork.OutputSize];

        // Each round is measured on a thread that has not predicted yet.
        Allocations.AssertNone(() =>
        {
            long allocated = -1;
            Thread thread = new(() => allocated = Allocations.Of(() =>
            {
                deep.Predict(inputs, probabilities);
                deep.Classify(inputs);
                spiral.Predict(inputs.AsSpan(0, TrainedSpiralNetwork.InputSize), spiralProbabilities);
                spiral.Classify(inputs.AsSpan(0, TrainedSpiralNetwork.InputSize));
            }));
            thread.Start();
            thread.Join();

            return allocated;
        });
    }

    [Fact]
    public void Passes_of_a_typed_graph_after_the_first_allocate_nothing() => Allocations.AssertNoneAfterFirst(static () =>
    {
        TypedGraphNetwork network = new();
        TypedGraphNetwork.Workspace pass = network.CreateWorkspace(70, threads: 1);
        float[] state = Numbers.Gaussians(70 * TypedGraphNetwork.StateSize, seed: 1);
        float[] goal = Numbers.Gaussians(70 * TypedGraphNetwork.GoalSize, seed: 2);
        int[] policyLabels = Numbers.Labels(70, TypedGraphNetwork.PolicySize, seed: 3);
        float[] policyTargets = Numbers.OneHot(policyLabels, TypedGraphNetwork.PolicySize);
        int[] doneLabels = Numbers.Labels(70 * TypedGraphNetwork.DoneSize, 2, seed: 4);
        float[] doneTargets = Array.ConvertAll(doneLabels, static label => (float)label);
        float[] valueTargets = Numbers.Gaussians(70 * TypedGraphNetwork.ValueSize, seed: 5);
        float[] policy = new float[policyTargets.Length];
        float[] done = new float[doneTargets.Length];
        float[] value = new float[valueTargets.Length];

        return () =>
        {
            network.Forward(state, goal, policyLabels, doneLabels, valueTargets, pass);
            network.Backward(state, goal, policyLabels, doneLabels, valueTargets, pass);
            network.ForwardBackward(state, goal, policyLabels, doneLabels, valueTargets, pass);
            network.Forward(state, goal, policyTargets, doneTargets, valueTargets, pass);
            network.Backward(state, goal, policyTargets, doneTargets, valueTargets, pass);
            network.ForwardBackward(state, goal, policyTargets, doneTargets, valueTargets, pass);
            network.Forward(state, goal, pass);
            network.Predict(state, goal, policy, done, value);
        };
    });

    [Fact]
    public void Views_allocate_nothing() => Allocations.AssertNoneAfterFirst(static () =>
    {
        DeepNetwork network = new();
        DeepNetwork.Workspace pass = network.CreateWorkspace(13);
        network.Forward(new float[13 * DeepNetwork.InputSize], pass);
        float sum = 0;

        return () =>
        {
            sum += network.Dense1.Weights[6, 32] + network.Dense3.Biases[4] + network.Parameters[0];
            sum += pass.Dense1.Weights[6, 32] + pass.Dense2.Biases[4] + pass.Dense3.Weights[19, 4] + pass.Gradients[0];
            sum += pass.ReLU1.Outputs[12, 6] + pass.ReLU2.Outputs[12, 32] + pass.Dense2.Outputs[12, 19] + pass.Dense3.Outputs[12, 4];
            sum += pass.Outputs[0] + pass.InputGradients[0];
        };
    });
}
