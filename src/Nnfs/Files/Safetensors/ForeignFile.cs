using System.Buffers.Binary;
using System.Text;

namespace Nnfs.Files.Safetensors;

/// <summary>Recognises files of other formats that people take for safetensors, by how they begin.</summary>
internal static class ForeignFile
{
    private const string SaveFromTorch = "In Python, safetensors.torch.save_file writes its tensors as safetensors.";
    private const string SaveFromNumPy = "In Python, safetensors.numpy.save_file writes its arrays as safetensors.";

    /// <summary>Where the first name of a zip archive is, and its length.</summary>
    private const int ZipNameStart = 30;
    private const int ZipNameLengthStart = 26;

    /// <summary>What a file is, and what to do; <see langword="null"/> for one that is not known.</summary>
    /// <param name="prefix">Its first 8 bytes.</param>
    /// <param name="rest">What follows them.</param>
    public static string? Describe(ReadOnlySpan<byte> prefix, Stream rest)
    {
        if (prefix.StartsWith("PK\u0003\u0004"u8))
        {
            return FirstZipName(rest) switch
            {
                var name when name.EndsWith(".npy", StringComparison.Ordinal) => "a NumPy archive (.npz). LoadParameters with a TensorMap reads it.",
                var name when name.EndsWith("/data.pkl", StringComparison.Ordinal) => $"a file of PyTorch (.pt, .pth). {SaveFromTorch}",
                _ => "a zip archive.",
            };
        }

        // A pickle of protocol 2 and later begins with its number and ends with a dot; PyTorch before 1.6 wrote them.
        return prefix switch
        {
            [0x80, >= 2 and <= 5, ..] => $"a Python pickle, as older versions of PyTorch write it (.pt, .pth). {SaveFromTorch}",
            [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..] => $"a NumPy array (.npy). {SaveFromNumPy}",
            [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => "an HDF5 file (.h5, .keras), as Keras writes it.",
            [(byte)'G', (byte)'G', (byte)'U', (byte)'F', ..] => "a GGUF file.",
            [0x1F, 0x8B, ..] => "compressed with gzip. Unpack it first.",
            [0x08, < 32, 0x12, ..] => "an ONNX model, as ExportOnnx writes it. Only a file that Save has written can be loaded.",
            _ when prefix.SequenceEqual("version "u8) => "a pointer of Git LFS, not the file itself. Get it with 'git lfs pull'.",
            [(byte)'<', (byte)'!' or (byte)'h' or (byte)'H', ..] => "a web page. The download has failed, or was of the page about the file.",
            _ => null,
        };
    }

    /// <summary>The name of the first file in a zip archive; empty where there is none to read.</summary>
    private static string FirstZipName(Stream rest)
    {
        const int PrefixLength = sizeof(ulong);
        Span<byte> start = stackalloc byte[512];
        int length = PrefixLength + rest.ReadAtLeast(start[PrefixLength..], start.Length - PrefixLength, throwOnEndOfStream: false);

        if (length < ZipNameStart)
        {
            return "";
        }

        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(start[ZipNameLengthStart..]);

        return Encoding.UTF8.GetString(start[ZipNameStart..Math.Min(length, ZipNameStart + nameLength)]);
    }
}
