namespace Nnfs.Kernels.MatrixProducts;

/// <summary>The sizes of a tile, in rows, columns or vectors, as constants that its code is compiled for.</summary>
internal static class TileSize
{
    /// <summary>1, as the rows, columns or vectors of a tile.</summary>
    internal readonly struct One : IDimension
    {
        public static int Value => 1;
    }

    /// <summary>2, as the rows, columns or vectors of a tile.</summary>
    internal readonly struct Two : IDimension
    {
        public static int Value => 2;
    }

    /// <summary>3, as the rows, columns or vectors of a tile.</summary>
    internal readonly struct Three : IDimension
    {
        public static int Value => 3;
    }

    /// <summary>4, as the rows, columns or vectors of a tile.</summary>
    internal readonly struct Four : IDimension
    {
        public static int Value => 4;
    }

    /// <summary>5, as the rows, columns or vectors of a tile.</summary>
    internal readonly struct Five : IDimension
    {
        public static int Value => 5;
    }

    /// <summary>6, as the rows, columns or vectors of a tile.</summary>
    internal readonly struct Six : IDimension
    {
        public static int Value => 6;
    }

    /// <summary>8, as the rows, columns or vectors of a tile.</summary>
    internal readonly struct Eight : IDimension
    {
        public static int Value => 8;
    }
}
