using Playground;
using Playground.Data;

namespace Nnfs.Playground.Tests;

public sealed class CsvPointsTests
{
    [Theory]
    [InlineData("1,2,a\n3,4,b", "x")]
    [InlineData("\n  \nwidth;height;kind\r\n1; 2;a\r\n\r\n3;4; \"b\"\r\n", "width")]
    [InlineData("width\theight\tkind\n1\t2\ta\n3\t4\tb", "width")]
    public void Table_is_read_and_scaled(string text, string axis)
    {
        PointSet points = CsvPoints.Read(text);

        Assert.Equal([-1, -1, 1, 1], points.Data.Features.ToArray());
        Assert.Equal([0, 1], points.Data.Labels.ToArray());
        Assert.Equal(["a", "b"], points.ClassNames);
        Assert.Equal(new Axis(axis, 1, 3), points.Axes.X);
    }

    [Theory]
    [InlineData("", "There is no line in these data. Expected are lines such as 5.1, 3.5, setosa.")]
    [InlineData("1,2,a\n3,4\n", "Line 2 has 2 columns, but 3 are needed: two numbers and a class.")]
    [InlineData("hello", "Line 1 has 1 column, but 3 are needed: two numbers and a class.")]
    [InlineData("x,y,kind\n1,2,a\n\n3,high,b", "Line 4, column 2 (y): 'high' is not a number.")]
    [InlineData("1,2,a\nNaN,2,b", "Line 2, column 1 (x): 'NaN' is not a number.")]
    [InlineData("1,2,a\n1,2,", "Line 2, column 3 (class): the class is missing.")]
    [InlineData("1,2,a\n1,3,a", "All lines have the class 'a', but a network needs at least two classes to tell apart.")]
    [InlineData("x,y,kind\n", "There are no lines of points below the names of the columns.")]
    [InlineData(
        "1,2,a\n1,2,b\n1,2,c\n1,2,d\n1,2,e\n1,2,f\n1,2,g\n1,2,h\n1,2,i",
        "Line 9, column 3 (class): 'i' is one class too many: the page shows at most 8.")]
    public void Bad_table_says_what_is_wrong_and_where(string text, string message) =>
        Assert.Equal(message, Assert.Throws<PlaygroundException>(() => CsvPoints.Read(text)).Message);

    [Fact]
    public void Column_of_one_value_lies_in_the_middle() =>
        Assert.Equal([-1, 0, 1, 0], CsvPoints.Read("1,5,a\n3,5,b").Data.Features.ToArray());

    [Fact]
    public void Column_as_wide_as_numbers_go_stays_finite() =>
        Assert.Equal([-1, 0, 1, 0], CsvPoints.Read($"{double.MinValue:R},5,a\n{double.MaxValue:R},5,b").Data.Features.ToArray());
}
