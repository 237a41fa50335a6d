using Microsoft.CodeAnalysis;

namespace Nnfs.Generators.Tests.CallSites;

/// <summary>NNFS101 and NNFS102 for binary networks, regressions, and networks with several inputs and outputs.</summary>
public sealed class CallSiteAnalyzerGraphTests
{
    [Theory]
    [InlineData(
        "binary.Forward({|new float[4]|}, [|[0, 1, 1]|], binaryPass);",
        "'labels' of 'BinaryNet.Forward' must hold 6 values (2 samples of 3), but it has 3")]
    [InlineData(
        "binary.Backward(floats, [|[0, 1]|], binaryPass);",
        "'labels' of 'BinaryNet.Backward' must hold a whole number of samples of 3 values, but it has 2")]
    [InlineData("yes.Forward({|new float[4]|}, [|[0, 1, 1]|], yesPass);", "'labels' of 'YesNet.Forward' must hold 2 labels, one for each sample, but it has 3")]
    [InlineData(
        "yes.ForwardBackward({|new float[4]|}, [|new float[3]|], yesPass);",
        "'targets' of 'YesNet.ForwardBackward' must hold 2 values (2 samples of 1), but it has 3")]
    [InlineData(
        "line.Forward({|new float[6]|}, [|new float[3 * 2]|], linePass);",
        "'targets' of 'LineNet.Forward' must hold 4 values (2 samples of 2), but it has 6")]
    [InlineData("line.Predict([|new float[4]|], floats);", "'inputs' of 'LineNet.Predict' must hold a whole number of samples of 3 values, but it has 4")]
    [InlineData(
        "net.ForwardBackward([|[1, 2, 3]|], ints, pass);",
        "'inputs' of 'SpiralNet.ForwardBackward' must hold a whole number of samples of 2 values, but it has 3")]
    [InlineData("net.CreateWorkspace([|0|], 2);", "'batchSize' of 'SpiralNet.CreateWorkspace' must be at least 1, but it is 0")]
    [InlineData(
        "SpiralNet.Workspace two = net.CreateWorkspace({|1|}, threads: 2); net.Forward({|new float[4]|}, [|two|]);",
        "'workspace' of 'SpiralNet.Forward' must be made for at least 2 samples, but it is made for 1")]
    [InlineData(
        "actor.Predict([|[1, 2, 3]|], floats, floats, floats, floats, floats);",
        "'state' of 'ActorNet.Predict' must hold a whole number of samples of 2 values, but it has 3")]
    [InlineData(
        "actor.Predict({|new float[4]|}, [|new float[3]|], floats, floats, floats, floats);",
        "'event' of 'ActorNet.Predict' must hold 6 values (2 samples of 3), but it has 3")]
    [InlineData(
        "actor.Predict(floats, {|new float[3]|}, floats, [|new float[2]|], floats, rest: floats);",
        "'value' of 'ActorNet.Predict' must hold 1 value (1 sample of 1), but it has 2")]
    [InlineData(
        "actor.Predict(rest: [|new float[4]|], state: floats, @event: floats, policy: floats, value: floats, flags: floats);",
        "'rest' of 'ActorNet.Predict' must hold a whole number of samples of 5 values, but it has 4")]
    [InlineData(
        "actor.Forward({|new float[4]|}, [|new float[9]|], actorPass);",
        "'event' of 'ActorNet.Forward' must hold 6 values (2 samples of 3), but it has 9")]
    [InlineData(
        "actor.Forward({|new float[4]|}, floats, [|[0]|], floats, ints, actorPass);",
        "'policyLabels' of 'ActorNet.Forward' must hold 2 labels, one for each sample, but it has 1")]
    [InlineData(
        "actor.Backward(floats, floats, {|[0, 1]|}, [|new float[3]|], [0, 1, 1, 0], actorPass);",
        "'valueTargets' of 'ActorNet.Backward' must hold 2 values (2 samples of 1), but it has 3")]
    [InlineData(
        "actor.Backward(floats, floats, {|new float[8]|}, [|new float[3]|], new float[4], actorPass);",
        "'valueTargets' of 'ActorNet.Backward' must hold 2 values (2 samples of 1), but it has 3")]
    [InlineData(
        "actor.Forward(floats, {|new float[6]|}, [|actor.CreateWorkspace({|1|})|]);",
        "'workspace' of 'ActorNet.Forward' must be made for at least 2 samples, but it is made for 1")]
    [InlineData("actor.Forward([|new float[0]|], floats, actorPass);", "'state' of 'ActorNet.Forward' must hold at least 1 sample of 2 values, but it has 0")]
    [InlineData(
        "join.Predict({|new float[2]|}, new float[3], [|new float[8]|]);",
        "'outputs' of 'JoinNet.Predict' must hold 4 values (1 sample of 4), but it has 8")]
    [InlineData(
        "join.Backward({|new float[2]|}, floats, [|new float[8]|], joinPass);",
        "'outputsGradients' of 'JoinNet.Backward' must hold 4 values (1 sample of 4), but it has 8")]
    public Task Length_that_is_not_taken_is_reported(string statements, string message) => CallSite.ExpectAsync(statements, message);

    [Theory]
    [InlineData("binary.Forward(floats, [0, 1, [|2|]], binaryPass);", "Label 2 is not a class of 'BinaryNet', whose classes are 0 to 1")]
    [InlineData("yes.Backward(floats, [0, [|-1|]], yesPass);", "Label -1 is not a class of 'YesNet', whose classes are 0 to 1")]
    [InlineData(
        "actor.Forward(floats, floats, [0, [|4|]], floats, ints, actorPass);",
        "Label 4 in 'policyLabels' is not a class of 'ActorNet', whose classes are 0 to 3")]
    [InlineData(
        "actor.ForwardBackward(floats, floats, [3], floats, flagsLabels: [1, [|3|]], workspace: actorPass);",
        "Label 3 in 'flagsLabels' is not a class of 'ActorNet', whose classes are 0 to 1")]
    public Task Label_that_is_no_class_is_reported(string statements, string message) => CallSite.ExpectAsync(statements, message);

    [Theory]
    [InlineData(
        "binary.Forward(new float[4], [0, 1, 1, 0, 0, 1], binaryPass); binary.Forward(new float[4], new float[6], binaryPass); " +
        "binary.Predict(new float[2], new float[3]);")]
    [InlineData("yes.Forward(new float[4], [0, 1], yesPass); yes.Backward(floats, floats, yesPass);")]
    [InlineData("line.Forward(new float[3], new float[2], linePass); line.Forward(new float[1], [7, 7, 7], linePass); line.Forward(floats, linePass);")]
    [InlineData("actor.Predict(new float[4], new float[6], new float[8], new float[2], new float[4], new float[10]);")]
    [InlineData(
        "actor.Forward(new float[4], new float[6], [0, 3], new float[2], [0, 1, 1, 0], actorPass); " +
        "actor.Forward(new float[4], new float[6], new float[8], new float[2], new float[4], actorPass);")]
    [InlineData("actor.Backward(new float[2], new float[3], [3], [1f], [0, 1], actor.CreateWorkspace(1)); actor.Forward(floats, floats, actorPass);")]
    [InlineData(
        "join.Predict(new float[2], new float[3], new float[4]); join.Forward(new float[2], new float[3], joinPass); " +
        "join.Backward(new float[2], new float[3], new float[4], joinPass);")]
    [InlineData("ReadOnlySpan<float> nothing = []; actor.Predict(nothing, nothing, [], [], [], []);")]
    public Task Call_that_is_right_is_not_reported(string statements) => CallSite.ExpectNothingAsync(statements);

    [Fact]
    public async Task Network_with_several_inputs_in_a_referenced_assembly_is_checked()
    {
        SyntaxTree tree = CallSite.Parse("""
            public static class Caller
            {
                public static void Call(ActorNet net, float[] x, ActorNet.Workspace pass)
                {
                    net.Predict(x, new float[4], x, x);
                    net.Forward(x, x, [4], x, pass);
                }
            }
            """);

        Assert.Equal(
            [
                "'event' of 'ActorNet.Predict' must hold a whole number of samples of 3 values, but it has 4",
                "Label 4 in 'policyLabels' is not a class of 'ActorNet', whose classes are 0 to 3",
            ],
            (await CallSite.AnalyzeAsync(CallSite.WithLibrary.AddSyntaxTrees(tree)))
                .Select(static diagnostic => diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)));
    }
}
