using System.Buffers.Binary;
using System.Text;
using Nnfs.Training.TensorBoard;

namespace Nnfs.Tests.Training;

/// <summary>Event files, read back by a reader that is written from the definitions of the format.</summary>
public sealed class TensorBoardWriterTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nnfs-tensorboard-");
    private readonly Problem _problem = new(40);

    private string Run => Path.Combine(_folder.FullName, "runs", "first");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void File_has_the_version_and_the_numbers_of_each_epoch()
    {
        FixedTime time = new(new DateTimeOffset(2026, 11, 30, 12, 0, 0, 500, TimeSpan.Zero));
        using TensorBoardWriter writer = new(Run, time);
        TrainingHistory history = new PenalizedNetwork(seed: 7).Train(
            _problem.Features, _problem.Labels, new TrainingOptions { Epochs = 3, ValidationSplit = 0.25f, Progress = writer });
        List<Event> events = Read(writer.Path);

        Assert.StartsWith("events.out.tfevents.1796040000.", Path.GetFileName(writer.Path), StringComparison.Ordinal);
        Assert.All(events, static e => Assert.Equal(1796040000.5, e.WallTime));
        Assert.Equal("brain.Event:2", events[0].FileVersion);
        Assert.Empty(events[0].Values);
        Assert.Equal([1L, 2L, 3L], events.Skip(1).Select(static e => e.Step));

        foreach ((EpochReport report, Event found) in history.Epochs.Zip(events.Skip(1)))
        {
            Assert.Null(found.FileVersion);
            Assert.Equal(
                [
                    ("loss/training", report.DataLoss), ("accuracy/training", report.Accuracy), ("loss/regularization", report.RegularizationLoss),
                    ("loss/validation", report.ValidationLoss!.Value), ("accuracy/validation", report.ValidationAccuracy!.Value),
                    ("learning_rate", report.LearningRate),
                ],
                found.Values);
        }
    }

    [Fact]
    public void Each_of_several_outputs_has_its_numbers()
    {
        NamedProblem problem = new(60);
        using TensorBoardWriter writer = new(Run);
        TrainingHistory history = new WordStateNetwork(seed: 7).Train(
            problem.Dataset, new TrainingOptions { Epochs = 2, ValidationSplit = 0.5f, Progress = writer });
        List<Event> events = Read(writer.Path);

        Assert.Equal(["policy", "value"], history.Epochs[0].Outputs.Select(static output => output.Name));

        foreach ((EpochReport report, Event found) in history.Epochs.Zip(events.Skip(1)))
        {
            Assert.All(report.Outputs, output => Assert.Equal(
                [
                    ($"loss/{output.Name}/training", output.Loss), ($"accuracy/{output.Name}/training", output.Accuracy),
                    ($"loss/{output.Name}/validation", output.ValidationLoss!.Value), ($"accuracy/{output.Name}/validation", output.ValidationAccuracy!.Value),
                ],
                found.Values.Where(value => value.Tag.Contains($"/{output.Name}/", StringComparison.Ordinal))));
        }
    }

    [Fact]
    public void What_was_not_measured_is_not_written_and_what_is_not_finite_is()
    {
        using TensorBoardWriter writer = new(Run);
        writer.Report(new EpochReport(1, 0.5f, 0f, 0.75f, null, null, 0.001f, TimeSpan.Zero));
        writer.Report(new EpochReport(300_000, 0.25f, 0f, 1f, float.NaN, 0f, 0.001f, TimeSpan.Zero));
        List<Event> events = Read(writer.Path);

        Assert.Equal([("loss/training", 0.5f), ("accuracy/training", 0.75f), ("learning_rate", 0.001f)], events[1].Values);
        Assert.Equal(300_000, events[2].Step);
        Assert.Contains(("loss/validation", float.NaN), events[2].Values);
    }

    [Fact]
    public void Each_writer_has_a_file_of_its_own_and_writes_none_after_it_is_disposed_of()
    {
        using TensorBoardWriter first = new(Run);
        using TensorBoardWriter second = new(Run);
        second.Dispose();

        Assert.NotEqual(first.Path, second.Path);
        Assert.Equal(2, Directory.GetFiles(Run).Length);
        Assert.Throws<ObjectDisposedException>(() => second.Report(default));
        Assert.Throws<ArgumentException>("folder", static () => new TensorBoardWriter(""));
    }

    [Theory]
    [InlineData("", 0x00000000u)]
    [InlineData("123456789", 0xe3069283u)]
    public void Checksum_is_the_masked_CRC_32C(string text, uint crc)
    {
        // The check value of CRC-32C, of the catalogue of parametrised CRC algorithms; the mask is that of crc32c.h.
        Assert.Equal(unchecked(((crc >> 15) | (crc << 17)) + 0xa282ead8u), RecordFile.Checksum(Encoding.ASCII.GetBytes(text)));
    }

    /// <summary>Reads records as record_reader.cc does, each with both of its checksums.</summary>
    private static List<Event> Read(string path)
    {
        // The writer still has the file open, as it does while TensorBoard reads.
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] file = new byte[stream.Length];
        stream.ReadExactly(file);
        List<Event> events = [];

        for (int i = 0; i < file.Length;)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(i));
            Assert.Equal(Crc(file.AsSpan(i, 8)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(i + 8)));
            ReadOnlySpan<byte> data = file.AsSpan(i + 12, length);
            Assert.Equal(Crc(data), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(i + 12 + length)));
            events.Add(Event.Read(data));
            i += 16 + length;
        }

        return events;
    }

    /// <summary>CRC-32C bit by bit, with the polynomial 0x1EDC6F41 reflected, and the mask.</summary>
    private static uint Crc(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;

        foreach (byte value in data)
        {
            crc ^= value;

            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) == 0 ? 0 : 0x82f63b78u);
            }
        }

        crc = ~crc;

        return unchecked(((crc >> 15) | (crc << 17)) + 0xa282ead8u);
    }

    /// <summary>A clock that stands still.</summary>
    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    /// <summary>An event as event.proto and summary.proto define it.</summary>
    private sealed record Event(double WallTime, long Step, string? FileVersion, List<(string Tag, float Number)> Values)
    {
        public static Event Read(ReadOnlySpan<byte> message)
        {
            Event result = new(0, 0, null, []);

            foreach ((int field, ulong number, byte[] bytes) in Fields(message))
            {
                switch (field)
                {
                    case 1:
                        result = result with { WallTime = BitConverter.UInt64BitsToDouble(number) };
                        break;
                    case 2:
                        result = result with { Step = (long)number };
                        break;
                    case 3:
                        result = result with { FileVersion = Encoding.UTF8.GetString(bytes) };
                        break;
                    case 5:
                        result.Values.AddRange(Fields(bytes).Select(static value => Value(value.Bytes)));
                        break;
                    default:
                        throw new InvalidDataException($"Field {field}.");
                }
            }

            return result;
        }

        private static (string Tag, float Number) Value(byte[] message)
        {
            List<(int Field, ulong Number, byte[] Bytes)> fields = Fields(message);
            Assert.Equal([1, 2], fields.Select(static field => field.Field));

            return (Encoding.UTF8.GetString(fields[0].Bytes), BitConverter.UInt32BitsToSingle((uint)fields[1].Number));
        }

        private static List<(int Field, ulong Number, byte[] Bytes)> Fields(ReadOnlySpan<byte> message)
        {
            List<(int Field, ulong Number, byte[] Bytes)> fields = [];

            while (!message.IsEmpty)
            {
                ulong tag = Varint(ref message);
                int field = (int)(tag >> 3);

                switch (tag & 7)
                {
                    case 0:
                        fields.Add((field, Varint(ref message), []));
                        break;
                    case 1:
                        fields.Add((field, BinaryPrimitives.ReadUInt64LittleEndian(message), []));
                        message = message[8..];
                        break;
                    case 2:
                        int length = (int)Varint(ref message);
                        fields.Add((field, 0, message[..length].ToArray()));
                        message = message[length..];
                        break;
                    default:
                        fields.Add((field, BinaryPrimitives.ReadUInt32LittleEndian(message), []));
                        message = message[4..];
                        break;
                }
            }

            return fields;
        }

        private static ulong Varint(ref ReadOnlySpan<byte> message)
        {
            ulong value = 0;

            for (int shift = 0; ; shift += 7)
            {
                byte next = message[0];
                message = message[1..];
                value |= (ulong)(next & 0x7f) << shift;

                if (next < 0x80)
                {
                    return value;
                }
            }
        }
    }
}
