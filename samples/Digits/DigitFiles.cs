using Nnfs;

namespace Digits;

/// <summary>The four files of MNIST or Fashion-MNIST in a folder.</summary>
internal static class DigitFiles
{
    private static readonly string[] s_names =
    [
        "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte",
    ];

    /// <summary>Whether a folder has any of the files.</summary>
    public static bool AreIn(string folder) => s_names.Any(name => Find(folder, name) is not null);

    /// <summary>Reads the training and the test data.</summary>
    /// <exception cref="InvalidDataException">A file is missing or no such file; the message tells what to put where.</exception>
    public static (Dataset Training, Dataset Test) Read(string folder)
    {
        string?[] paths = [.. s_names.Select(name => Find(folder, name))];
        string[] missing = [.. s_names.Where((_, i) => paths[i] is null)];

        if (missing.Length > 0)
        {
            throw new InvalidDataException(
                $"""
                The folder '{Path.GetFullPath(folder)}' lacks
                  {string.Join("\n  ", missing)}
                Put the four files of MNIST (http://yann.lecun.com/exdb/mnist) or of Fashion-MNIST (https://github.com/zalandoresearch/fashion-mnist)
                into it, under these names, as they are or with '.gz' added; or name a folder that has a folder of PNG or JPEG files for each class.
                Without a folder, digits are drawn.
                """);
        }

        return (Check(IdxFile.ReadDataset(paths[0]!, paths[1]!)), Check(IdxFile.ReadDataset(paths[2]!, paths[3]!)));
    }

    /// <summary>The file as it is, as some unpack it with a dot in its name, or compressed.</summary>
    private static string? Find(string folder, string name) =>
        ((string[])[name, name.Replace("-idx", ".idx", StringComparison.Ordinal), name + ".gz"])
            .Select(file => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);

    private static Dataset Check(Dataset dataset) =>
        dataset.FeatureCount == DigitNet.InputSize && dataset.Count > 0
            ? dataset
            : throw new InvalidDataException(
                $"The network takes pictures of {DigitNet.Side} × {DigitNet.Side} pixels, but there are {dataset.Count} of {dataset.FeatureCount}.");
}
