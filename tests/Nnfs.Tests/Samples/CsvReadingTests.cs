using System.Globalization;
using System.Text;

namespace Nnfs.Tests.Samples;

/// <summary>Reading samples from CSV: what is taken, and what is said of what is not.</summary>
public class CsvReadingTests
{
    private const string Header = "SepalLength,Colour,Weight,Species\n";

    private const string SurveyHeader = "First,Second,Flag,Size,Weight,Counts[0],Counts[1]\n";

    private static readonly Flower s_flower = new(5.5f, Colour.White, 2, Species.Virginica);

    [Theory]
    [InlineData("SepalLength,Colour,Weight,Species\n5.5,White,2,Virginica")]
    [InlineData("SepalLength,Colour,Weight,Species\r\n5.5,White,2,Virginica\r\n")]
    [InlineData("SepalLength,Colour,Weight,Species\r5.5,White,2,Virginica\r")]
    [InlineData("\uFEFFSepalLength,Colour,Weight,Species\n\n5.5,White,2,Virginica\n\n")]
    [InlineData("\"SepalLength\",\"Colour\",\"Weight\",\"Species\"\n\"5.5\",\"White\",\"2\",\"Virginica\"")]
    [InlineData("Species,note,Weight,SepalLength,Colour\nVirginica,\"a, \"\"b\"\"\nc\",2,5.5,White")]
    [InlineData("sepal_length,COLOUR,weight ,species\n 5.5 , white,2.0,virginica")]
    [InlineData("Sepal length,Colour,Weight,Species\n55e-1,-1,+2,2")]
    [InlineData("sepallength,SepalLength,Colour,Weight,Species\n9,5.5,White,2,Virginica")]
    public void Flower_is_read(string text) => Assert.Equal([s_flower], Flower.ReadCsv(new StringReader(text)));

    [Theory]
    [InlineData("")]
    [InlineData("NA")]
    [InlineData("?")]
    [InlineData(" NaN ")]
    [InlineData("nan")]
    [InlineData("NULL")]
    [InlineData("None")]
    [InlineData("<NA>")]
    [InlineData("\"\"")]
    public void Missing_values_are_gaps(string missing) => Assert.Equal(
        [s_flower with { Weight = null, Species = null }],
        Flower.ReadCsv(new StringReader($"{Header}5.5,White,{missing},{missing}")));

    [Fact]
    public void Column_of_a_label_that_may_be_missing_can_be_left_out() => Assert.Equal(
        [s_flower with { Species = null }], Flower.ReadCsv(new StringReader("SepalLength,Colour,Weight\n5.5,White,2")));

    [Fact]
    public void Options_say_how_the_text_is_written() => Assert.Equal(
        [s_flower with { Weight = null }],
        Flower.ReadCsv(
            new StringReader("5.5;White;-;Virginica\n"), new CsvOptions { Separator = ';', HasHeader = false, MissingValues = ["-"] }));

    [Fact]
    public void Names_are_found_apart_from_case_and_marks() => Assert.Equal(
        [Species.IrisSetosa, Species.IrisSetosa, Species.IrisSetosa],
        Flower.ReadCsv(new StringReader($"{Header}1,Crimson,1,Iris-setosa\n1,3,1,iris setosa\n1,blue,1,0")).Select(static flower => flower.Species!.Value));

    [Fact]
    public void Dates_are_read_in_iso_format_or_in_that_of_the_options()
    {
        const string Dates = "Date,Moment,Instant,Time\n";

        Assert.Equal(
            [
                new Rental(new(2026, 1, 31), new(2026, 1, 31, 8, 30, 0), new(2026, 1, 31, 8, 30, 0, TimeSpan.Zero), new(8, 30)),
                new Rental(new(2026, 1, 31), new(2026, 1, 31), new(2026, 1, 31, 8, 30, 0, TimeSpan.FromHours(1)), new(8, 30, 1, 500)),
            ],
            Rental.ReadCsv(new StringReader(
                $"{Dates}2026-01-31,2026-01-31 08:30:00,2026-01-31T08:30,08:30\n2026-01-31,2026-01-31,2026-01-31T08:30:00+01:00,08:30:01.5")));
        Assert.Equal(
            [new Rental(new(2026, 1, 31), new(2026, 1, 30), new(2026, 1, 29, 0, 0, 0, TimeSpan.Zero), new(8, 30))],
            Rental.ReadCsv(new StringReader($"{Dates}31.1.2026,30.1.2026,29.1.2026,08:30"), new CsvOptions { DateFormat = "d.M.yyyy" }));
    }

    [Fact]
    public void Culture_of_the_thread_does_not_matter()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        other.NumberFormat.NumberDecimalSeparator = ",";
        other.NumberFormat.NegativeSign = "minus";
        CultureInfo.CurrentCulture = other;

        try
        {
            StringWriter writer = new();
            Flower.WriteCsv(writer, [s_flower with { Weight = -1.5f }]);
            Assert.Equal([s_flower with { Weight = -1.5f }], Flower.ReadCsv(new StringReader(writer.ToString())));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("", "line 1 is empty, but the first line must name the columns")]
    [InlineData("SepalLength,Weight,Species\n", "line 1 has no column 'Colour', but SepalLength, Weight, Species")]
    [InlineData("SepalLength,Colour,Weight,Colour\n", "line 1 has 2 columns that can be 'Colour': Colour, Colour")]
    [InlineData("Sepal Length,Colour,Weight,sepal_length\n", "line 1 has 2 columns that can be 'SepalLength': Sepal Length, sepal_length")]
    [InlineData(Header + "x,White,2,", "line 2, column 'SepalLength': 'x' is not a number")]
    [InlineData(Header + "\"1,5\",White,2,", "line 2, column 'SepalLength': '1,5' is not a number")]
    [InlineData(Header + "1e99,White,2,", "line 2, column 'SepalLength': '1e99' is too large for float")]
    [InlineData(Header + ",White,2,", "line 2, column 'SepalLength': '' is a missing value, but the member is not nullable")]
    [InlineData(Header + "nan,White,2,", "line 2, column 'SepalLength': 'nan' is a missing value, but the member is not nullable")]
    [InlineData(Header + "1\0,White,2,", "line 2, column 'SepalLength': '1 ' is not a number")]
    [InlineData(Header + "1,<na>,2,", "line 2, column 'Colour': '<na>' is a missing value, but the member is not nullable")]
    [InlineData(Header + "1,Green,2,", "line 2, column 'Colour': 'Green' is none of White, Red, Crimson, Blue")]
    [InlineData(Header + "1,4,2,", "line 2, column 'Colour': '4' is none of White, Red, Crimson, Blue")]
    [InlineData(Header + "1,White,2", "line 2 has 3 fields, but the header has 4")]
    [InlineData(Header + "1,White,2,,", "line 2 has 5 fields, but the header has 4")]
    [InlineData(Header + "1,White,2,\"Vir", "line 2 has a quotation mark that is never closed, in field 4")]
    [InlineData(Header + "1,White,2,\"Virginica\"s", "line 2 has text after the closing quotation mark of field 4")]
    [InlineData(Header + "\"1\n\n\",White,2,\n1,White,y,", "line 5, column 'Weight': 'y' is not a number")]
    [InlineData(Header + "\"1\r\n\r\r\",\"\nGreen\",2,\r\n", "line 5, column 'Colour': 'Green' is none of White, Red, Crimson, Blue")]
    public void Bad_cell_is_named_with_line_column_and_value(string text, string fault)
    {
        CsvException exception = Assert.Throws<CsvException>(() => Flower.ReadCsv(new StringReader(text)));

        Assert.Equal($"The text can't be read: {fault}.", exception.Message);
        Assert.Equal(fault, Assert.Single(exception.Errors).ToString());
    }

    [Theory]
    [InlineData("2.5,100,1", "line 2, column 'Rooms': '2.5' is not a whole number, as int is")]
    [InlineData("3000000000,100,1", "line 2, column 'Rooms': '3000000000' is out of the range of int")]
    [InlineData("-1,100,1", "line 2 makes no House: rooms ('-1') must be a non-negative value. (Parameter 'rooms')\nActual value was -1.")]
    public void Number_must_fit_its_type_and_its_constructor(string line, string fault)
    {
        CsvException exception = Assert.Throws<CsvException>(() => House.ReadCsv(new StringReader($"Rooms,LivingArea,Price,Place[0],place1\n{line},1,2")));

        Assert.Equal($"The text can't be read: {fault}.", exception.Message.ReplaceLineEndings("\n"));
    }

    /// <summary>An offset would be converted to the time zone of the machine, and is lost even where that is universal time.</summary>
    [Theory]
    [InlineData("2026-01-31T08:30:00+01:00")]
    [InlineData("2026-01-31T08:30+00:00")]
    [InlineData("2026-01-31 08:30:00.5-05:30")]
    public void Offset_of_a_date_without_one_is_refused(string moment) => Assert.Equal(
        $"line 2, column 'Moment': '{moment}' has an offset, which a DateTime can't keep: make the member a DateTimeOffset",
        Fault(() => Rental.ReadCsv(new StringReader($"Date,Moment,Instant,Time\n2026-01-31,{moment},2026-01-31,08:30"))));

    [Fact]
    public void Universal_time_is_read_as_such()
    {
        DateTime moment = Assert.Single(
            Rental.ReadCsv(new StringReader("Date,Moment,Instant,Time\n2026-01-31,2026-01-31T08:30:00Z,2026-01-31,08:30"))).Moment;

        Assert.Equal((new DateTime(2026, 1, 31, 8, 30, 0), DateTimeKind.Utc), (moment, moment.Kind));
    }

    [Theory]
    [InlineData("1.0", true)]
    [InlineData("0.0", false)]
    public void Whole_numbers_with_a_point_are_booleans(string text, bool flag) => Assert.Equal(
        flag, Assert.Single(Survey.ReadCsv(new StringReader($"{SurveyHeader}Yes,None,{text},1,2,3,4"))).Flag);

    [Fact]
    public void Exact_name_of_an_enum_is_no_missing_value()
    {
        Survey[] surveys = [.. Survey.ReadCsv(new StringReader($"{SurveyHeader}NA,None,1,1,,3,4\nNone,NA,1,1,,3,4\nYes,na,1,1,,3,4"))];

        Assert.Equal([Answer.NA, Answer.None, Answer.Yes], surveys.Select(static survey => survey.First));
        Assert.Equal([Answer.None, Answer.NA, null], surveys.Select(static survey => survey.Second));
    }

    [Theory]
    [InlineData("none,,1,1,,3,4", "'First': 'none' is a missing value, but the member is not nullable")]
    [InlineData("Yes,,1,-99,,3,4", "'Size': '-99' is a missing value, but the member is not nullable")]
    [InlineData("Yes,,1,NaN,-99,3,4", "'Size': 'NaN' is a missing value, but the member is not nullable")]
    [InlineData("Yes,,T,1,,3,4", "'Flag': 'T' is a missing value, but the member is not nullable")]
    [InlineData("Yes,,1,1,,3,", "'Counts[1]': '' is a missing value, but other numbers of the array are there: all must be, or none")]
    [InlineData("Yes,,1,1,,-99,4", "'Counts[0]': '-99' is a missing value, but other numbers of the array are there: all must be, or none")]
    public void Missing_value_that_may_not_be_is_a_fault(string line, string fault) => Assert.Equal(
        $"line 2, column {fault}",
        Fault(() => Survey.ReadCsv(
            new StringReader($"{SurveyHeader}{line}"), new CsvOptions { MissingValues = ["", "-99", " nan ", "None", "t"] })));

    [Fact]
    public void Column_of_the_file_is_that_of_one_member()
    {
        Assert.Equal("line 1 has one column 'AB' that can be both 'a_b' and 'a b'", Fault(static () => Twins.ReadCsv(new StringReader("AB,c\n1,2"))));
        Assert.Equal([new Twins(1, 2)], Twins.ReadCsv(new StringReader("a_b,AB\n1,2")));
    }

    [Fact]
    public void Part_of_the_columns_of_an_array_is_a_fault() => Assert.Equal(
        "line 1 has no column 'Place[1]', but has 'Place[0]': all columns of an array must be there, or none",
        Fault(static () => House.ReadCsv(new StringReader("Rooms,Living area,Price,Place[0]\n2,55.5,1,3"))));

    [Fact]
    public void First_bad_cells_are_listed_and_all_are_counted()
    {
        string text = Header + string.Concat(Enumerable.Range(0, 42).Select(static row => $"{row},White,w{row},\n"));

        CsvException exception = Assert.Throws<CsvException>(() => Flower.ReadCsv(new StringReader(text)));

        Assert.Equal(42, exception.ErrorCount);
        Assert.Equal(10, exception.Errors.Length);
        string[] lines = exception.Message.Split('\n');
        Assert.Equal("The text can't be read; 42 faults:", lines[0]);
        Assert.Equal("  line 11, column 'Weight': 'w9' is not a number", lines[10]);
        Assert.Equal("  and 32 more", lines[11]);
        Assert.Equal(2, Assert.Throws<CsvException>(() => Flower.ReadCsv(new StringReader(text), new CsvOptions { MaxErrors = 2 })).Errors.Length);
    }

    [Fact]
    public void All_bad_cells_of_a_row_are_listed() => Assert.Equal(
        ["SepalLength", "Colour", "Weight", "Species"],
        Assert.Throws<CsvException>(static () => Flower.ReadCsv(new StringReader(Header + "a,b,c,d"))).Errors.Select(static error => error.Column));

    [Fact]
    public void Array_comes_from_columns_with_its_indices()
    {
        House house = Assert.Single(House.ReadCsv(new StringReader("place 1,Place[0],Rooms,Living area,Price\n4,3,2,55.5,1")));

        Assert.Equal([3, 4], house.Place!);
        Assert.Equal(55.5, house.Area);
        Assert.Null(Assert.Single(House.ReadCsv(new StringReader("Rooms,Living area,Price\n2,55.5,1"))).Place);
    }

    [Theory]
    [InlineData('"')]
    [InlineData('\n')]
    public void Separator_that_cannot_be_one_is_refused(char separator) => Assert.Throws<ArgumentException>(
        () => Flower.ReadCsv(new StringReader(""), new CsvOptions { Separator = separator }));

    /// <summary>A reader that gives the text in small pieces makes the buffer move and grow at every place.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(5000)]
    public void Text_in_pieces_is_read_as_a_whole(int piece)
    {
        string note = new('n', 40_000);
        StringBuilder text = new("Species,note,Weight,SepalLength,Colour\r\n");

        for (int row = 0; row < 500; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"Virginica,\"{(row == 250 ? note : "a\r\n\"\"b\"\"")}\",{row},5.5,White\r\n");
        }

        using PiecewiseReader reader = new(text.ToString(), piece);

        Assert.Equal(Enumerable.Range(0, 500).Select(static row => s_flower with { Weight = row }), Flower.ReadCsv(reader));
    }

    /// <summary>A string for a cell would take more than 30 bytes for each of 16.</summary>
    [Fact]
    public void Rows_are_read_without_a_string_for_each_cell()
    {
        string Text(int rows) => $"Rooms,Living area,Price{string.Concat(Enumerable.Range(0, 13).Select(static i => $",x{i}"))}\n"
            + string.Concat(Enumerable.Repeat($"2,55.5,1{string.Concat(Enumerable.Repeat(",abcdefgh", 13))}\n", rows));

        string few = Text(100);
        string many = Text(20_100);
        House.ReadCsv(new StringReader(few));
        long start = GC.GetAllocatedBytesForCurrentThread();
        House.ReadCsv(new StringReader(few));
        long middle = GC.GetAllocatedBytesForCurrentThread();
        House.ReadCsv(new StringReader(many));
        long end = GC.GetAllocatedBytesForCurrentThread();

        // The list that grows holds a struct of 32 bytes for each row, up to four times.
        Assert.InRange((end - middle - (middle - start)) / 20_000, 0, 150);
    }

    private static string Fault(Action read) => Assert.Single(Assert.Throws<CsvException>(read).Errors).ToString();

    private sealed class PiecewiseReader(string text, int piece) : TextReader
    {
        private int _position;

        public override int Read(char[] buffer, int index, int count)
        {
            int length = Math.Min(Math.Min(piece, count), text.Length - _position);
            text.CopyTo(_position, buffer, index, length);
            _position += length;

            return length;
        }
    }
}
