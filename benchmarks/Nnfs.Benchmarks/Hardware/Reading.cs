using System.Numerics.Tensors;

namespace Nnfs.Benchmarks;

/// <summary>The rate at which one core reads a block of memory again and again: that of the cache that holds it, or of the memory.</summary>
internal sealed class Reading(int kibibytes) : Measured($"{kibibytes} KiB")
{
    private readonly AlignedBlock _block = new(kibibytes * 1024 / sizeof(float));

    /// <summary>Keeps the sums from being optimised away.</summary>
    private float _result;

    /// <summary>The bytes of one run.</summary>
    public double Bytes => kibibytes * 1024.0;

    public override void Run(int operations)
    {
        for (int operation = 0; operation < operations; operation++)
        {
            _result += TensorPrimitives.Sum(_block.Span);
        }
    }
}
