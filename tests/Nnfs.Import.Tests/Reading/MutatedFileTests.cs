using Nnfs.Import.Onnx;
using Nnfs.Import.Tests.Models;

namespace Nnfs.Import.Tests.Reading;

/// <summary>Files that something has happened to are read, or refused by the one exception, and take no more memory than they have bytes.</summary>
public sealed class MutatedFileTests
{
    private const int Mutations = 100_000;
    private const int MutatedImports = 5_000;

    private static readonly string[] s_imported =
        ["keras_cnn.onnx", "gru.onnx", "activations.onnx", "pytorch_mobile.onnx", "pytorch_words.onnx", "pytorch_last_states.onnx", "pytorch_stacked.onnx"];

    private static readonly string[] s_files = ["mlp.onnx", "activations.onnx", "gru.onnx", "keras_cnn.onnx", "unsupported.onnx", "batchnorm.onnx"];

    [Fact]
    public void Mutated_files_are_read_or_refused()
    {
        byte[][] files = [.. s_files.Select(ReferenceModel.Resource)];
        Random random = new(18);
        int refused = 0;

        for (int i = 0; i < Mutations; i++)
        {
            byte[] file = Mutated(files, random);

            try
            {
                OnnxModel model = OnnxReader.Read(file);

                foreach (OnnxTensor tensor in model.Graph.Initializers.Values)
                {
                    Decode(tensor);
                }
            }
            catch (OnnxException)
            {
                refused++;
            }
        }

        // Many changes fall into the numbers of tensors, where all are allowed.
        Assert.InRange(refused, Mutations / 4, Mutations * 9 / 10);
    }

    [Fact]
    public void Mutated_models_are_imported_or_refused()
    {
        byte[][] files = [.. s_imported.Select(ReferenceModel.Resource)];
        Random random = new(18);
        int imported = 0;

        for (int i = 0; i < MutatedImports; i++)
        {
            try
            {
                OnnxImport.Read(OnnxReader.Read(Mutated(files, random)), "Net");
                imported++;
            }
            catch (Exception exception) when (exception is OnnxException or ImportException)
            {
                // Refused, as it should be.
            }
        }

        Assert.InRange(imported, MutatedImports / 10, MutatedImports * 9 / 10);
    }

    [Fact]
    public void Reading_takes_no_copy_of_the_tensors()
    {
        byte[] file = ReferenceModel.Resource("lenet.onnx");
        OnnxReader.Read(file);

        long before = GC.GetAllocatedBytesForCurrentThread();
        OnnxReader.Read(file);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(allocated, 0, file.Length / 4);
    }

    private static void Decode(OnnxTensor tensor)
    {
        if (OnnxElementTypes.SizeOf(tensor.Type) > 0)
        {
            Assert.Equal(tensor.Count, tensor.ToFloats().Length);
        }
    }

    /// <summary>A file with some bytes changed, without some, with some twice, with some of another file, or without its end.</summary>
    private static byte[] Mutated(byte[][] files, Random random)
    {
        byte[] file = [.. files[random.Next(files.Length)]];

        for (int times = random.Next(1, 4); times > 0; times--)
        {
            int position = random.Next(file.Length);
            int length = Math.Min(random.Next(1, 40), file.Length - position);

            switch (random.Next(6))
            {
                case 0:
                    file[position] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    file[position] = random.Next(2) == 0 ? (byte)255 : (byte)random.Next(256);
                    break;
                case 2:
                    file = [.. file.AsSpan(0, position), .. file.AsSpan(position + length)];
                    break;
                case 3:
                    file = [.. file.AsSpan(0, position), .. file.AsSpan(position, length), .. file.AsSpan(position)];
                    break;
                case 4:
                    byte[] other = files[random.Next(files.Length)];
                    int start = random.Next(other.Length);
                    file = [.. file.AsSpan(0, position), .. other.AsSpan(start, Math.Min(length, other.Length - start)), .. file.AsSpan(position + length)];
                    break;
                default:
                    file = file[..Math.Max(1, position)];
                    break;
            }

            file = file.Length == 0 ? [0] : file;
        }

        return file;
    }
}
