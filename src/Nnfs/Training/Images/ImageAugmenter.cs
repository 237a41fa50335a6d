using Nnfs.RandomNumbers;

namespace Nnfs.Training.Images;

/// <summary>Draws what happens to each image of a training, and does it. Nothing is allocated for that.</summary>
internal sealed class ImageAugmenter
{
    private readonly ImageAugmentation _options;
    private readonly ImageShape _shape;
    private readonly long _seed;

    private ImageAugmenter(ImageAugmentation options, ImageShape shape, long seed)
    {
        _options = options;
        _shape = shape;
        _seed = seed;
    }

    /// <summary>What changes the images of a training; <see langword="null"/> where nothing does.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="options">How it is trained.</param>
    /// <param name="name">The parameter that the options were passed as.</param>
    /// <exception cref="ArgumentException">The network does not take images, or images that are too small for the shifts.</exception>
    public static ImageAugmenter? Of<TNetwork>(TrainingOptions options, string name)
        where TNetwork : INetwork<TNetwork>
    {
        if (options.Augmentation is not { } augmentation)
        {
            return null;
        }

        ReadOnlySpan<int> sizes = TNetwork.InputShape;

        if (sizes.Length != 3)
        {
            throw new ArgumentException(
                $"Expected a network of images to augment, height × width × channels, but a sample of '{TNetwork.Name}' is " +
                $"{string.Join(" × ", sizes.ToArray())}: {nameof(TrainingOptions.Augmentation)} must be null.",
                name);
        }

        ImageShape shape = new(sizes[0], sizes[1], sizes[2]);

        if (augmentation.ShiftPixels >= Math.Min(shape.Height, shape.Width))
        {
            throw new ArgumentException(
                $"Expected {nameof(augmentation.ShiftPixels)} to be less than height and width of an image, but it is {augmentation.ShiftPixels}, " +
                $"and an image of '{TNetwork.Name}' is {shape.Height} × {shape.Width}.",
                name);
        }

        return augmentation.ChangesNothing ? null : new(augmentation, shape, options.Seed);
    }

    /// <summary>Where the first image of this process is in the data of all: each image of a group has a place of its own.</summary>
    public int FirstSample { get; set; }

    /// <summary>Changes an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="result">Takes the changed one; other memory of the same length.</param>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="sample">Where the image is in the data of this process, from 0.</param>
    public void Apply(ReadOnlySpan<float> image, Span<float> result, int epoch, int sample)
    {
        // All is drawn, whether it is used or not, so that adding noise to a training shifts its images as before.
        SplitMix64 random = SplitMix64.ForImage(_seed, epoch, FirstSample + sample);
        bool isFlipped = (random.Next() >> 63 != 0) & _options.FlipHorizontally;
        int down = random.Next((2 * _options.ShiftPixels) + 1) - _options.ShiftPixels;
        int right = random.Next((2 * _options.ShiftPixels) + 1) - _options.ShiftPixels;
        double degrees = ((2 * random.NextDouble()) - 1) * _options.RotationDegrees;
        ulong noiseKey = random.Next();

        if (_options.RotationDegrees == 0f)
        {
            ImageChanges.Move(image, result, _shape, down, right, isFlipped);
        }
        else
        {
            ImageChanges.Rotate(image, result, _shape, down, right, isFlipped, degrees);
        }

        if (_options.Noise != 0f)
        {
            ImageChanges.AddNoise(result, _options.Noise, noiseKey);
        }
    }
}
