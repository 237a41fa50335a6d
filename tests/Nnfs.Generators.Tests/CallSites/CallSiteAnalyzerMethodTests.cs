namespace Nnfs.Generators.Tests.CallSites;

/// <summary>What each method of a network takes.</summary>
public sealed class CallSiteAnalyzerMethodTests
{
    [Theory]
    [InlineData("net.Predict([|new float[3]|], floats);", "'inputs' of 'SpiralNet.Predict' must hold a whole number of samples of 2 values, but it has 3")]
    [InlineData("net.Predict(floats, [|new float[4]|]);", "'outputs' of 'SpiralNet.Predict' must hold a whole number of samples of 3 values, but it has 4")]
    [InlineData("net.Predict({|new float[4]|}, [|new float[3]|]);", "'outputs' of 'SpiralNet.Predict' must hold 6 values (2 samples of 3), but it has 3")]
    [InlineData("net.Predict({|new float[2]|}, [|new float[6]|]);", "'outputs' of 'SpiralNet.Predict' must hold 3 values (1 sample of 3), but it has 6")]
    [InlineData("net.Predict({|[]|}, [|new float[3]|]);", "'outputs' of 'SpiralNet.Predict' must hold 0 values (0 samples of 3), but it has 3")]
    [InlineData(
        "net.Predict(outputs: [|new float[3]|], inputs: {|new float[4]|});",
        "'outputs' of 'SpiralNet.Predict' must hold 6 values (2 samples of 3), but it has 3")]
    [InlineData("unit.Predict({|[1]|}, [|new float[2]|]);", "'outputs' of 'UnitNet.Predict' must hold 1 value (1 sample of 1), but it has 2")]
    [InlineData("net?.Predict([|new float[3]|], floats);", "'inputs' of 'SpiralNet.Predict' must hold a whole number of samples of 2 values, but it has 3")]
    [InlineData("net.Classify([|[1, 2, 3]|]);", "'input' of 'SpiralNet.Classify' must hold 2 values (1 sample of 2), but it has 3")]
    [InlineData("net.Classify([|new float[4]|]);", "'input' of 'SpiralNet.Classify' must hold 2 values (1 sample of 2), but it has 4")]
    [InlineData("net.Classify([|[]|]);", "'input' of 'SpiralNet.Classify' must hold 2 values (1 sample of 2), but it has 0")]
    [InlineData("new SpiralNet().Classify([|[1]|]);", "'input' of 'SpiralNet.Classify' must hold 2 values (1 sample of 2), but it has 1")]
    [InlineData("net.CreateWorkspace([|0|]);", "'batchSize' of 'SpiralNet.CreateWorkspace' must be at least 1, but it is 0")]
    [InlineData("net.CreateWorkspace([|-3|]);", "'batchSize' of 'SpiralNet.CreateWorkspace' must be at least 1, but it is -3")]
    [InlineData("net.CreateWorkspace(batchSize: [|Two - 2|]);", "'batchSize' of 'SpiralNet.CreateWorkspace' must be at least 1, but it is 0")]
    public Task Method_length_not_taken_is_reported(string statements, string message) => CallSite.ExpectAsync(statements, message);

    [Theory]
    [InlineData("[|new float[3]|], ints, pass", "'inputs' of 'SpiralNet.{0}' must hold a whole number of samples of 2 values, but it has 3")]
    [InlineData("[|new float[0]|], ints, pass", "'inputs' of 'SpiralNet.{0}' must hold at least 1 sample of 2 values, but it has 0")]
    [InlineData("[|[]|], ints, pass", "'inputs' of 'SpiralNet.{0}' must hold at least 1 sample of 2 values, but it has 0")]
    [InlineData("{|new float[4]|}, [|new int[3]|], pass", "'labels' of 'SpiralNet.{0}' must hold 2 labels, one for each sample, but it has 3")]
    [InlineData("{|new float[2]|}, [|new int[3]|], pass", "'labels' of 'SpiralNet.{0}' must hold 1 label, one for each sample, but it has 3")]
    [InlineData("floats, [|new int[0]|], pass", "'labels' of 'SpiralNet.{0}' must hold at least 1 label, but it has 0")]
    [InlineData("{|new float[4]|}, [|new float[3]|], pass", "'targets' of 'SpiralNet.{0}' must hold 6 values (2 samples of 3), but it has 3")]
    [InlineData("floats, [|new float[4]|], pass", "'targets' of 'SpiralNet.{0}' must hold a whole number of samples of 3 values, but it has 4")]
    [InlineData("floats, [|new float[0]|], pass", "'targets' of 'SpiralNet.{0}' must hold at least 1 sample of 3 values, but it has 0")]
    [InlineData(
        "workspace: pass, labels: [|new int[3]|], inputs: {|new float[4]|}",
        "'labels' of 'SpiralNet.{0}' must hold 2 labels, one for each sample, but it has 3")]
    public async Task Training_length_not_taken_is_reported(string arguments, string message)
    {
        await CallSite.ExpectAsync($"net.Forward({arguments});", message.Replace("{0}", "Forward", StringComparison.Ordinal));
        await CallSite.ExpectAsync($"net.Backward({arguments});", message.Replace("{0}", "Backward", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("net.Forward([|new float[3]|], pass);", "'inputs' of 'SpiralNet.Forward' must hold a whole number of samples of 2 values, but it has 3")]
    [InlineData("map.Forward([|new float[6]|], mapPass);", "'inputs' of 'MapNet.Forward' must hold a whole number of samples of 4 values, but it has 6")]
    [InlineData(
        "map.Backward({|new float[8]|}, [|new float[2]|], mapPass);",
        "'outputGradients' of 'MapNet.Backward' must hold 4 values (2 samples of 2), but it has 2")]
    [InlineData(
        "map.Backward(floats, [|new float[3]|], mapPass);",
        "'outputGradients' of 'MapNet.Backward' must hold a whole number of samples of 2 values, but it has 3")]
    [InlineData("map.Backward([|[]|], floats, mapPass);", "'inputs' of 'MapNet.Backward' must hold at least 1 sample of 4 values, but it has 0")]
    public Task Network_without_labels_length_not_taken_is_reported(string statements, string message) => CallSite.ExpectAsync(statements, message);

    [Theory]
    [InlineData(
        "var room = net.CreateWorkspace({|3|}); net.Forward({|new float[8]|}, ints, [|room|]);",
        "'workspace' of 'SpiralNet.Forward' must be made for at least 4 samples, but it is made for 3")]
    [InlineData(
        "var room = net.CreateWorkspace({|3|}); net.Forward({|new float[8]|}, [|room|]);",
        "'workspace' of 'SpiralNet.Forward' must be made for at least 4 samples, but it is made for 3")]
    [InlineData(
        "var room = net.CreateWorkspace({|3|}); net.Backward({|new float[8]|}, floats, [|room|]);",
        "'workspace' of 'SpiralNet.Backward' must be made for at least 4 samples, but it is made for 3")]
    [InlineData(
        "SpiralNet.Workspace room = net.CreateWorkspace(batchSize: {|Two|}); net.Forward(floats, {|[0, 1, 2]|}, [|room|]);",
        "'workspace' of 'SpiralNet.Forward' must be made for at least 3 samples, but it is made for 2")]
    [InlineData(
        "net.Forward({|new float[4]|}, ints, [|net.CreateWorkspace({|1|})|]);",
        "'workspace' of 'SpiralNet.Forward' must be made for at least 2 samples, but it is made for 1")]
    [InlineData(
        "int size = 1; var room = net.CreateWorkspace({|size|}); map.Forward(floats, mapPass); net.Forward({|new float[4]|}, [|room|]);",
        "'workspace' of 'SpiralNet.Forward' must be made for at least 2 samples, but it is made for 1")]
    public Task Workspace_too_small_is_reported(string statements, string message) => CallSite.ExpectAsync(statements, message);

    [Theory]
    [InlineData("net.Predict(new float[4], new float[6]); net.Predict([], []); net.Predict(default, default); net.Predict(new float[6], floats);")]
    [InlineData("net.Predict(floats, new float[6]); net.Predict(floats, floats); net.Predict(null, null);")]
    [InlineData("net.Classify([1, 2]); net.Classify(new float[SpiralNet.InputSize]); net.Classify(floats);")]
    [InlineData(
        "net.Forward(new float[4], pass); net.Forward(new float[4], ints, pass); net.Forward(new float[4], [0, 2], pass); " +
        "net.Forward(new float[4], new float[6], pass);")]
    [InlineData("net.Backward(new float[4], [0, 2], pass); net.Backward(new float[4], new float[6], pass); net.Backward(floats, floats, pass);")]
    [InlineData("map.Forward(new float[4], mapPass); map.Backward(new float[4], new float[2], mapPass);")]
    [InlineData("net.CreateWorkspace(1); net.CreateWorkspace(count); net.CreateWorkspace(SpiralNet.Batch);")]
    [InlineData("var room = net.CreateWorkspace(4); net.Forward(new float[8], room); net.Forward(new float[2], room); net.Forward(floats, room);")]
    [InlineData("var room = net.CreateWorkspace(1); room = net.CreateWorkspace(9); net.Forward(new float[8], room);")]
    [InlineData("var room = net.CreateWorkspace(count); net.Forward(new float[8], room);")]
    [InlineData("var room = flag ? net.CreateWorkspace(1) : net.CreateWorkspace(9); net.Forward(new float[8], room);")]
    [InlineData("var room = pass; net.Forward(new float[8], room);")]
    [InlineData("unit.Predict([1, 2, 3], new float[3]);")]
    public Task Method_length_taken_is_not_reported(string statements) => CallSite.ExpectNothingAsync(statements);

    [Fact]
    public Task Batch_that_is_no_batch_is_reported_where_it_is_made_only() => CallSite.ExpectAsync(
        "var room = net.CreateWorkspace([|0|]); net.Forward(new float[4], room);",
        "'batchSize' of 'SpiralNet.CreateWorkspace' must be at least 1, but it is 0");

    [Fact]
    public Task Independent_faults_of_a_call_are_all_reported() => CallSite.ExpectAsync(
        "net.Predict([|new float[3]|], [|new float[4]|]);",
        "'inputs' of 'SpiralNet.Predict' must hold a whole number of samples of 2 values, but it has 3",
        "'outputs' of 'SpiralNet.Predict' must hold a whole number of samples of 3 values, but it has 4");

    [Fact]
    public Task Faulty_inputs_are_not_reported_again_at_the_outputs() => CallSite.ExpectAsync(
        "net.Predict([|new float[3]|], new float[9]);",
        "'inputs' of 'SpiralNet.Predict' must hold a whole number of samples of 2 values, but it has 3");

    [Theory]
    [InlineData("net.Predict(new float[3]); net.Classify(new float[3], 1);")]
    [InlineData("map.Backward(new float[3], new int[2], mapPass);")]
    [InlineData("new DerivedNet().Predict(new float[3], new float[4]);")]
    [InlineData("Func<int, SpiralNet.Workspace> make = net.CreateWorkspace; make(0);")]
    [InlineData("Prediction predict = net.Predict; predict(new float[3], new float[4]);")]
    public async Task Call_of_another_method_is_not_reported(string statements) => await CallSite.ExpectFileAsync(
        CallSite.Method(statements) + "public delegate void Prediction(ReadOnlySpan<float> inputs, Span<float> outputs);");

    [Fact]
    public Task Network_with_errors_is_not_checked() => CallSite.ExpectFileAsync("""
        public static class Caller
        {
            public static void Call(FaultyNet net)
            {
                net.Predict(new float[3], new float[5]);
                net.CreateWorkspace(0);
            }
        }
        """);

    [Fact]
    public Task Derived_class_is_not_checked() => CallSite.ExpectFileAsync("""
        public class Derived : SpiralNet
        {
            public void Call(Derived other)
            {
                base.Classify(new float[3]);
                Classify(new float[3]);
                other.Classify(new float[3]);
            }
        }
        """);

    [Fact]
    public Task Call_within_the_network_is_checked() => CallSite.ExpectFileAsync(
        """
        public partial class SpiralNet
        {
            public int Call() => Classify([|new float[3]|]) + this.Classify([|new float[1]|]);
        }
        """,
        "'input' of 'SpiralNet.Classify' must hold 2 values (1 sample of 2), but it has 3",
        "'input' of 'SpiralNet.Classify' must hold 2 values (1 sample of 2), but it has 1");

    [Fact]
    public Task Call_in_an_initializer_is_checked() => CallSite.ExpectFileAsync(
        """
        public class Caller
        {
            private readonly int _class = new SpiralNet().Classify([|[1]|]);
            public int Class { get; } = new SpiralNet().Classify([|[1, 2, 3]|]);
        }
        """,
        "'input' of 'SpiralNet.Classify' must hold 2 values (1 sample of 2), but it has 1",
        "'input' of 'SpiralNet.Classify' must hold 2 values (1 sample of 2), but it has 3");

    [Theory]
    [InlineData("if (SpiralNet.InputSize == 3) { net.Classify([1, 2, 3]); }")]
    [InlineData("if (SpiralNet.InputSize == 2) { net.Classify([1, 2]); } else { net.Classify([1, 2, 3]); }")]
    [InlineData("int x = SpiralNet.InputSize == 3 ? net.Classify([1, 2, 3]) : 0;")]
    public Task Call_behind_a_closed_branch_is_not_reported(string statements) => CallSite.ExpectNothingAsync(statements);

    [Fact]
    public Task Call_in_an_open_branch_is_reported() => CallSite.ExpectAsync(
        "if (SpiralNet.InputSize == 2) { net.Classify([|[1, 2, 3]|]); }",
        "'input' of 'SpiralNet.Classify' must hold 2 values (1 sample of 2), but it has 3");
}
