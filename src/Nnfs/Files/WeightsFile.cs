using Nnfs.Files.Npy;
using Nnfs.Files.Safetensors;

namespace Nnfs.Files;

/// <summary>Opens files of tensors, whichever format they have.</summary>
internal static class WeightsFile
{
    /// <summary>Opens a safetensors file or a NumPy archive, which begins as every zip archive does.</summary>
    /// <param name="stream">The file, which must stay open. One that cannot seek is read first.</param>
    /// <exception cref="SafetensorsException">It is no valid safetensors file.</exception>
    /// <exception cref="NumpyException">It is no valid NumPy archive.</exception>
    public static IWeightsFile Open(Stream stream)
    {
        if (!stream.CanSeek)
        {
            MemoryStream whole = new();
            stream.CopyTo(whole);
            whole.Position = 0;
            stream = whole;
        }

        long start = stream.Position;
        Span<byte> prefix = stackalloc byte[2];
        int length = stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false);
        stream.Position = start;

        return prefix[..length].SequenceEqual("PK"u8) ? NpzFile.Open(stream) : SafetensorsWeights.Open(stream);
    }
}
