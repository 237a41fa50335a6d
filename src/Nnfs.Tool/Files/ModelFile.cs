using Nnfs.Import.Onnx;
using Nnfs.Tool.Commands;

namespace Nnfs.Tool.Files;

/// <summary>Models as commands read them.</summary>
internal static class ModelFile
{
    /// <summary>Reads a model.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ToolException">It is no file, or no model.</exception>
    public static OnnxModel Read(string path)
    {
        if (Directory.Exists(path) || path.Length == 0)
        {
            throw new ToolException($"'{path}' is no file.");
        }

        try
        {
            return OnnxReader.Read(path);
        }
        catch (OnnxException exception)
        {
            throw new ToolException($"'{path}' is no ONNX model, or is damaged: {exception.Message}");
        }
    }
}
