namespace Nnfs.Kernels;

/// <summary>What kernels store beside their outputs.</summary>
internal static class Keeping
{
    /// <summary>Nothing, in a prediction.</summary>
    internal readonly struct Nothing : IKeeping
    {
        public static bool IsKept => false;

        public static bool HasDropout => false;
    }

    /// <summary>What the way back needs.</summary>
    internal readonly struct Activations : IKeeping
    {
        public static bool IsKept => true;

        public static bool HasDropout => false;
    }

    /// <summary>What the way back needs, with a dropout.</summary>
    internal readonly struct Dropped : IKeeping
    {
        public static bool IsKept => true;

        public static bool HasDropout => true;
    }
}
