using Nnfs;
using SkiaSharp;

namespace Digits;

/// <summary>Images in a folder for each class, whose name is that of the class.</summary>
/// <param name="Data">The images, from 0 (black) to 1 (white), and their classes.</param>
/// <param name="Classes">The names of the folders, in ordinal order: that of the classes.</param>
/// <param name="Skipped">The files that are not named as images.</param>
internal sealed record ImageFolders(Dataset Data, IReadOnlyList<string> Classes, IReadOnlyList<string> Skipped)
{
    private static readonly string[] s_extensions = [".png", ".jpg", ".jpeg"];

    /// <summary>Reads all PNG and JPEG files of a folder's folders, and brings them to one size. What is transparent is drawn over black.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="height">The height that all images get.</param>
    /// <param name="width">The width that all images get.</param>
    /// <param name="channels">1 for grey, by the weights of ITU-R BT.601; 3 for red, green and blue.</param>
    /// <param name="maxClasses">The number of classes that there may be.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="channels"/> is neither 1 nor 3.</exception>
    /// <exception cref="InvalidDataException">
    /// There are no folders or too many, a folder has no images, or files cannot be read: the message names them all.
    /// </exception>
    public static ImageFolders Read(string folder, int height, int width, int channels, int maxClasses)
    {
        if (channels is not (1 or 3))
        {
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "Images have one channel or three.");
        }

        string[] folders = [.. Directory.GetDirectories(folder).Order(StringComparer.Ordinal)];

        if (folders.Length == 0 || folders.Length > maxClasses)
        {
            throw new InvalidDataException(
                $"Expected a folder of images for each class in '{Path.GetFullPath(folder)}', up to {maxClasses}, but there are {folders.Length}.");
        }

        List<string> skipped = [.. Directory.GetFiles(folder)];
        List<string> faults = [];
        List<float> pixels = [];
        List<int> labels = [];

        for (int label = 0; label < folders.Length; label++)
        {
            string[] files = [.. Directory.GetFiles(folders[label], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
            string[] images = [.. files.Where(static file => s_extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))];
            skipped.AddRange(files.Except(images));

            if (images.Length == 0)
            {
                faults.Add($"{folders[label]}: there is no PNG or JPEG file");
            }

            foreach (string image in images)
            {
                if (Add(image, height, width, channels, pixels) is { } fault)
                {
                    faults.Add($"{image}: {fault}");
                }

                labels.Add(label);
            }
        }

        if (faults.Count > 0)
        {
            throw new InvalidDataException($"Not all images can be read:\n  {string.Join("\n  ", faults)}");
        }

        string[] classes = [.. folders.Select(static path => Path.GetFileName(path)!)];

        return new ImageFolders(new Dataset([.. pixels], [.. labels], height * width * channels, classes.Length), classes, skipped);
    }

    /// <summary>Adds the values of an image; returns what is wrong with the file, or null.</summary>
    private static string? Add(string file, int height, int width, int channels, List<float> pixels)
    {
        using SKCodec? codec = SKCodec.Create(file, out SKCodecResult result);

        if (codec is null)
        {
            return $"it is no PNG or JPEG image ({result})";
        }

        using SKBitmap whole = new(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        result = codec.GetPixels(whole.Info, whole.GetPixels());

        if (result != SKCodecResult.Success)
        {
            return $"it is damaged ({result})";
        }

        using SKBitmap resized = whole.Resize(whole.Info.WithSize(width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        ReadOnlySpan<byte> bytes = resized.GetPixelSpan();

        for (int i = 0; i < bytes.Length; i += 4)
        {
            if (channels == 1)
            {
                pixels.Add(((0.299f * bytes[i]) + (0.587f * bytes[i + 1]) + (0.114f * bytes[i + 2])) / 255f);
            }
            else
            {
                pixels.AddRange([bytes[i] / 255f, bytes[i + 1] / 255f, bytes[i + 2] / 255f]);
            }
        }

        return null;
    }
}
