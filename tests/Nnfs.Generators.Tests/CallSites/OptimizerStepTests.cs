namespace Nnfs.Generators.Tests.CallSites;

/// <summary>Steps of optimizers whose parameters and gradients are in each other's place.</summary>
public sealed class OptimizerStepTests
{
    [Theory]
    [InlineData("new Adam().Step([|pass.Gradients|], {|net.Parameters|});", "pass.Gradients", "net.Parameters")]
    [InlineData("Optimizer sgd = new Sgd(1f); sgd.Step([|mapPass.Gradients|], {|map.Parameters|});", "mapPass.Gradients", "map.Parameters")]
    [InlineData("new Adam().Step(gradients: {|net.Parameters|}, parameters: [|pass.Gradients|]);", "pass.Gradients", "net.Parameters")]
    [InlineData("Span<float> p = net.Parameters, g = pass.Gradients; new Adam().Step([|g|], {|p|});", "g", "p")]
    [InlineData("Span<float> p = net.Parameters; new Adam().Step([|pass.Gradients[..4]|], {|p.Slice(0, 4)|});", "pass.Gradients[..4]", "p.Slice(0, 4)")]
    [InlineData("while (flag) { new Adam().Step([|pass.Gradients|], {|net.Parameters|}); }", "pass.Gradients", "net.Parameters")]
    public Task Step_with_both_swapped_is_reported(string statements, string given, string swapped) => CallSite.ExpectAsync(
        statements, $"'Step' takes the parameters and then the gradients, but '{given}' are gradients and '{swapped}' are parameters: swap them");

    [Theory]
    [InlineData("new Adam().Step(net.Parameters, pass.Gradients);")]
    [InlineData("new Adam().Step(gradients: pass.Gradients, parameters: net.Parameters);")]
    [InlineData("new Adam().Step(pass.Gradients, pass.Gradients); new Adam().Step(net.Parameters, net.Parameters);")]
    [InlineData("new Adam().Step(pass.Gradients, floats); new Adam().Step(floats, net.Parameters);")]
    [InlineData("Span<float> p = net.Parameters, g = pass.Gradients; if (flag) { p = pass.Gradients; g = net.Parameters; } new Adam().Step(g, p);")]
    [InlineData("if (SpiralNet.InputSize == 3) { new Adam().Step(pass.Gradients, net.Parameters); }")]
    [InlineData(
        "new Other().Step(net.Parameters, pass.Gradients); new Other().Step(pass.Gradients, net.Parameters); "
        + "} sealed class Other { public void Step(Span<float> p, Span<float> g) { }")]
    public Task Step_that_may_be_right_is_not_reported(string statements) => CallSite.ExpectNothingAsync(statements);
}
