namespace Nnfs.Import.Tests.Tool;

public sealed class ClassNamesTests
{
    [Theory]
    [InlineData("digits.onnx", "Digits")]
    [InlineData("models/my-model_v2.onnx", "MyModelV2")]
    [InlineData("2024 best.onnx", "Net2024Best")]
    [InlineData("LeNet.onnx", "LeNet")]
    [InlineData("-.onnx", "Net")]
    [InlineData("predict.onnx", "PredictNet")]
    [InlineData("dense1.onnx", "Dense1Net")]
    [InlineData("nnfs.onnx", "NnfsNet")]
    public void Class_is_named_after_the_file(string path, string name)
    {
        Assert.Equal(name, ClassNames.Of(path));
        Assert.True(ClassNames.IsValid(name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1st")]
    [InlineData("class")]
    [InlineData("a.b")]
    [InlineData("a b")]
    public void Name_that_is_none_is_not_valid(string name) => Assert.False(ClassNames.IsValid(name));
}
