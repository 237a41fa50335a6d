using Nnfs;

namespace Digits;

/// <summary>Pictures to train on and to test with.</summary>
/// <param name="Training">The pictures to train on.</param>
/// <param name="Test">The pictures to test with.</param>
/// <param name="Origin">Where they come from.</param>
/// <param name="Classes">What the classes are called.</param>
internal sealed record DigitData(Dataset Training, Dataset Test, string Origin, IReadOnlyList<string> Classes)
{
    private const double TestFraction = 1.0 / 6;

    /// <summary>Draws digits, or reads a folder.</summary>
    /// <param name="folder">A folder with the four files of MNIST, or with a folder of images for each class; null to draw.</param>
    /// <param name="random">The generator of what is drawn; it advances.</param>
    /// <exception cref="InvalidDataException">The folder does not have what is needed; the message tells what to put where.</exception>
    public static DigitData Create(string? folder, NumpyRandom random)
    {
        if (folder is null)
        {
            (Dataset drawnTraining, Dataset drawnTest) = DrawnDigits.Create(samplesPerClass: 300, random).Split(TestFraction);

            return new(drawnTraining, drawnTest, "drawn", Digits);
        }

        if (Directory.Exists(folder) && Directory.EnumerateDirectories(folder).Any() && !DigitFiles.AreIn(folder))
        {
            ImageFolders images = ImageFolders.Read(folder, DigitNet.Side, DigitNet.Side, channels: 1, DigitNet.OutputSize);
            (Dataset training, Dataset test) = images.Data.Split(TestFraction, stratify: true);

            foreach (string file in images.Skipped)
            {
                Console.WriteLine($"Not read, because it is no PNG or JPEG file: {file}");
            }

            return new(training, test, "read from folders", images.Classes);
        }

        (Dataset fileTraining, Dataset fileTest) = DigitFiles.Read(folder);

        return new(fileTraining, fileTest, "read", Digits);
    }

    /// <summary>What a class is called; one that the network knows but the pictures do not have is called by its number.</summary>
    public string NameOf(int label) => label < Classes.Count ? Classes[label] : $"{label}";

    private static IReadOnlyList<string> Digits => [.. Enumerable.Range(0, DigitNet.OutputSize).Select(static digit => $"{digit}")];
}
