using Nnfs.Training.Images;

namespace Nnfs.Tests.Training.Images;

public class ImageAugmenterTests
{
    private const int Side = 65;

    [Fact]
    public void Apply_draws_every_shift_as_often()
    {
        ImageAugmenter augmenter = Augmenter(new ImageAugmentation { ShiftPixels = 2 });
        float[] image = new float[Side * Side];
        image[(32 * Side) + 32] = 1f;
        Dictionary<int, int> counts = [];

        for (int sample = 0; sample < 25_000; sample++)
        {
            int place = Apply(augmenter, image, epoch: 1, sample).AsSpan().IndexOf(1f);
            counts[place] = counts.GetValueOrDefault(place) + 1;
        }

        // 1,000 of each, within five standard deviations.
        Assert.Equal(
            from row in Enumerable.Range(30, 5)
            from column in Enumerable.Range(30, 5)
            select (row * Side) + column,
            counts.Keys.Order());
        Assert.All(counts.Values, static count => Assert.InRange(count, 1000 - 155, 1000 + 155));
    }

    [Fact]
    public void Apply_mirrors_half_of_the_images()
    {
        ImageAugmenter augmenter = Augmenter(new ImageAugmentation { FlipHorizontally = true });
        float[] image = new float[Side * Side];
        image[0] = 1f;
        int flipped = Enumerable.Range(0, 10_000).Count(sample => Apply(augmenter, image, epoch: 1, sample)[Side - 1] == 1f);

        // Five standard deviations.
        Assert.InRange(flipped, 5000 - 250, 5000 + 250);
    }

    [Fact]
    public void Apply_rotates_by_angles_within_the_range()
    {
        ImageAugmenter augmenter = Augmenter(new ImageAugmentation { RotationDegrees = 10f });
        float[] image = new float[Side * Side];
        image[(32 * Side) + 62] = 1f;
        double[] angles = [.. Enumerable.Range(0, 1000).Select(sample => AngleOf(Apply(augmenter, image, epoch: 1, sample))).Order()];

        // Bilinear weights keep the centre of a spot within a small part of a pixel, here a fifth of a degree. A thousandth of them is expected near each end.
        Assert.InRange(angles[0], -10.2, -9.5);
        Assert.InRange(angles[^1], 9.5, 10.2);
        Assert.InRange(angles[250], -6, -4);
        Assert.InRange(angles[750], 4, 6);
    }

    [Fact]
    public void Apply_depends_on_seed_epoch_and_image_alone()
    {
        ImageAugmentation all = new() { ShiftPixels = 3, RotationDegrees = 20f, FlipHorizontally = true, Noise = 0.1f };
        float[] image = Numbers.Gaussians(Side * Side, seed: 1);
        float[] result = Apply(Augmenter(all), image, epoch: 3, sample: 7);
        ImageAugmenter augmenter = Augmenter(all);
        float[] ofAnotherEpoch = Apply(augmenter, image, epoch: 4, sample: 7);
        float[] ofAnotherSample = Apply(augmenter, image, epoch: 3, sample: 8);
        float[] ofAnotherSeed = Apply(Augmenter(all, seed: 6), image, epoch: 3, sample: 7);

        Numbers.AssertSameBits(result, Apply(augmenter, image, epoch: 3, sample: 7), "again");
        Assert.Equal(4, ((float[][])[result, ofAnotherEpoch, ofAnotherSample, ofAnotherSeed]).Select(static x => x[0]).Distinct().Count());
    }

    [Fact]
    public void Apply_with_noise_shifts_as_without()
    {
        float[] image = Numbers.Gaussians(Side * Side, seed: 1);
        float[] shifted = Apply(Augmenter(new ImageAugmentation { ShiftPixels = 3 }), image, epoch: 2, sample: 5);
        float[] noisy = Apply(Augmenter(new ImageAugmentation { ShiftPixels = 3, Noise = 1e-3f }), image, epoch: 2, sample: 5);

        Assert.NotEqual(shifted, noisy);
        Numbers.AssertClose(Numbers.ToDoubles(shifted), noisy, 1e-3 * 5.8, "noisy");
    }

    [Fact]
    public void Of_settings_that_change_nothing_is_none()
    {
        Assert.Null(ImageAugmenter.Of<LargeImageNetwork>(new TrainingOptions(), "options"));
        Assert.Null(ImageAugmenter.Of<LargeImageNetwork>(new TrainingOptions { Augmentation = new() }, "options"));
    }

    private static ImageAugmenter Augmenter(ImageAugmentation augmentation, long seed = 5) =>
        ImageAugmenter.Of<LargeImageNetwork>(new TrainingOptions { Augmentation = augmentation, Seed = seed }, "options")!;

    private static float[] Apply(ImageAugmenter augmenter, float[] image, int epoch, int sample)
    {
        float[] result = new float[image.Length];
        augmenter.Apply(image, result, epoch, sample);

        return result;
    }

    /// <summary>Where the weight of an image is, seen from its centre: clockwise from the right.</summary>
    private static double AngleOf(float[] image)
    {
        double right = 0;
        double down = 0;

        for (int i = 0; i < image.Length; i++)
        {
            right += image[i] * ((i % Side) - 32.0);
            down += image[i] * ((i / Side) - 32.0);
        }

        return Math.Atan2(down, right) * (180 / Math.PI);
    }
}
