namespace Nnfs.Training.Images;

/// <summary>The sizes of an image, whose values lie row by row, pixel by pixel, channel by channel.</summary>
/// <param name="Height">The number of rows.</param>
/// <param name="Width">The number of pixels of a row.</param>
/// <param name="Channels">The number of values of a pixel.</param>
internal readonly record struct ImageShape(int Height, int Width, int Channels);
