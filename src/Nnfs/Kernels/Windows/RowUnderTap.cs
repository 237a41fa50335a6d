namespace Nnfs.Kernels;

/// <summary>Places side by side, at which a tap of a window lies in the image.</summary>
/// <param name="Tap">The number of the tap.</param>
/// <param name="Place">The first of the places.</param>
/// <param name="Count">Their number.</param>
/// <param name="Pixel">The pixel that the tap takes at the first; those of the others are a stride apart.</param>
internal readonly record struct RowUnderTap(int Tap, int Place, int Count, int Pixel);
