using System.Globalization;
using Nnfs.Optimizers;
using Nnfs.Training;

namespace Nnfs;

/// <summary>
/// Changes each image of the training samples anew in each epoch, so that a network learns from more images than there are. Nothing is stored: what happens to
/// an image is drawn from <see cref="TrainingOptions.Seed"/>, the epoch and its place in the data. Images that are validated or predicted stay as they are.
/// </summary>
/// <remarks>
/// An image is first mirrored, then rotated about its centre, then shifted; noise comes last. What comes in from outside the image is 0. Effectively
/// <c>y[r, c] = x(r', c')</c> with <c>u = c − (width − 1) / 2 − right</c>, <c>v = r − (height − 1) / 2 − down</c>,
/// <c>c' = (width − 1) / 2 ± (u · cos θ + v · sin θ)</c> and <c>r' = (height − 1) / 2 − u · sin θ + v · cos θ</c>. Between pixels <c>x</c> is bilinear:
/// the four pixels around a place count by how near they are to it. Without rotation the values are those of whole pixels.
/// </remarks>
public sealed record ImageAugmentation
{
    /// <summary>
    /// By how many pixels an image is shifted at most, up or down and to the left or right, at least 0, the default, and less than the image's height and
    /// width.
    /// Both shifts are whole numbers, each as likely.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int ShiftPixels
    {
        get;
        init => field = OptionRange.AtLeast(value, 0, nameof(ShiftPixels));
    }

    /// <summary>
    /// By how many degrees an image is rotated at most, clockwise or counterclockwise, from 0, the default, to 180. All angles are as likely.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, greater than 180 or not a number.</exception>
    public float RotationDegrees
    {
        get;
        init => field = value is >= 0f and <= 180f
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(RotationDegrees),
                value,
                string.Create(CultureInfo.InvariantCulture, $"{nameof(RotationDegrees)} must be at least 0 and at most 180, but is {value}."));
    }

    /// <summary>Whether left and right change places in half of the images. The default is false.</summary>
    public bool FlipHorizontally { get; init; }

    /// <summary>
    /// The standard deviation of normally distributed noise that is added to each value of an image, finite and at least 0, the default. Values are not limited
    /// to a range afterwards.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or not a number.</exception>
    public float Noise
    {
        get;
        init => field = Hyperparameter.NotNegative(value, nameof(Noise));
    }

    /// <summary>Whether all images stay as they are.</summary>
    internal bool ChangesNothing => ShiftPixels == 0 && RotationDegrees == 0f && !FlipHorizontally && Noise == 0f;
}
