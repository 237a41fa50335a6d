namespace Nnfs.Tests.Samples;

/// <summary>Writing samples as CSV, and reading what was written.</summary>
public class CsvWritingTests
{
    [Fact]
    public void Flowers_are_written_with_a_header_and_gaps()
    {
        StringWriter writer = new();

        Flower.WriteCsv(writer, [new Flower(5.5f, Colour.White, null, Species.Virginica), new Flower(1e-7f, Colour.Red, 2, null)]);

        Assert.Equal("SepalLength,Colour,Weight,Species\r\n5.5,White,,Virginica\r\n1E-07,Red,2,\r\n", writer.ToString());
    }

    [Fact]
    public void Fields_are_quoted_where_they_must_be()
    {
        StringWriter writer = new();

        Odd.WriteCsv(writer, [new Odd(1.5f, null)], new CsvOptions { Separator = '.', MissingValues = [" \"none\"\n"] });

        Assert.Equal("\"a \"\"b\"\", c\".\"d.e\"\r\n\"1.5\".\" \"\"none\"\"\n\"\r\n", writer.ToString());
    }

    /// <summary>A line without anything would be no row.</summary>
    [Fact]
    public void Row_of_one_gap_is_read_again()
    {
        StringWriter writer = new();
        Only[] rows = [new(null), new(1), new(null)];

        Only.WriteCsv(writer, rows);

        Assert.Equal("X\r\n\"\"\r\n1\r\n\"\"\r\n", writer.ToString());
        Assert.Equal(rows, Only.ReadCsv(new StringReader(writer.ToString())));
    }

    [Fact]
    public void File_is_written_and_read()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Flower[] flowers = [new(5.5f, Colour.White, null, Species.Virginica), new(1, Colour.Blue, 2, null)];

        try
        {
            Flower.WriteCsv(path, flowers);
            Assert.Equal(flowers, Flower.ReadCsv(path));

            File.WriteAllText(path, "SepalLength,Colour,Weight\nx,Red,1");
            CsvException exception = Assert.Throws<CsvException>(() => Flower.ReadCsv(path));
            Assert.Equal($"The file '{path}' can't be read: line 2, column 'SepalLength': 'x' is not a number.", exception.Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Random bits in every type: the same bits come back.</summary>
    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('-')]
    [InlineData('0')]
    public void Everything_comes_back_bit_for_bit(char separator)
    {
        Random random = new(7);
        CsvOptions options = new() { Separator = separator };
        Everything[] samples = [.. Enumerable.Range(0, 200).Select(_ => Draw(random))];
        StringWriter writer = new();

        Everything.WriteCsv(writer, samples, options);
        IReadOnlyList<Everything> read = Everything.ReadCsv(new StringReader(writer.ToString()), options);

        Assert.Equal(samples.Select(WithoutArrays), read.Select(WithoutArrays));
        Assert.Equal(samples.Select(Bits), read.Select(Bits));
    }

    [Fact]
    public void Values_that_cannot_be_read_again_are_refused()
    {
        Assert.Equal(
            "'Numbers' takes 2 numbers, but has 1.",
            Assert.Throws<ArgumentException>(static () => Write(SampleEncodingTests.Example() with { Numbers = [1] })).Message);
        Assert.StartsWith(
            "5 is none of the names of Colour, which are White, Red, Crimson, Blue.",
            Assert.Throws<ArgumentOutOfRangeException>(static () => Write(SampleEncodingTests.Example() with { Colour = (Colour)5 })).Message);

        static void Write(Everything sample) => Everything.WriteCsv(TextWriter.Null, [sample]);
    }

    /// <summary>Whatever the time zone of the machine is.</summary>
    [Fact]
    public void Local_time_is_written_as_its_clock_shows_it()
    {
        StringWriter writer = new();
        DateTime moment = new(2026, 1, 31, 8, 30, 0, DateTimeKind.Local);

        Rental.WriteCsv(writer, [new Rental(new(2026, 1, 31), moment, new(2026, 1, 31, 8, 30, 0, TimeSpan.Zero), new(8, 30))]);

        Assert.Contains(",2026-01-31T08:30:00.0000000,", writer.ToString(), StringComparison.Ordinal);
        DateTime read = Assert.Single(Rental.ReadCsv(new StringReader(writer.ToString()))).Moment;
        Assert.Equal((moment.Ticks, DateTimeKind.Unspecified), (read.Ticks, read.Kind));
    }

    [Fact]
    public void Values_that_would_be_read_as_missing_are_refused()
    {
        Survey survey = new(Answer.NA, Answer.None, Flag: true, Size: 1, Weight: double.NaN, Counts: null);
        StringWriter writer = new();

        Survey.WriteCsv(writer, [survey]);

        Assert.Equal([survey with { Weight = null }], Survey.ReadCsv(new StringReader(writer.ToString())));
        AssertRefused("'NaN' in the column 'Size' would be read as a missing value", survey with { Size = double.NaN });
        AssertRefused("'-99' in the column 'Weight' would be read as a missing value", survey with { Weight = -99 }, "", "-99");
        AssertRefused("'-99' in the column 'Counts[1]' would be read as a missing value", survey with { Counts = [1, -99] }, "", "-99");
        AssertRefused("'true' in the column 'Flag' would be read as a missing value", survey, "", "TRUE");
        AssertRefused("A missing value of the column 'Second' would be read as Answer.NA", survey with { Second = null }, "NA");
    }

    [Fact]
    public void Nothing_is_written_where_a_gap_has_no_text()
    {
        CsvOptions options = new() { MissingValues = [] };
        StringWriter writer = new();
        Flower whole = new(1, Colour.Red, 2, Species.Virginica);

        ArgumentException exception = Assert.Throws<ArgumentException>(() => Flower.WriteCsv(writer, [whole, whole with { Weight = null }], options));

        Assert.Equal(
            "The column 'Weight' has a missing value, but CsvOptions.MissingValues is empty: it must have the text to write.", exception.Message);
        Assert.Equal("", writer.ToString());
        Flower[] flowers = [whole, new(float.NaN, Colour.Red, float.NaN, Species.Virginica)];
        Flower.WriteCsv(writer, flowers, options);
        Assert.Equal(flowers, Flower.ReadCsv(new StringReader(writer.ToString()), options));
    }

    /// <summary>A text with any faults is read, or refused by the one exception that says what is wrong.</summary>
    [Fact]
    public void Mutated_texts_are_read_or_refused()
    {
        const string Marks = "\",\r\n ;0159.-+eEnNaA?wWtT\uFEFF\0é";
        Random random = new(3);
        StringWriter writer = new();
        Everything.WriteCsv(writer, [SampleEncodingTests.Example(), Draw(random)]);
        string everything = writer.ToString();
        int read = 0;

        for (int i = 0; i < 100_000; i++)
        {
            List<char> text = [.. i % 10 == 0 ? everything : "SepalLength,Colour,Weight,Species\r\n5.5,White,2,Virginica\r\n1,\"Red\",,\n"];

            for (int change = random.Next(1, 5); change > 0; change--)
            {
                int place = random.Next(text.Count);

                switch (random.Next(3))
                {
                    case 0:
                        text.Insert(place, Marks[random.Next(Marks.Length)]);
                        break;

                    case 1:
                        text[place] = Marks[random.Next(Marks.Length)];
                        break;

                    default:
                        text.RemoveRange(place, Math.Min(random.Next(1, 4), text.Count - place));
                        break;
                }
            }

            string mutated = string.Concat(text);

            try
            {
                read += i % 10 == 0 ? Everything.ReadCsv(new StringReader(mutated)).Count : Flower.ReadCsv(new StringReader(mutated)).Count;
            }
            catch (CsvException exception)
            {
                Assert.InRange(exception.Errors.Length, 1, Math.Min(10, exception.ErrorCount));
            }
        }

        Assert.InRange(read, 10_000, 200_000);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Split_has_every_sample_once_and_the_share_of_each_class(bool stratify)
    {
        Flower[] flowers = [.. Enumerable.Range(0, 100)
            .Select(static i => new Flower(i, Colour.Red, null, i < 60 ? Species.IrisSetosa : i < 90 ? Species.Virginica : null))];

        (IReadOnlyList<Flower> training, IReadOnlyList<Flower> test) = flowers.Split(0.2, seed: 3, stratify);

        Assert.Equal(20, test.Count);
        Assert.Equal(flowers, training.Concat(test).OrderBy(static flower => flower.SepalLength));
        Assert.Equal(test, flowers.Split(0.2, seed: 3, stratify).Test);
        Assert.NotEqual(test, flowers.Split(0.2, seed: 4, stratify).Test);

        if (stratify)
        {
            Assert.Equal([12, 6, 2], ((Species?[])[Species.IrisSetosa, Species.Virginica, null])
                .Select(species => test.Count(flower => flower.Species == species)));
        }
    }

    private static void AssertRefused(string message, Survey survey, params string[] missing)
    {
        CsvOptions options = missing.Length > 0 ? new CsvOptions { MissingValues = missing } : new CsvOptions();

        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => Survey.WriteCsv(TextWriter.Null, [survey], options)).Message);
    }

    private static Everything Draw(Random random)
    {
        byte[] bytes = new byte[256];
        random.NextBytes(bytes);
        float single = BitConverter.ToSingle(bytes, 0);
        double number = BitConverter.ToDouble(bytes, 8);
        Half half = BitConverter.ToHalf(bytes, 16);
        DateTime moment = new(random.NextInt64(DateTime.MaxValue.Ticks), (DateTimeKind)random.Next(2));
        bool isThere = random.Next(2) == 0;

        return new Everything(
            (sbyte)bytes[20],
            bytes[21],
            BitConverter.ToInt16(bytes, 22),
            BitConverter.ToUInt16(bytes, 24),
            BitConverter.ToInt32(bytes, 28),
            BitConverter.ToUInt32(bytes, 32),
            BitConverter.ToInt64(bytes, 40),
            BitConverter.ToUInt64(bytes, 48),
            new Int128(BitConverter.ToUInt64(bytes, 56), BitConverter.ToUInt64(bytes, 64)),
            new UInt128(BitConverter.ToUInt64(bytes, 72), BitConverter.ToUInt64(bytes, 80)),
            Half.IsNaN(half) ? Half.NegativeZero : half,
            float.IsNaN(single) ? float.NegativeInfinity : single,
            double.IsNaN(number) ? -0.0 : number,
            new decimal(BitConverter.ToInt32(bytes, 88), BitConverter.ToInt32(bytes, 92), BitConverter.ToInt32(bytes, 96), isThere, (byte)random.Next(29)),
            isThere,
            (Colour)((int[])[-1, 3, 7])[random.Next(3)],
            DateOnly.FromDayNumber(random.Next(DateOnly.MaxValue.DayNumber)),
            moment,
            new DateTimeOffset(new DateTime(2000, 1, 1).AddSeconds(random.Next()).AddTicks(random.Next()), TimeSpan.FromMinutes(random.Next(-700, 700))),
            new TimeOnly(random.NextInt64(TimeOnly.MaxValue.Ticks)),
            [random.NextSingle(), -random.NextSingle()],
            [random.NextInt64(), long.MinValue],
            isThere ? random.NextDouble() : null,
            isThere ? random.Next(2) == 0 : null,
            isThere ? Colour.Blue : null,
            isThere ? DateOnly.MinValue : null,
            isThere ? DateTime.MaxValue : null,
            isThere ? float.Epsilon : null,
            isThere ? [random.Next(), int.MinValue] : null,
            random.Next(2) == 0);
    }

    /// <summary>A sample without its arrays, which are equal only to themselves.</summary>
    private static Everything WithoutArrays(Everything sample) => sample with { Numbers = [], Counts = [], MaybeNumbers = null };

    /// <summary>What may be equal with other bits, and the arrays.</summary>
    private static string Bits(Everything sample) => string.Join(
        ' ',
        (object?[])
        [
            BitConverter.HalfToUInt16Bits(sample.Half),
            BitConverter.SingleToUInt32Bits(sample.Float),
            BitConverter.DoubleToUInt64Bits(sample.Double),
            .. decimal.GetBits(sample.Decimal).Cast<object>(),
            sample.Moment.Ticks,
            sample.Moment.Kind,
            sample.Instant.Ticks,
            sample.Instant.Offset,
            sample.Time.Ticks,
            .. sample.Numbers.Select(BitConverter.SingleToUInt32Bits).Cast<object>(),
            .. sample.Counts.Cast<object>(),
            .. sample.MaybeNumbers?.Cast<object>() ?? [],
        ]);
}
