using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Nnfs.Tests.Files.Npy;

/// <summary>Arrays as NumPy writes them, and files that are none: each gives the one exception.</summary>
public sealed class NumpyArrayTests
{
    private const string Header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";

    /// <summary>What reading may take beyond twice the file's size, for the exception above all.</summary>
    private const int FixedAllocation = 400_000;

    /// <summary>Headers that are refused for 24 bytes of data, and what the message says.</summary>
    public static TheoryData<string, string> Headers => new()
    {
        { "", "has something else than '{'" },
        { "{", "has no plain string at byte 1" },
        { "{}", "lacks one of descr, fortran_order and shape" },
        { "{} {}", "goes on after its dictionary" },
        { Header + "x", "goes on after its dictionary" },
        { Header.Replace("'descr': '<f4', ", "", StringComparison.Ordinal), "lacks one of" },
        { Header.Replace("'shape'", "'shapes'", StringComparison.Ordinal), "has a key 'shapes' that appears twice, or is not one of" },
        { Header.Replace("False,", "False, 'fortran_order': True,", StringComparison.Ordinal), "has a key 'fortran_order' that appears twice" },
        { Header.Replace("False", "false", StringComparison.Ordinal), "has neither True nor False" },
        { Header.Replace("False", "0", StringComparison.Ordinal), "has neither True nor False" },
        { Header.Replace("'<f4'", "[('a', '<f4')]", StringComparison.Ordinal), "has no plain string" },
        { Header.Replace("<f4", "\\x3cf4", StringComparison.Ordinal), "has no plain string" },
        { Header.Replace("<f4", "|O", StringComparison.Ordinal), "has the type '|O', but only float16, float32, float64 and integers" },
        { Header.Replace("<f4", "<c8", StringComparison.Ordinal), "has the type '<c8'" },
        { Header.Replace("<f4", "|b1", StringComparison.Ordinal), "has the type '|b1'" },
        { Header.Replace("<f4", "|f4", StringComparison.Ordinal), "has the type '|f4'" },
        { Header.Replace("<f4", "<f16", StringComparison.Ordinal), "has the type '<f16'" },
        { Header.Replace("(2, 3)", "(6)", StringComparison.Ordinal), "has a shape that is no tuple" },
        { Header.Replace("(2, 3)", "[2, 3]", StringComparison.Ordinal), "has something else than '('" },
        { Header.Replace("(2, 3)", "(2, -3)", StringComparison.Ordinal), "has no length" },
        { Header.Replace("(2, 3)", "(2, 3.0)", StringComparison.Ordinal), "has something else than ')'" },
        { Header.Replace("(2, 3)", "(,)", StringComparison.Ordinal), "has no length" },
        { Header.Replace("(2, 3)", "(9223372036854775808,)", StringComparison.Ordinal), "has a length of more than 63 bits" },
        { Header.Replace("(2, 3)", "(4611686018427387904, 4)", StringComparison.Ordinal), "more than can be counted in 63 bits" },
        { Header.Replace("(2, 3)", "(4294967296, 4294967296)", StringComparison.Ordinal), "more than can be counted in 63 bits" },
        { Header.Replace("(2, 3)", "(" + string.Concat(Enumerable.Repeat("1, ", 65)) + ")", StringComparison.Ordinal), "more than 64 dimensions" },
        { Header.Replace("(2, 3)", "(3000000000,)", StringComparison.Ordinal), "has a length of 3000000000, but at most 2147483647 are read" },
        { Header.Replace("(2, 3)", "(9223372036854775807, 0)", StringComparison.Ordinal), "have 0 bytes, but the file has more" },
        { Header.Replace("(2, 3)", "(2, 4)", StringComparison.Ordinal), "have 32 bytes, but the file ends earlier" },
        { Header.Replace("(2, 3)", "(5,)", StringComparison.Ordinal), "have 20 bytes, but the file has more" },
        { Header.Replace("(2, 3)", "(60000, 60000)", StringComparison.Ordinal), "has 3600000000 numbers, but one array holds at most" },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void Header_that_is_not_of_the_format_is_refused(string header, string message)
    {
        NumpyException exception = Assert.Throws<NumpyException>(() => NumpyArray.Read(new MemoryStream(File(header, new byte[24]))));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    /// <summary>As other writers and older versions have it.</summary>
    [Theory]
    [InlineData(Header, 1)]
    [InlineData(Header + "     \n", 2)]
    [InlineData(Header, 3)]
    [InlineData("{'descr':'<f4','fortran_order':False,'shape':(2,3)}", 1)]
    [InlineData("{ \"shape\" : ( 2L , 3L , ) , \"descr\" : \"<f4\" , \"fortran_order\" : False }", 1)]
    [InlineData("{'descr': '=f4', 'fortran_order': False, 'shape': (2, 3), }", 1)]
    public void Header_of_the_format_is_read(string header, byte version)
    {
        float[] values = [1, 2, 3, 4, 5, 6];

        NumpyArray array = NumpyArray.Read(new TrickleStream(File(header, SafetensorsBytes.Bytes(values), version)));

        Assert.Equal([2, 3], array.Shape);
        Assert.Equal(values, array.Values);
    }

    [Fact]
    public void Beginning_of_the_file_is_checked()
    {
        byte[] good = File(Header, new byte[24]);
        byte[] large = [.. good[..6], 2, 0, 0, 0, 1, 0, .. good[10..]];

        AssertRefused([], "is no NumPy array");
        AssertRefused([.. "PK"u8, .. good[2..]], "is no NumPy array");
        AssertRefused([.. good[..6], 4, .. good[7..]], "has version 4.0 of the format");
        AssertRefused([.. good[..7], 1, .. good[8..]], "has version 1.1 of the format");
        AssertRefused(large, "is 65536 bytes long, but at most 65535 are allowed");

        for (int length = 0; length < good.Length; length++)
        {
            byte[] beginning = good[..length];
            Assert.Throws<NumpyException>(() => NumpyArray.Read(new MemoryStream(beginning)));
        }

        static void AssertRefused(byte[] file, string message) => Assert.Contains(
            message, Assert.Throws<NumpyException>(() => NumpyArray.Read(new MemoryStream(file))).Message, StringComparison.Ordinal);
    }

    /// <summary>11 types, both orders of bytes, both orders of numbers.</summary>
    [Fact]
    public void Arrays_of_NumPy_are_read()
    {
        IReadOnlyDictionary<string, NumpyArray> arrays = NumpyArray.ReadArchive(new MemoryStream(GoldenData.Bytes("arrays.npz")));

        Assert.Equal(44, arrays.Count);
        Assert.All(arrays, static array =>
        {
            Assert.Equal([2, 3, 4], array.Value.Shape);
            Assert.Equal(Enumerable.Range(1, 24).Select(static i => (float)i), array.Value.Values);
        });
    }

    [Fact]
    public void Compressed_arrays_of_NumPy_are_read()
    {
        IReadOnlyDictionary<string, NumpyArray> arrays = NumpyArray.ReadArchive(new MemoryStream(GoldenData.Bytes("compressed.npz")));

        Assert.Equal(["zeros", "scalar", "empty", "vector"], arrays.Keys);
        Assert.Equal([100, 50], arrays["zeros"].Shape);
        Assert.Equal(new float[5000], arrays["zeros"].Values);
        Assert.Empty(arrays["scalar"].Shape);
        Assert.Equal([2.5f], arrays["scalar"].Values);
        Assert.Equal([3, 0], arrays["empty"].Shape);
        Assert.Equal([-1.5f, 2.25f], arrays["vector"].Values);
    }

    [Fact]
    public void Matrix_of_NumPy_is_read()
    {
        NumpyArray matrix = NumpyArray.Read(new MemoryStream(GoldenData.Bytes("matrix.npy")));

        Assert.Equal([2, 3], matrix.Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], matrix.Values);
    }

    [Theory]
    [InlineData]
    [InlineData(3)]
    [InlineData(2, 3)]
    [InlineData(1, 2, 3, 4)]
    [InlineData(4, 0, 2)]
    public void Saved_array_is_read_again(params int[] shape)
    {
        float[] values = [.. Enumerable.Range(0, shape.Aggregate(1, static (product, length) => product * length)).Select(static i => i / 3f)];
        using MemoryStream file = new();

        new NumpyArray([.. shape], values).Save(file);

        Assert.Equal(0, (file.Length - (4 * values.Length)) % 64);
        file.Position = 0;
        NumpyArray read = NumpyArray.Read(file);
        Assert.Equal(shape, read.Shape);
        Assert.Equal(values, read.Values);
    }

    [Fact]
    public void Saved_files_are_read_again_and_are_the_same_each_time()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nnfs-numpy-");

        try
        {
            string path = Path.Combine(folder.FullName, "arrays.npz");
            Dictionary<string, NumpyArray> arrays = new() { ["a"] = new([2], [1, 2]), ["b/c"] = new([], [3]) };

            NumpyArray.SaveArchive(path, arrays);
            byte[] first = System.IO.File.ReadAllBytes(path);
            NumpyArray.SaveArchive(path, arrays);
            IReadOnlyDictionary<string, NumpyArray> read = NumpyArray.ReadArchive(path);
            arrays["a"].Save(Path.Combine(folder.FullName, "a.npy"));

            Assert.Equal(first, System.IO.File.ReadAllBytes(path));
            Assert.Equal(["a", "b/c"], read.Keys);
            Assert.Equal([1, 2], read["a"].Values);
            Assert.Equal([3], read["b/c"].Values);
            Assert.Equal([1, 2], NumpyArray.Read(Path.Combine(folder.FullName, "a.npy")).Values);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Array_of_another_number_of_values_is_refused()
    {
        Assert.Throws<ArgumentException>(static () => new NumpyArray([2, 3], new float[5]));
        Assert.Throws<ArgumentException>(static () => new NumpyArray([0, 3], new float[3]));
        Assert.Throws<ArgumentException>(static () => new NumpyArray([65536, 65536, 65536, 65536, 65536], []));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new NumpyArray([-1], []));
        Assert.Throws<ArgumentNullException>(static () => new NumpyArray(default, []));
        Assert.Throws<ArgumentNullException>(static () => new NumpyArray([], null!));
    }

    [Fact]
    public void Archive_with_a_file_that_is_no_array_is_refused()
    {
        AssertRefused(Zip(("readme.txt", [1, 2])), "has a file 'readme.txt' that is no array (.npy)");
        AssertRefused(Zip(("a.npy", [1, 2])), "is no NumPy array");
        AssertRefused(Zip(("a.npy", File(Header, new byte[20]))), "gives the array 'a.npy'");
        AssertRefused(Zip(("a.npy", File(Header, new byte[28]))), "gives the array 'a.npy'");
        AssertRefused(Zip(("a.npy", File(Header, new byte[24])), ("a.npy", File(Header, new byte[24]))), "has two arrays 'a.npy'");
        AssertRefused([.. "PK"u8, 3, 4], "is no valid zip archive");

        static void AssertRefused(byte[] file, string message) => Assert.Contains(
            message, Assert.Throws<NumpyException>(() => NumpyArray.ReadArchive(new MemoryStream(file))).Message, StringComparison.Ordinal);
    }

    /// <summary>A byte of the numbers is another: nothing but the sum tells.</summary>
    [Fact]
    public void Archive_that_is_damaged_is_refused()
    {
        byte[] file = Zip(("a.npy", File(Header, new byte[24])));
        int numbers = file.AsSpan().IndexOf("(2, 3), }"u8) + 9;
        file[numbers] ^= 1;

        NumpyException exception = Assert.Throws<NumpyException>(() => NumpyArray.ReadArchive(new MemoryStream(file)));

        Assert.Contains("'a' is damaged", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Two entries of the directory lead to one file, as in archives that unpack to more than any memory holds.</summary>
    [Fact]
    public void Archive_whose_files_overlap_is_refused()
    {
        byte[] file = Zip(("a.npy", File(Header, new byte[24])), ("b.npy", File(Header, new byte[24])));
        int second = file.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        int first = file.AsSpan().IndexOf("PK\u0001\u0002"u8);
        byte[] entry = file[first..second];

        // The directory has the first file again and again, under other names.
        const int Files = 80;
        const int NameStart = 46;
        List<byte> bomb = [.. file[..first]];

        for (int i = 0; i < Files; i++)
        {
            byte[] alias = [.. entry];
            alias[NameStart] = (byte)('!' + i);
            bomb.AddRange(alias);
        }

        byte[] end = file[file.AsSpan().LastIndexOf("PK\u0005\u0006"u8)..];
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), Files);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), Files);
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(12), bomb.Count - first);
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(16), first);
        bomb.AddRange(end);

        NumpyException exception = Assert.Throws<NumpyException>(() => NumpyArray.ReadArchive(new MemoryStream([.. bomb])));

        Assert.Contains("some overlap", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>A network takes of an archive what it needs: an array of another shape is not unpacked.</summary>
    [Fact]
    public void Archive_that_unpacks_to_much_is_not_unpacked()
    {
        using MemoryStream stream = new();

        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = archive.CreateEntry("dense1.weights.npy").Open();
            entry.Write(File(Header.Replace("(2, 3)", "(25000000,)", StringComparison.Ordinal), []));
            entry.Write(new byte[100_000_000]);
        }

        byte[] file = stream.ToArray();
        Assert.True(file.Length < 200_000);

        long allocated = Allocations.Least(
            () => Allocations.Of(() => Assert.Throws<TensorMapException>(() => new HandNetwork().LoadParameters(new MemoryStream(file), new TensorMap()))),
            FixedAllocation);

        Assert.InRange(allocated, 0, FixedAllocation);
    }

    /// <summary>A length that a file merely claims takes no memory.</summary>
    [Fact]
    public void Array_that_claims_much_takes_no_memory_for_it()
    {
        byte[] file = File(Header.Replace("(2, 3)", "(500000000,)", StringComparison.Ordinal), new byte[24]);

        long allocated = Allocations.Least(
            () => Allocations.Of(() => Assert.Throws<NumpyException>(() => NumpyArray.Read(new TrickleStream(file)))), FixedAllocation);

        Assert.InRange(allocated, 0, FixedAllocation);
    }

    /// <summary>20,000 arrays and 20,000 archives, made of good ones by a few random changes: either the exception or an array, and nothing else.</summary>
    [Fact]
    public void Mutated_files_give_the_exception_or_an_array()
    {
        byte[][] arrays =
        [
            File(Header, SafetensorsBytes.Bytes(1, 2, 3, 4, 5, 6)),
            File("{'descr': '>i2', 'fortran_order': True, 'shape': (3, 1, 2), }", new byte[12]),
            GoldenData.Bytes("matrix.npy"),
        ];
        byte[][] archives =
        [
            GoldenData.Bytes("compressed.npz"),
            Zip(("a.npy", arrays[0]), ("b.npy", arrays[1])),
            GoldenData.Bytes("double-weights.npz"),
        ];
        Random random = new(11);
        int read = 0;

        for (int i = 0; i < 40_000; i++)
        {
            bool isArchive = i % 2 == 0;
            byte[] file = Mutate((isArchive ? archives : arrays)[i / 2 % 3], random);

            try
            {
                if (isArchive)
                {
                    NumpyArray.ReadArchive(new MemoryStream(file));
                }
                else
                {
                    NumpyArray array = NumpyArray.Read(i % 16 == 1 ? new TrickleStream(file, most: 7) : new MemoryStream(file));
                    Assert.Equal(array.Shape.Aggregate(1L, static (product, length) => product * length), array.Values.Length);
                }

                read++;
            }
            catch (NumpyException)
            {
                // What most of them are.
            }
            catch (Exception exception)
            {
                Assert.Fail($"File {i}, {Convert.ToHexString(file)}: {exception}");
            }
        }

        Assert.InRange(read, 1000, 39_000);
    }

    private static byte[] Mutate(byte[] good, Random random)
    {
        List<byte> file = [.. good];

        for (int changes = random.Next(1, 4); changes > 0 && file.Count > 0; changes--)
        {
            int at = random.Next(file.Count);

            switch (random.Next(5))
            {
                case 0:
                    file[at] ^= (byte)(1 << random.Next(8));
                    break;

                case 1:
                    file[at] = "{}()[],:'\"<>=|0123456789LTF"u8[random.Next(27)];
                    break;

                case 2:
                    file.RemoveRange(at, Math.Min(random.Next(1, 9), file.Count - at));
                    break;

                case 3:
                    file.InsertRange(at, file.GetRange(at, Math.Min(random.Next(1, 60), file.Count - at)));
                    break;

                default:
                    file.RemoveRange(at, file.Count - at);
                    break;
            }
        }

        return [.. file];
    }

    private static byte[] File(string header, byte[] data, byte version = 1)
    {
        byte[] length = new byte[version == 1 ? 2 : 4];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)header.Length);

        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. Encoding.Latin1.GetBytes(header), .. data];
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        using MemoryStream stream = new();

        using (ZipArchive archive = new(stream, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] content) in files)
            {
                using Stream entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }
}
