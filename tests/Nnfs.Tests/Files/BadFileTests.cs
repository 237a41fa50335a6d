using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Nnfs.Tests.Files;

/// <summary>Files that are not valid, or not this network's: each gives the one exception, and the network stays what it was.</summary>
public sealed class BadFileTests
{
    private const string Weights = """{"dtype":"F32","shape":[4,3],"data_offsets":[0,48]}""";
    private const string Biases = """{"dtype":"F32","shape":[3],"data_offsets":[48,60]}""";

    /// <summary>What reading may take beyond twice the file's size, for the exception above all.</summary>
    private const int FixedAllocation = 150_000;

    /// <summary>How often reading may go to the stream beyond once for each part that the stream gives: what a file claims must not make it more.</summary>
    private const int FixedReads = 16;

    private static readonly byte[] s_good = SafetensorsBytes.Make(SafetensorsBytes.Header);

    /// <summary>Files whose fault is before or outside the JSON, and what the message says.</summary>
    public static TheoryData<byte[], string> Frames => new()
    {
        { [], "fewer than the 8 bytes" },
        { [1, 0, 0, 0, 0, 0, 0], "fewer than the 8 bytes" },
        { WithLength(0)[..8], "does not begin with '{'" },
        { WithLength(1UL << 63), "are allowed" },
        { WithLength(ulong.MaxValue), "are allowed" },
        { WithLength(100_000_001), "are allowed" },
        { WithLength(100_000_000), "header is 100000000 bytes long" },
        { WithLength((ulong)s_good.Length - 7), "bytes long, but" },
        { WithLength((ulong)s_good.Length - 8), "not JSON" },
        { WithLength((ulong)SafetensorsBytes.Header.Length - 1), "not JSON" },
        { WithLength((ulong)SafetensorsBytes.Header.Length + 1), "not JSON" },
        { s_good[..^1], "follow the header" },
        { [.. s_good, 0], "follow the header" },
        { s_good[..(8 + SafetensorsBytes.Header.Length)], "follow the header" },
        { SafetensorsBytes.Make([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(SafetensorsBytes.Header)], new byte[60]), "does not begin with '{'" },
        { SafetensorsBytes.Make([.. "{\""u8, 0xC3, 0x28, .. "\":{}}"u8], []), "not UTF-8" },
        { SafetensorsBytes.Make([.. "{\""u8, 0xED, 0xA0, 0x80, .. "\":{}}"u8], []), "not UTF-8" },
        { SafetensorsBytes.Make([.. Encoding.UTF8.GetBytes(SafetensorsBytes.Header), 0], new byte[60]), "not JSON" },
        { Encoding.UTF8.GetBytes("PK\u0003\u0004 this is a zip archive"), "no safetensors file, but a zip archive." },
        { Encoding.UTF8.GetBytes("PK\u0003\u0004 this"), "no safetensors file, but a zip archive." },
        { Zip("weights.npy"), "no safetensors file, but a NumPy archive (.npz). LoadParameters with a TensorMap reads it." },
        { Zip("model/data.pkl"), "no safetensors file, but a file of PyTorch (.pt, .pth). In Python, safetensors.torch.save_file" },
        { [0x80, 2, 0x8A, 10, (byte)'l', 0xFC, 0x9C, (byte)'F', 0xF9, 0x20], "no safetensors file, but a Python pickle, as older versions of PyTorch" },
        { [0x80, 4, 0x95, 0, 0, 0, 0, 1], "no safetensors file, but a Python pickle" },
        { [0x93, .. "NUMPY"u8, 1, 0], "no safetensors file, but a NumPy array (.npy)." },
        { [0x89, .. "HDF\r\n"u8, 0x1A, 10], "no safetensors file, but an HDF5 file" },
        { [.. "GGUF"u8, 3, 0, 0, 0, 1], "no safetensors file, but a GGUF file." },
        { [0x1F, 0x8B, 8, 0, 0, 0, 0, 1], "no safetensors file, but compressed with gzip. Unpack it first." },
        { Encoding.UTF8.GetBytes("version https://git-lfs.github.com/spec/v1\n"), "no safetensors file, but a pointer of Git LFS" },
        { Encoding.UTF8.GetBytes("<!DOCTYPE html><html>"), "no safetensors file, but a web page." },
        { Encoding.UTF8.GetBytes("<html lang=\"en\">"), "no safetensors file, but a web page." },
    };

    /// <summary>Headers that are refused, and what the message says.</summary>
    public static TheoryData<string, string> Headers => new()
    {
        { "", "does not begin with '{'" },
        { "  ", "does not begin with '{'" },
        { "\u000b" + SafetensorsBytes.Header, "does not begin with '{'" },
        { "\u00a0" + SafetensorsBytes.Header, "does not begin with '{'" },
        { "[]", "does not begin with '{'" },
        { "{", "not JSON" },
        { SafetensorsBytes.Header + "{}", "not JSON" },
        { SafetensorsBytes.Header.Replace(",", ",,", StringComparison.Ordinal), "not JSON" },
        { SafetensorsBytes.Header.Replace("}}", "},}", StringComparison.Ordinal), "not JSON" },
        { SafetensorsBytes.Header.Replace("[4,3]", "[4,3,]", StringComparison.Ordinal), "not JSON" },
        { SafetensorsBytes.Header.Replace("[4,3]", "[04,3]", StringComparison.Ordinal), "not JSON" },
        { SafetensorsBytes.Header.Replace("[4,3]", "[4,NaN]", StringComparison.Ordinal), "not JSON" },
        { "{/* none */}", "not JSON" },
        { "{\"\t\":{}}", "not JSON" },
        { "{" + string.Concat(Enumerable.Repeat("\"a\":{", 1000)), "is not one of dtype, shape and data_offsets" },
        { """{"\ud800":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""", "is not text" },
        { """{"__metadata__":{"\udc00":"a"}}""", "is not text" },
        { """{"__metadata__":{"a":"\ud800\ud800"}}""", "is not text" },
        { """{"__metadata__":[]}""", "not a JSON object" },
        { """{"__metadata__":null}""", "not a JSON object" },
        { """{"__metadata__":{"a":1}}""", "a value that is not a string" },
        { """{"__metadata__":{"a":{}}}""", "a value that is not a string" },
        { """{"__metadata__":{"a":"1","a":"2"}}""", "appears twice" },
        { """{"__metadata__":{"a":"1","\u0061":"2"}}""", "appears twice" },
        { """{"__metadata__":{},"__metadata__":{}}""", "appears twice" },
        { """{"a":1}""", "Tensor 'a' is not a JSON object" },
        { """{"a":{}}""", "Tensor 'a' lacks one of dtype, shape and data_offsets" },
        { """{"a":{"dtype":"F32","shape":[]}}""", "lacks one of" },
        { """{"a":{"dtype":"F32","data_offsets":[0,4]}}""", "lacks one of" },
        { """{"a":{"shape":[],"data_offsets":[0,4]}}""", "lacks one of" },
        { """{"a":{"dtype":"F32","dtype":"F32","shape":[],"data_offsets":[0,4]}}""", "appears twice" },
        { """{"a":{"dtype":"F32","shape":[],"shape":[],"data_offsets":[0,4]}}""", "appears twice" },
        { """{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4],"data_offsets":[0,4]}}""", "appears twice" },
        { """{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4],"strides":[]}}""", "is not one of dtype, shape and data_offsets" },
        { Tensor("\"F23\"", "[1]", "[0,4]"), "dtype that the format does not know" },
        { Tensor("\"f32\"", "[1]", "[0,4]"), "dtype that the format does not know" },
        { Tensor("32", "[1]", "[0,4]"), "dtype that the format does not know" },
        { Tensor("\"F32\"", "1", "[0,4]"), "shape that is not an array" },
        { Tensor("\"F32\"", "{}", "[0,4]"), "shape that is not an array" },
        { Tensor("\"F32\"", "[[1]]", "[0,4]"), "shape with something" },
        { Tensor("\"F32\"", "[\"1\"]", "[0,4]"), "shape with something" },
        { Tensor("\"F32\"", "[-1]", "[0,4]"), "shape with something" },
        { Tensor("\"F32\"", "[-0]", "[0,0]"), "shape with something" },
        { Tensor("\"F32\"", "[1.0]", "[0,4]"), "shape with something" },
        { Tensor("\"F32\"", "[1e0]", "[0,4]"), "shape with something" },
        { Tensor("\"F32\"", "[9223372036854775808]", "[0,4]"), "shape with something" },
        { Tensor("\"F32\"", "[9223372036854775807]", "[0,4]"), "9223372036854775807 elements" },
        { Tensor("\"F32\"", "[4611686018427387904,4]", "[0,0]"), "more elements than can be counted" },
        { Tensor("\"F32\"", "[4294967296,4294967296]", "[0,0]"), "more elements than can be counted" },

        // 2⁶² floats are 2⁶⁷ bits, which is 0 in 64 bits.
        { Tensor("\"F32\"", "[4611686018427387904]", "[0,0]"), "4611686018427387904 elements" },
        { Tensor("\"F32\"", "[1]", "4"), "data_offsets that are not an array" },
        { Tensor("\"F32\"", "[1]", "[]"), "data_offsets with something" },
        { Tensor("\"F32\"", "[1]", "[0]"), "data_offsets with something" },
        { Tensor("\"F32\"", "[1]", "[0,4,4]"), "more than two data_offsets" },
        { Tensor("\"F32\"", "[1]", "[-4,0]"), "data_offsets with something" },
        { Tensor("\"F32\"", "[1]", "[4,0]"), "ends at byte 0, before it begins at 4" },
        { Tensor("\"F32\"", "[1]", "[9223372036854775807,0]"), "ends at byte 0" },
        { Tensor("\"F32\"", "[1]", "[0,8]"), "1 elements of 32 bits, but 8 bytes" },
        { Tensor("\"F32\"", "[2]", "[0,4]"), "2 elements of 32 bits, but 4 bytes" },
        { Tensor("\"F4\"", "[3]", "[0,1]"), "3 elements of 4 bits, but 1 bytes" },
        { Tensor("\"F32\"", "[1]", "[4,8]"), "leaves a gap" },
        { $$"""{"a":{{Weights}},"a":{{Biases}}}""", "appears twice" },
        { $$"""{"a":{{Weights}},"\u0061":{{Biases}}}""", "appears twice" },
        { $$"""{"a":{{Weights}},"b":{{Weights}}}""", "overlaps" },
        { $$$"""{"a":{{{Weights}}},"b":{"dtype":"F32","shape":[3],"data_offsets":[44,56]}}""", "overlaps" },
        { $$$"""{"a":{{{Weights}}},"b":{"dtype":"F32","shape":[2],"data_offsets":[52,60]}}""", "leaves a gap" },
        { $$$"""{"a":{{{Weights}}},"b":{"dtype":"F32","shape":[2],"data_offsets":[40,48]}}""", "overlaps" },
        { $$"""{"dense1.weights":{{Weights}}}""", "follow the header" },
        {
            $$$"""{"dense1.weights":{"dtype":"F32","shape":[3,4],"data_offsets":[0,48]},"dense1.biases":{{{Biases}}}}""",
            "expected F32 [4, 3], found F32 [3, 4]"
        },
        {
            $$$"""{"dense1.weights":{"dtype":"I32","shape":[4,3],"data_offsets":[0,48]},"dense1.biases":{{{Biases}}}}""",
            "expected F32 [4, 3], found I32 [4, 3]"
        },
        {
            $$$"""{"dense1.weights":{"dtype":"F32","shape":[4,3,1],"data_offsets":[0,48]},"dense1.biases":{{{Biases}}}}""",
            "expected F32 [4, 3], found F32 [4, 3, 1]"
        },
        {
            $$$"""{"dense1.weights":{"dtype":"F32","shape":[12],"data_offsets":[0,48]},"dense1.biases":{{{Biases}}}}""",
            "expected F32 [4, 3], found F32 [12]"
        },
        { $$"""{"Dense1.weights":{{Weights}},"dense1.biases":{{Biases}}}""", "'dense1.weights': expected F32 [4, 3], found nothing" },
    };

    [Theory]
    [MemberData(nameof(Frames))]
    public void Load_of_a_file_with_a_fault_around_the_header_is_refused(byte[] file, string message) => AssertRefused(file, message);

    [Theory]
    [MemberData(nameof(Headers))]
    public void Load_of_a_file_with_a_fault_in_the_header_is_refused(string header, string message) =>
        AssertRefused(SafetensorsBytes.Make(header), message);

    [Fact]
    public void Load_of_any_beginning_of_a_file_is_refused()
    {
        for (int length = 0; length < s_good.Length; length++)
        {
            byte[] beginning = s_good[..length];

            Assert.Throws<SafetensorsException>(() => HandNetwork.Load(new MemoryStream(beginning)));
            Assert.Throws<SafetensorsException>(() => HandNetwork.Load(new TrickleStream(beginning)));
        }
    }

    /// <summary>
    /// 100,000 files, each made of a good one by a few random changes: either the exception or the numbers that the file has, and nothing else.
    /// </summary>
    [Fact]
    public void Load_of_mutated_files_gives_the_exception_or_the_file()
    {
        HandNetwork network = new(seed: 1);
        using MemoryStream saved = new();
        network.Save(saved);
        byte[][] seeds = [s_good, saved.ToArray()];
        Random random = new(7);
        int loaded = 0;

        for (int i = 0; i < 100_000; i++)
        {
            byte[] file = Mutate(seeds[i % seeds.Length], random);
            float[] before = network.Parameters.ToArray();
            bool isRefused = false;

            // Reading once more does the same again, so that the bytes of the reader recur, and those of the runtime do not.
            long allowed = (2L * file.Length) + FixedAllocation;
            long allocated = Allocations.Least(() => Allocations.Of(() => isRefused = !TryLoad(network, file, isTrickle: i % 16 == 0)), allowed);
            Assert.True(allocated <= allowed, $"File {i} of {file.Length} bytes took {allocated} bytes, {Convert.ToHexString(file)}.");

            if (isRefused)
            {
                Assert.Equal(before, network.Parameters.ToArray());

                continue;
            }

            // What was loaded is what an independent reader finds.
            loaded++;
            Assert.Equal(SafetensorsBytes.ReadTensor(file, "dense1.weights"), network.Dense1.Weights.ToArray());
            Assert.Equal(SafetensorsBytes.ReadTensor(file, "dense1.biases"), network.Dense1.Biases.ToArray());
        }

        // Changes of the data alone leave a good file, and most others do not.
        Assert.InRange(loaded, 1000, 90_000);
    }

    [Fact]
    public void Load_of_a_file_that_claims_much_takes_no_memory_for_it()
    {
        byte[] header = [0, 0xE1, 0xF5, 0x05, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes("{")];
        byte[] shape = SafetensorsBytes.Make(Tensor("\"U8\"", "[1000000000000]", "[0,1000000000000]"), 1);
        const string LargeWeights = """{"dtype":"F32","shape":[2000,2000],"data_offsets":[0,16000000]}""";
        const string LargeBiases = """{"dtype":"F32","shape":[2000],"data_offsets":[16000000,16008000]}""";
        byte[] data = SafetensorsBytes.Make($$"""{"dense1.weights":{{LargeWeights}},"dense1.biases":{{LargeBiases}}}""", 100);

        foreach (byte[] file in (byte[][])[header, shape, data])
        {
            Assert.InRange(AllocatedBy(() => HandNetwork.Load(new MemoryStream(file))), 0, FixedAllocation);
            Assert.InRange(AllocatedBy(() => HandNetwork.Load(new TrickleStream(file, most: 1000))), 0, FixedAllocation);
        }

        // One whose header is what the network expects, but whose data is missing.
        LargeNetwork network = new();
        Assert.InRange(AllocatedBy(() => network.LoadParameters(new TrickleStream(data, most: 1000))), 0, FixedAllocation);
    }

    /// <summary>Reading takes at most twice the file's size, and a fixed amount for what is around it.</summary>
    [Theory]
    [InlineData("""{"dtype":"U8","shape":[0],"data_offsets":[0,0]}""")]
    [InlineData("""{"dtype":"F64","shape":[0,1],"data_offsets":[0,0]}""")]
    [InlineData("\"\"")]
    [InlineData("\"\\n\"")]
    public void Load_of_a_file_that_is_all_header_takes_at_most_twice_its_size(string value)
    {
        StringBuilder header = new(value[0] == '"' ? "{\"__metadata__\":{" : "{");

        for (int i = 0; i < 200_000; i++)
        {
            header.Append(i == 0 ? "" : ",").Append('"').Append(i.ToString("x", System.Globalization.CultureInfo.InvariantCulture)).Append("\":").Append(value);
        }

        header.Append(value[0] == '"' ? "}}" : "}");
        byte[] file = SafetensorsBytes.Make(header.ToString(), 0);

        long allowed = (2L * file.Length) + FixedAllocation;
        Assert.InRange(AllocatedBy(() => HandNetwork.Load(new MemoryStream(file)), allowed), 0, allowed);

        // Among so many names some have the same hash, and yet none appears twice: what is missing are the network's tensors.
        SafetensorsException exception = Assert.Throws<SafetensorsException>(() => HandNetwork.Load(new MemoryStream(file)));
        Assert.Contains("'dense1.weights': expected F32 [4, 3], found nothing", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_of_a_long_name_of_escapes_takes_at_most_twice_its_size()
    {
        byte[] file = SafetensorsBytes.Make(
            "{\"" + string.Concat(Enumerable.Repeat("\\u0061", 1_000_000)) + "\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}", 0);

        long allowed = (2L * file.Length) + FixedAllocation;
        Assert.InRange(AllocatedBy(() => HandNetwork.Load(new MemoryStream(file)), allowed), 0, allowed);
    }

    [Fact]
    public void Load_of_a_large_file_takes_at_most_twice_its_size()
    {
        LargeNetwork network = new();
        using MemoryStream stream = new();
        network.Save(stream);

        long allocated = Allocations.Least(
            () => Allocations.Of(() =>
            {
                stream.Position = 0;
                network.LoadParameters(stream);
            }),
            2 * stream.Length);

        Assert.InRange(allocated, stream.Length, 2 * stream.Length);
    }

    private static byte[] Zip(string name)
    {
        using MemoryStream stream = new();

        using (ZipArchive archive = new(stream, ZipArchiveMode.Create))
        {
            using Stream entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
            entry.Write([1, 2, 3]);
        }

        return stream.ToArray();
    }

    private static byte[] WithLength(ulong length)
    {
        byte[] file = [.. s_good];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);

        return file;
    }

    private static string Tensor(string type, string shape, string offsets) =>
        "{\"a\":{\"dtype\":" + type + ",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}}";

    private static void AssertRefused(byte[] file, string message)
    {
        HandNetwork network = new(seed: 2);
        float[] before = network.Parameters.ToArray();

        CountedStream stream = new(file);
        SafetensorsException exception = Assert.Throws<SafetensorsException>(() => network.LoadParameters(stream));
        Assert.InRange(stream.Reads, 0, FixedReads);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.IsType<FormatException>(exception, exactMatch: false);

        // A stream of unknown length is refused as well, if only by its tensors.
        TrickleStream trickle = new(file, most: 3);
        Assert.Throws<SafetensorsException>(() => network.LoadParameters(trickle));
        Assert.InRange(trickle.Reads, 0, (file.Length / 3) + FixedReads);
        Assert.Throws<SafetensorsException>(() => HandNetwork.Load(new MemoryStream(file)));
        Assert.Equal(before, network.Parameters.ToArray());
    }

    /// <summary>Whether the network takes the file; the stream is read no more often than its bytes make necessary.</summary>
    private static bool TryLoad(HandNetwork network, byte[] file, bool isTrickle)
    {
        const int Part = 7;
        TrickleStream? trickle = isTrickle ? new(file, Part) : null;
        CountedStream? counted = isTrickle ? null : new(file);

        try
        {
            network.LoadParameters((Stream?)trickle ?? counted!);

            return true;
        }
        catch (SafetensorsException)
        {
            return false;
        }
        finally
        {
            Assert.InRange(trickle?.Reads ?? counted!.Reads, 0, (isTrickle ? file.Length / Part : 0) + FixedReads);
        }
    }

    private static byte[] Mutate(byte[] good, Random random)
    {
        List<byte> file = [.. good];

        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            int at = random.Next(file.Count);

            switch (random.Next(7))
            {
                case 0:
                    file[at] ^= (byte)(1 << random.Next(8));
                    break;

                case 1:
                    file[at] = (byte)random.Next(256);
                    break;

                case 2:
                    file.RemoveRange(at, Math.Min(random.Next(1, 9), file.Count - at));
                    break;

                case 3:
                    file.InsertRange(at, file.GetRange(at, Math.Min(random.Next(1, 60), file.Count - at)));
                    break;

                case 4:
                    // A character of JSON in place of another.
                    file[at] = "{}[]\",:\\0123456789-.eu "u8[random.Next(23)];
                    break;

                case 5:
                    file[random.Next(Math.Min(8, file.Count))] = (byte)random.Next(256);
                    break;

                default:
                    // The header grows by a space, which keeps it valid if its length grows, too.
                    if (file.Count > 8 + file[0])
                    {
                        file.Insert(8 + file[0], (byte)' ');
                        file[0]++;
                    }

                    break;
            }

            if (file.Count == 0)
            {
                break;
            }
        }

        return [.. file];
    }

    /// <summary>The bytes that a file takes that is refused.</summary>
    private static long AllocatedBy(Action load, long allowed = FixedAllocation) =>
        Allocations.Least(() => Allocations.Of(() => Assert.Throws<SafetensorsException>(load)), allowed);
}
