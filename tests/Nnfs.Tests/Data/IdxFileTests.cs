using System.IO.Compression;
using Nnfs.Tests.Files;

namespace Nnfs.Tests;

public sealed class IdxFileTests : IDisposable
{
    /// <summary>Two images of two rows and three columns.</summary>
    private static readonly byte[] s_images = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 0, 51, 102, 153, 204, 255, 1, 2, 3, 4, 5, 6];

    private static readonly byte[] s_labels = [0, 0, 8, 1, 0, 0, 0, 2, 7, 9];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nnfs-idx-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void ReadImages_gives_sizes_and_pixels_from_0_to_1()
    {
        foreach (Stream stream in Streams(s_images))
        {
            IdxImages images = IdxFile.ReadImages(stream);

            Assert.Equal(2, images.Count);
            Assert.Equal(2, images.Height);
            Assert.Equal(3, images.Width);
            Assert.Equal([0f, 0.2f, 0.4f, 0.6f, 0.8f, 1f, 1 / 255f, 2 / 255f, 3 / 255f, 4 / 255f, 5 / 255f, 6 / 255f], images.Pixels.ToArray());
        }
    }

    [Fact]
    public void ReadLabels_gives_the_labels()
    {
        foreach (Stream stream in Streams(s_labels))
        {
            Assert.Equal([7, 9], IdxFile.ReadLabels(stream));
        }
    }

    [Fact]
    public void ReadDataset_puts_images_and_labels_together()
    {
        Dataset dataset = IdxFile.ReadDataset(Write("images", s_images), Write("labels.gz", Compress(s_labels)));

        Assert.Equal(2, dataset.Count);
        Assert.Equal(6, dataset.FeatureCount);
        Assert.Equal(10, dataset.ClassCount);
        Assert.Equal([7, 9], dataset.Labels.ToArray());
        Assert.Equal([0f, 0.2f, 0.4f, 0.6f, 0.8f, 1f], dataset.GetSample(0).ToArray());
    }

    [Fact]
    public void ReadDataset_of_files_that_do_not_belong_together_throws()
    {
        string images = Write("images", s_images);

        InvalidDataException counts = Assert.Throws<InvalidDataException>(() => IdxFile.ReadDataset(images, Write("one", [0, 0, 8, 1, 0, 0, 0, 1, 7])));
        Assert.Contains("2 images", counts.Message, StringComparison.Ordinal);
        Assert.Contains("1 labels", counts.Message, StringComparison.Ordinal);

        InvalidDataException label = Assert.Throws<InvalidDataException>(() => IdxFile.ReadDataset(images, Write("labels", s_labels), classes: 9));
        Assert.Contains("label 1 of", label.Message, StringComparison.Ordinal);
        Assert.Contains("is 9", label.Message, StringComparison.Ordinal);

        Assert.Throws<InvalidDataException>(() => IdxFile.ReadDataset(images, images));
        Assert.Throws<ArgumentOutOfRangeException>("classes", () => IdxFile.ReadDataset(images, images, classes: 0));
    }

    [Fact]
    public void Read_of_no_samples_is_legal()
    {
        Assert.Empty(IdxFile.ReadLabels(new MemoryStream([0, 0, 8, 1, 0, 0, 0, 0])));
        Assert.Equal(28, IdxFile.ReadImages(new MemoryStream([0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 28, 0, 0, 0, 28])).Width);
    }

    /// <summary>Every byte of the header stands for something: whatever it is changed to, the file no longer fits.</summary>
    [Fact]
    public void ReadImages_with_any_other_header_throws()
    {
        for (int at = 0; at < 16; at++)
        {
            for (int change = 1; change < 256; change++)
            {
                byte[] bytes = [.. s_images];
                bytes[at] ^= (byte)change;

                Assert.Throws<InvalidDataException>(() => IdxFile.ReadImages(new MemoryStream(bytes)));
            }
        }
    }

    [Fact]
    public void Read_of_any_beginning_of_a_file_throws()
    {
        byte[] compressed = Compress(s_images);

        for (int length = 0; length < s_images.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => IdxFile.ReadImages(new MemoryStream(s_images[..length])));
        }

        // The last 8 bytes are the checksum and the length of what came before; the mark of its end may take two bytes more.
        for (int length = 0; length < compressed.Length - 10; length++)
        {
            Assert.Throws<InvalidDataException>(() => IdxFile.ReadImages(new MemoryStream(compressed[..length])));
        }
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 5 }, "Dimension 1 has the size 0")]
    [InlineData(new byte[] { 0, 0, 8, 3, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 1, 0, 0, 0, 1 }, "more than one array can hold")]
    [InlineData(new byte[] { 0, 0, 8, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0 }, "more than one array can hold")]
    [InlineData(new byte[] { 0, 0, 8, 3, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0, 0, 1 }, "more than one array can hold")]
    [InlineData(new byte[] { 0, 0, 8, 3, 0, 0, 0, 0, 0x40, 0, 0, 0, 0x40, 0, 0, 0 }, "more than one array can hold")]
    [InlineData(new byte[] { 0, 0, 8, 3, 0x40, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 5 }, "it ends earlier")]
    [InlineData(new byte[] { 0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 5, 6 }, "but it has more")]
    [InlineData(new byte[] { 0, 0, 13, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 5 }, "they are of type 13")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 5 }, "3 dimensions, but the file has 1")]
    [InlineData(new byte[] { 0, 1, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 5 }, "begins with two zeros")]
    public void ReadImages_of_a_file_with_a_fault_tells_it(byte[] bytes, string message)
    {
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => IdxFile.ReadImages(new MemoryStream(bytes)));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_without_a_file_throws()
    {
        Assert.Throws<ArgumentNullException>("stream", static () => IdxFile.ReadImages((Stream)null!));
        Assert.Throws<ArgumentNullException>("stream", static () => IdxFile.ReadLabels((Stream)null!));
        Assert.Throws<FileNotFoundException>(() => IdxFile.ReadImages(Path.Combine(_folder.FullName, "none")));
    }

    private static IEnumerable<Stream> Streams(byte[] file) =>
    [
        new MemoryStream(file),
        new TrickleStream(file),
        new MemoryStream(Compress(file)),
        new TrickleStream(Compress(file)),
    ];

    private static byte[] Compress(byte[] bytes)
    {
        using MemoryStream compressed = new();

        using (GZipStream stream = new(compressed, CompressionLevel.Optimal))
        {
            stream.Write(bytes);
        }

        return compressed.ToArray();
    }

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, bytes);

        return path;
    }
}
