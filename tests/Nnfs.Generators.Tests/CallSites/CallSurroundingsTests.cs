namespace Nnfs.Generators.Tests.CallSites;

/// <summary>Calls that cannot work, where that is harmless, and where it is not.</summary>
public sealed class CallSurroundingsTests
{
    private const string Message = "'input' of 'SpiralNet.Classify' must hold 2 values (1 sample of 2), but it has 3";

    [Theory]
    [InlineData("var x = new float[3]; if (x.Length == 2) net.Classify(x);")]
    [InlineData("var x = new float[3]; if (x.Length != 2) { } else { net.Classify(x); }")]
    [InlineData("var x = new float[3]; if (x.Length == SpiralNet.InputSize && flag) { net.Classify(x); }")]
    [InlineData("var x = new float[3]; if (!(x.Length % 2 == 1 || flag)) { net.Classify(x); }")]
    [InlineData("var x = new float[3]; bool y = x.Length < 3 && net.Classify(x) == 0;")]
    [InlineData("var x = new float[3]; bool y = x.Length >= 3 || net.Classify(x) == 0;")]
    [InlineData("var x = new float[3]; int y = x.Length > 3 ? net.Classify(x) : 0;")]
    [InlineData("var x = new float[3]; while (x.Length <= 2) { net.Classify(x); }")]
    [InlineData("var x = new float[3]; if (x.Length == 2) { Action call = () => net.Classify(x); }")]
    [InlineData("if (SpiralNet.InputSize == 3) net.Classify(new float[3]);")]
    [InlineData("try { net.Classify(new float[3]); } catch (ArgumentException) { }")]
    [InlineData(
        "try { if (flag) { net.Classify(new float[3]); } } catch (InvalidOperationException) { } catch (ArgumentException e) when (e.ParamName == null) { }")]
    [InlineData("try { try { net.Classify(new float[3]); } finally { } } catch (ArgumentException) { }")]
    [InlineData("try { net.Forward(floats, [3], pass); } catch (ArgumentOutOfRangeException) { }")]
    [InlineData("Action call = () => { try { net.Classify(new float[3]); } catch (ArgumentException) { } };")]
    public Task Call_that_cannot_run_or_is_expected_to_fail_is_left_alone(string statements) => CallSite.ExpectNothingAsync(statements);

    [Theory]
    [InlineData("var x = {|new float[3]|}; if (x.Length == 3) net.Classify([|x|]);")]
    [InlineData("var x = {|new float[3]|}; if (x.Length == count) net.Classify([|x|]);")]
    [InlineData("var x = {|new float[3]|}; if (x.Length == 2 || flag) { net.Classify([|x|]); }")]
    [InlineData("var x = {|new float[3]|}; if (x.Length == 2) { } else { net.Classify([|x|]); }")]
    [InlineData("var x = {|new float[3]|}; do { net.Classify([|x|]); } while (x.Length == 2);")]
    [InlineData("var x = {|new float[3]|}; bool y = x.Length == 3 && net.Classify([|x|]) == 0;")]
    [InlineData("var x = {|new float[3]|}; if (x.Length != 2) { return; } net.Classify([|x|]);")]
    [InlineData("try { net.Classify([|new float[3]|]); } catch (Exception) { }")]
    [InlineData("try { net.Classify([|new float[3]|]); } catch { }")]
    [InlineData("try { net.Classify([|new float[3]|]); } catch (ArgumentNullException) { }")]
    [InlineData("try { } catch (ArgumentException) { net.Classify([|new float[3]|]); }")]
    [InlineData("try { } catch (ArgumentException) { } finally { net.Classify([|new float[3]|]); }")]
    [InlineData("Action call; try { call = () => net.Classify([|new float[3]|]); } catch (ArgumentException) { }")]
    [InlineData("try { Call(); void Call() => net.Classify([|new float[3]|]); } catch (ArgumentException) { }")]
    public Task Call_that_can_run_and_fail_is_reported(string statements) => CallSite.ExpectAsync(statements, Message);
}
