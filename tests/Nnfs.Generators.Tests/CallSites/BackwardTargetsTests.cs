namespace Nnfs.Generators.Tests.CallSites;

/// <summary>Backward passes that are told something else than their forward passes.</summary>
public sealed class BackwardTargetsTests
{
    [Theory]
    [InlineData("float[] g = new float[3]; net.Forward(floats, {|ints|}, pass); net.Backward(floats, [|g|], pass);", "targets", "SpiralNet", "ints", "g")]
    [InlineData(
        "float[] g = new float[2]; float loss = line.Forward(floats, {|floats|}, linePass); line.Backward(floats, [|g|], linePass);",
        "targets",
        "LineNet",
        "floats",
        "g")]
    [InlineData(
        "float[] y = new float[2], g = new float[2]; line.Forward(floats, {|y|}, linePass); "
        + "for (int i = 0; i < 2; i++) { g[i] = 2 * (linePass.Outputs[i] - y[i]); } line.Backward(floats, [|g|], linePass);",
        "targets",
        "LineNet",
        "y",
        "g")]
    [InlineData(
        "for (int e = 0; e < 9; e++) { Span<float> g = stackalloc float[2]; line.Forward(floats, {|floats|}, linePass); g[0] = 1; "
        + "line.Backward(floats, [|g|], linePass); }",
        "targets",
        "LineNet",
        "floats",
        "g")]
    [InlineData(
        "line.Forward(floats, {|floats|}, linePass); line.Backward(floats, [|linePass.Outputs|], linePass);",
        "targets",
        "LineNet",
        "floats",
        "linePass.Outputs")]
    [InlineData(
        "var data = new RegressionDataset(floats, floats, 3, 2); float[] g = [1, 2]; line.Forward(data.Features, {|data.Targets|}, linePass); "
        + "line.Backward(data.Features, [|g|], linePass);",
        "targets",
        "LineNet",
        "data.Targets",
        "g")]
    [InlineData(
        "float[] g = new float[8]; actor.Forward(floats, floats, ints, {|floats|}, ints, actorPass); "
        + "actor.Backward(floats, floats, ints, [|g|], ints, actorPass);",
        "valueTargets",
        "ActorNet",
        "floats",
        "g")]
    public Task Targets_that_are_others_are_reported(string statements, string parameter, string network, string told, string given) => CallSite.ExpectAsync(
        statements,
        $"'{parameter}' of '{network}.Backward' must be what 'Forward' was given, '{told}', but is '{given}': "
        + "gradients go to 'BackwardFrom'");

    [Theory]
    [InlineData("float[] outputGradients = floats; line.Forward(floats, linePass); line.Backward(floats, [|outputGradients|], linePass);", "outputGradients")]
    [InlineData("line.Backward(floats, [|mapPass.InputGradients|], linePass);", "mapPass.InputGradients")]
    [InlineData("var d = mapPass.InputGradients; line.Backward(floats, [|d[..2]|], line.CreateWorkspace(1));", "d[..2]")]
    [InlineData("Span<float> gradient = floats; new LineNet().Backward(floats, [|gradient|], linePass);", "gradient")]
    public Task Targets_that_are_called_gradients_are_reported(string statements, string given) => CallSite.ExpectAsync(
        statements, $"'targets' of 'LineNet.Backward' must be targets, but is '{given}': gradients go to 'BackwardFrom'");

    [Theory]
    [InlineData("float[] gradients = floats; line.Forward(floats, gradients, linePass); line.Backward(floats, gradients, linePass);")]
    [InlineData("float[] gradients = floats; map.Backward(floats, gradients, mapPass); line.Forward(floats, gradients, linePass);")]
    [InlineData("net.Forward(floats, ints, pass); net.Backward(floats, ints, pass);")]
    [InlineData("float[] y = new float[3]; net.Forward(floats, y, pass); net.Backward(floats, y, pass);")]
    [InlineData("float[] g = new float[3]; net.Forward(floats, pass); net.Backward(floats, g, pass);")]
    [InlineData("float[] g = new float[2]; map.Forward(floats, mapPass); map.Backward(floats, g, mapPass);")]
    [InlineData("float[] g = [.. floats]; line.Forward(floats, floats, linePass); line.Backward(floats, g, linePass);")]
    [InlineData("float[] g = new float[2]; floats.CopyTo(g, 0); line.Forward(floats, floats, linePass); line.Backward(floats, g, linePass);")]
    [InlineData("float[] g = new float[2]; Array.Copy(floats, g, 2); line.Forward(floats, floats, linePass); line.Backward(floats, g, linePass);")]
    [InlineData("float[] g = new float[2]; g[0] = floats[0]; g[1] = floats[1]; line.Forward(floats, floats, linePass); line.Backward(floats, g, linePass);")]
    [InlineData("float[] y = new float[3]; y[ints[0]] = 1; net.Forward(floats, ints, pass); net.Backward(floats, y, pass);")]
    [InlineData("float[] g = new float[2]; line.Forward(floats, floats, linePass); line.Forward(floats, g, linePass); line.Backward(floats, g, linePass);")]
    [InlineData(
        "float[] g = new float[2]; line.Forward(floats, floats, linePass); if (flag) { line.Forward(floats, g, linePass); "
        + "} line.Backward(floats, g, linePass);")]
    [InlineData("float[] g = new float[2]; if (flag) { line.Forward(floats, floats, linePass); } line.Backward(floats, g, linePass);")]
    [InlineData("float[] g = new float[2]; line.Forward(floats, floats, linePass); linePass = line.CreateWorkspace(1); line.Backward(floats, g, linePass);")]
    [InlineData("float[] g = new float[2]; line.Forward(floats, floats, line.CreateWorkspace(1)); line.Backward(floats, g, linePass);")]
    [InlineData("float[] g = new float[2]; new LineNet().Forward(floats, floats, linePass); line.Backward(floats, g, linePass);")]
    [InlineData("float[] g = new float[2]; Action forward = () => line.Forward(floats, floats, linePass); line.Backward(floats, g, linePass);")]
    [InlineData("float[] g = count > 1 ? floats : new float[2]; line.Forward(floats, floats, linePass); line.Backward(floats, g, linePass);")]
    [InlineData("float[] g = floats; line.Forward(floats, floats, linePass); line.Backward(floats, g, linePass);")]
    [InlineData("float[] g = Enumerable.Repeat(1f, 2).ToArray(); line.Forward(floats, floats, linePass); line.Backward(floats, g, linePass);")]
    [InlineData("line.Forward(floats, floats.AsSpan(0, 2), linePass); line.Backward(floats, floats.AsSpan(0, 2), linePass);")]
    [InlineData("float[] g = new float[2]; line.ForwardBackward(floats, floats, linePass); line.Backward(floats, g, linePass);")]
    [InlineData("line.Forward(floats, linePass.Outputs, linePass); line.Backward(floats, linePass.Outputs, linePass);")]
    [InlineData(
        "float[] g = new float[2]; line.Forward(floats, floats, linePass); if (line.Forward(floats, g, linePass) > 1) { line.Backward(floats, g, linePass); }")]
    [InlineData("float[] gradients = floats; if (line.Forward(floats, gradients, linePass) > 1) { line.Backward(floats, gradients, linePass); }")]
    [InlineData("float[] gradients = floats; while (line.Forward(floats, gradients, linePass) > 1) { line.Backward(floats, gradients, linePass); }")]
    [InlineData(
        "float[] g = new float[2]; line.Forward(floats, floats, linePass); while (line.Forward(floats, g, linePass) > 1) "
        + "{ line.Backward(floats, g, linePass); }")]
    [InlineData(
        "float[] g = new float[2]; line.Forward(floats, floats, linePass); for (int i = 0; i < 9; i++) { if (i > 0) { line.Backward(floats, g, linePass); } "
        + "line.Forward(floats, g, linePass); }")]
    [InlineData(
        "float[] g = new float[2]; line.Forward(floats, floats, linePass); switch (count) { case 1: line.Forward(floats, g, linePass); "
        + "line.Backward(floats, g, linePass); break; }")]
    [InlineData(
        "float[] g = new float[2]; line.Forward(floats, floats, linePass); try { line.Forward(floats, g, linePass); } "
        + "finally { line.Backward(floats, g, linePass); }")]
    [InlineData(
        "float[] g = new float[2]; void Again() => line.Forward(floats, g, linePass); line.Forward(floats, floats, linePass); Again(); "
        + "line.Backward(floats, g, linePass);")]
    [InlineData(
        "float[] g = new float[2]; Action again = () => line.Forward(floats, g, linePass); line.Forward(floats, floats, linePass); again(); "
        + "line.Backward(floats, g, linePass);")]
    [InlineData(
        "float[] g = new float[2]; int i = 0; foreach (float target in floats) { g[i++] = target; } line.Forward(floats, floats, linePass); "
        + "line.Backward(floats, g, linePass);")]
    public Task Targets_that_may_be_the_same_are_not_reported(string statements) => CallSite.ExpectNothingAsync(statements);

    [Fact]
    public Task Methods_that_may_use_a_workspace_in_a_field_are_passes_of_it() => CallSite.ExpectFileAsync("""
        using Nnfs;

        public sealed class Learner(LineNet line, float[] x, float[] y)
        {
            private readonly LineNet.Workspace _pass = line.CreateWorkspace(1);

            public void Learn()
            {
                float[] noisy = new float[2];
                line.Forward(x, y, _pass);
                Measure(noisy);
                line.Backward(x, noisy, _pass);
            }

            private float Measure(float[] targets) => line.Forward(x, targets, _pass);
        }
        """);
}
