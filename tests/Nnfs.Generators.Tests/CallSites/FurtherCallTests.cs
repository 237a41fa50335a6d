using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nnfs.Generators.Tests.CallSites;

/// <summary>Calls as users write them, right and wrong, and what is said of each: nothing, or a rule and the words that matter.</summary>
public sealed class FurtherCallTests
{
    private static readonly (string Statements, string Expected)[] s_calls =
    [
        ("Span<float> y = stackalloc float[SpiralNet.OutputSize]; net.Predict([0.5f, -1f], y);", ""),
        ("float[] x = [.. floats, .. floats]; net.Predict(x, new float[x.Length / 2 * 3]);", ""),
        ("var batch = new float[6]; foreach (int n in ints) { net.Predict(batch.AsSpan(0, 2 * n), floats.AsSpan(0, 3 * n)); }", ""),
        ("float[] x = new float[4], y = new float[6]; net.Predict(x, y); (x, y) = (y, x);", ""),
        ("float[] x = new float[2]; Array.Resize(ref x, 4); net.Predict(x, new float[6]);", ""),
        ("int samples = flag ? 2 : 4; net.Predict(new float[samples * 2], new float[samples * 3]);", ""),
        ("int samples = ints.Length; net.Predict(new float[samples * 2], new float[samples * 3]);", ""),
        ("foreach (var (x, y) in new[] { (new float[2], new float[3]) }) { net.Predict(x, y); }", ""),
        ("static float[] Make() => new float[3]; net.Classify(Make());", ""),
        ("float[][] rows = [[1f, 2f], [3f, 4f]]; foreach (float[] row in rows) { net.Classify(row); }", ""),
        ("ReadOnlySpan<int> labels = [0, 1, 2]; net.Forward(new float[6], labels, net.CreateWorkspace(labels.Length));", ""),
        (
            "var pass3 = net.CreateWorkspace(3, threads: 2); net.ForwardBackward(new float[6], new[] { 2, 1, 0 }, pass3); "
            + "new Sgd(1f).Step(net.Parameters, pass3.Gradients);",
            ""),
        ("int[] labels = new int[3]; labels.AsSpan().Fill(9); net.Forward(new float[6], labels, pass);", ""),
        ("net.Train(new Dataset(new float[6], [0, 1, 2], 2, 3), new TrainingOptions { Epochs = 1 });", ""),
        ("if (floats is { Length: 2 } sample) { net.Classify(sample); } else if (floats.Length % 2 == 0) { net.Predict(floats, floats); }", ""),
        ("float[] x = new float[8]; int c = x.Length switch { 2 => net.Classify(x), 4 or 8 => net.Classify(x.AsSpan(0, 2)), _ => 0 };", ""),
        ("line.Forward(floats, [1f, 2f], linePass); line.Backward(floats, [1f, 2f], linePass);", ""),
        ("Span<float> t = linePass.Outputs; line.Forward(floats, linePass); t[0] += 1; line.Backward(floats, t, linePass);", ""),
        (
            "float[] t = new float[2]; floats.AsSpan(0, 2).CopyTo(t); line.Forward(floats, floats.AsSpan(0, 2), linePass); "
            + "line.Backward(floats, t, linePass);",
            ""),
        ("Optimizer[] all = [new Adam(), new Sgd(1f)]; foreach (Optimizer one in all) { one.Step(map.Parameters, mapPass.Gradients); }", ""),
        ("actor.ForwardBackward(new float[2], new float[3], [3], [0.5f], [0, 1], actorPass);", ""),
        ("step.CreateStreams(2).Step(new float[6], new float[8]);", ""),
        ("actor.Train(ActorNet.CreateDataset(new float[2], new float[3], [3], [0.5f], [0, 1]));", ""),
        ("net.Forward(floats, pass); net.BackwardFrom(floats, new float[3], pass);", ""),
        ("net.Predict([0.5f, -1f, 2f], floats);", "NNFS101 whole number of samples of 2 values"),
        ("float[] x = [1, 2, 3, 4]; net.Predict(x, stackalloc float[4]);", "NNFS101 whole number of samples of 3 values"),
        ("float[] x = [1, 2, 3, 4]; net.Predict(x[..2], new float[6]);", "NNFS101 must hold 3 values (1 sample of 3), but it has 6"),
        (
            "const int Samples = 5; var small = net.CreateWorkspace(Samples - 1); "
            + "net.Forward(new float[Samples * 2], small);",
            "NNFS101 at least 5 samples, but it is made for 4"),
        ("int half = -(-3); net.Classify(new float[half]);", "NNFS101 but it has 3"),
        ("int n = 2 == SpiralNet.InputSize ? 3 : 2; net.Classify(new float[n]);", "NNFS101 but it has 3"),
        ("ReadOnlySpan<float> x = new float[10]; net.Classify(x.Slice(3)[2..]);", "NNFS101 but it has 5"),
        ("net.CreateWorkspace(batchSize: ints is null ? 0 : 0);", "NNFS101 must be at least 1, but it is 0"),
        ("yes.Forward(new float[4], [0, 2], yesPass);", "NNFS102 Label 2"),
        ("int[] classes = [1, 2, 3]; net.ForwardBackward(new float[6], classes, pass);", "NNFS102 Label 3"),
        ("net.Train(new Dataset(new float[6], [0, 1, 3], 2, 3));", "NNFS102 Label 3"),
        ("net.Evaluate(new Dataset(floats, ints, 3, 3));", "NNFS101 must have 2 features for each sample, but it has 3"),
        ("step.Predict(new float[15], new float[4]);", "NNFS101 whole number of samples of 20 values"),
        ("unit.Train(new RegressionDataset([1f], [2f], 1, 1));", "NNFS103 'UnitNet' has no loss"),
        ("var history = unit?.Train(floats, floats, new TrainingOptions { Epochs = 3 });", "NNFS103 'Train' needs one"),
        ("float loss = unit.ForwardBackward(floats, ints, unit.CreateWorkspace(1));", "NNFS103 'ForwardBackward' needs one"),
        ("actor.Evaluate(new Dataset([1f, 2f], [0], 2, 2));", "NNFS104 2 inputs and 4 outputs"),
        ("ActorNet.CreateDataset(new float[2], new float[4], [3], [0.5f], [0, 1]);", "NNFS101 whole number of samples of 3 values"),
        ("ActorNet.CreateDataset(new float[4], new float[6], [3], [0.5f, 1f], [0, 1, 1, 0]);", "NNFS101 2 labels, one for each sample"),
        ("ActorNet.CreateDataset(new float[2], new float[3], [4], [0.5f], [0, 1]);", "NNFS102 Label 4"),
        ("actor.Train(floats, floats);", "NNFS104 2 inputs and 4 outputs: pass a data set with all of them, from 'ActorNet.CreateDataset'"),
        ("actor.Train(new RegressionDataset([1f], [2f], 1, 1));", "NNFS104 2 inputs and 4 outputs"),
        ("line.Forward(floats, linePass); line.BackwardFrom(new float[3], new float[3], linePass);", "NNFS101 'outputGradients' of"),
        ("var stream = line.CreateStream();", "NNFS104 whose inputs are"),
        ("int best = unit.Classify([1f]);", "NNFS104 probabilities of classes"),
        ("net.Train(ints, floats);", "NNFS104 numbers of any kind rather than indices"),
        ("line.Train(floats, ints, new TrainingOptions());", "NNFS104 takes no labels"),
        ("actor.Predict(floats, floats, floats);", "NNFS104 (state, event, policy, value, flags, rest)"),
        (
            "Span<float> dw = pass.Gradients; Span<float> w = net.Parameters; Adam adam = new(); for (int i = 0; i < 3; "
            + "i++) { adam.Step(dw, w); }",
            "NNFS105 swap them"),
        ("float[] dy = [0.1f, 0.2f]; line.Forward(floats, floats, linePass); if (flag) { line.Backward(floats, dy, linePass); }", "NNFS106 but is 'dy'"),
        (
            "Span<float> dy = stackalloc float[3]; net.Forward(floats, ints, pass); for (int i = 0; i < 3; "
            + "i++) { dy[i] = pass.Outputs[i]; } net.Backward(floats, dy, pass);",
            "NNFS106 was given, 'ints'"),
    ];

    [Fact]
    public async Task Calls_of_users_are_reported_where_they_are_wrong_and_only_there()
    {
        // One compilation for all: each is a method.
        string method = CallSite.Method("");
        int first = method.IndexOf('(', StringComparison.Ordinal);
        string parameters = method[first..(method.IndexOf(')', first) + 1)];
        StringBuilder source = new("using System;\nusing System.Linq;\nusing Nnfs;\n\npublic static class Caller\n{\n");

        foreach ((int index, (string statements, _)) in s_calls.Index())
        {
            source.Append(CultureInfo.InvariantCulture, $"static void Call{index}{parameters} {{ {statements} }}\n");
        }

        SyntaxTree tree = CallSite.Parse(source.Append('}').ToString());
        SyntaxNode root = await tree.GetRootAsync(TestContext.Current.CancellationToken);
        ILookup<string, Diagnostic> reported = (await CallSite.AnalyzeAsync(CallSite.WithNetworks.AddSyntaxTrees(tree))).ToLookup(
            diagnostic => root.FindNode(diagnostic.Location.SourceSpan).Ancestors().OfType<MethodDeclarationSyntax>().First().Identifier.Text,
            StringComparer.Ordinal);

        Assert.All(s_calls.Index(), call =>
        {
            string[] messages =
                [.. reported[$"Call{call.Index}"].Select(static diagnostic => $"{diagnostic.Id} {diagnostic.GetMessage(CultureInfo.InvariantCulture)}")];
            string[] words = call.Item.Expected.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries);

            Assert.True(
                words.Length == 0 ? messages.Length == 0
                    : messages is [var message] && words.All(word => message.Contains(word, StringComparison.Ordinal)),
                $"{call.Item.Statements}\nExpected: {call.Item.Expected}\nReported: {string.Join('\n', messages)}");
        });
    }

    /// <summary>A call that is taken for right must be one: the compiler takes it, too.</summary>
    [Fact]
    public void Calls_that_are_right_compile()
    {
        string source = string.Join("\n", s_calls.Where(static call => call.Expected.Length == 0).Select(static call => $"{{ {call.Statements} }}"));

        Assert.DoesNotContain(
            CallSite.WithNetworks.AddSyntaxTrees(CallSite.Parse(CallSite.Method(source))).GetDiagnostics(TestContext.Current.CancellationToken),
            static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }
}
