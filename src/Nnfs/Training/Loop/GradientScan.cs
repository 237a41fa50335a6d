using System.Numerics;
using System.Runtime.InteropServices;

namespace Nnfs.Training;

/// <summary>
/// Reads gradients once for what a step has to know of them: whether all are finite, the greatest magnitude, and where they are clipped the length.
/// </summary>
/// <remarks>
/// They are read in blocks, and what is found in each is put together in their order: so it has the same bits on any number of threads. Squares are summed in
/// float64, where no square of a float32 overflows.
/// </remarks>
internal sealed unsafe class GradientScan
{
    private const int BlockLength = 16_384;

    private readonly int[] _greatest;
    private readonly double[] _squares;
    private readonly bool _measuresLength;

    /// <summary>Makes room for what is found.</summary>
    /// <param name="length">The number of gradients.</param>
    /// <param name="measuresLength">Whether their length is measured.</param>
    public GradientScan(int length, bool measuresLength)
    {
        int blocks = (int)(((long)length + BlockLength - 1) / BlockLength);
        _greatest = new int[blocks];
        _squares = new double[blocks];
        _measuresLength = measuresLength;
    }

    /// <summary>The greatest magnitude of the gradients that were read; infinite or not a number where one of them is.</summary>
    public float Greatest { get; private set; }

    /// <summary>Effectively <c>√Σ g²</c> of the gradients that were read, where it is measured.</summary>
    public double Length { get; private set; }

    /// <summary>Whether all gradients that were read are finite.</summary>
    public bool AreFinite => float.IsFinite(Greatest);

    /// <summary>Reads gradients.</summary>
    /// <param name="gradients">As many as there is room for.</param>
    /// <param name="team">The threads that share the work; <see langword="null"/> where there is only the one that calls.</param>
    public void Read(ReadOnlySpan<float> gradients, ThreadTeam? team)
    {
        // All stay where they are until every thread has done its part.
        fixed (float* first = gradients)
        fixed (int* greatest = _greatest)
        fixed (double* squares = _squares)
        {
            Blocks blocks = new(first, gradients.Length, greatest, _measuresLength ? squares : null);
            ThreadTeam.Run(team, _greatest.Length, unit: 1, KernelLimits.FlopsPerMove * gradients.Length, &ReadPart, &blocks);
        }

        int greatestBits = 0;
        double sum = 0;

        for (int i = 0; i < _greatest.Length; i++)
        {
            greatestBits = Math.Max(greatestBits, _greatest[i]);
            sum += _squares[i];
        }

        Greatest = BitConverter.Int32BitsToSingle(greatestBits);
        Length = Math.Sqrt(sum);
    }

    private static void ReadPart(ThreadTeam? team, void* operands, int start, int count)
    {
        Blocks blocks = *(Blocks*)operands;

        for (int i = start; i < start + count; i++)
        {
            int first = i * BlockLength;
            ReadOnlySpan<float> block = new(blocks.Gradients + first, Math.Min(BlockLength, blocks.Count - first));
            blocks.Greatest[i] = GreatestBits(block);

            if (blocks.Squares is not null)
            {
                blocks.Squares[i] = SumOfSquares(block);
            }
        }
    }

    /// <summary>
    /// The bits of the greatest magnitude: without their signs, floats are in the order of their bits, infinity and then what is not a number last.
    /// </summary>
    private static int GreatestBits(ReadOnlySpan<float> gradients)
    {
        const int Magnitude = int.MaxValue;
        ReadOnlySpan<Vector<int>> vectors = MemoryMarshal.Cast<float, Vector<int>>(gradients);
        Vector<int> magnitude = new(Magnitude);
        Vector<int> even = Vector<int>.Zero;
        Vector<int> odd = Vector<int>.Zero;
        int i = 0;

        for (; i + 2 <= vectors.Length; i += 2)
        {
            even = Vector.Max(even, vectors[i] & magnitude);
            odd = Vector.Max(odd, vectors[i + 1] & magnitude);
        }

        even = Vector.Max(even, odd);
        int greatest = 0;

        for (int lane = 0; lane < Vector<int>.Count; lane++)
        {
            greatest = Math.Max(greatest, even[lane]);
        }

        foreach (float gradient in gradients[(i * Vector<int>.Count)..])
        {
            greatest = Math.Max(greatest, BitConverter.SingleToInt32Bits(gradient) & Magnitude);
        }

        return greatest;
    }

    private static double SumOfSquares(ReadOnlySpan<float> gradients)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(gradients);
        Vector<double> lowSum = Vector<double>.Zero;
        Vector<double> highSum = Vector<double>.Zero;

        foreach (Vector<float> vector in vectors)
        {
            Vector.Widen(vector, out Vector<double> low, out Vector<double> high);
            lowSum += low * low;
            highSum += high * high;
        }

        double sum = Vector.Sum(lowSum + highSum);

        foreach (float gradient in gradients[(vectors.Length * Vector<float>.Count)..])
        {
            sum += (double)gradient * gradient;
        }

        return sum;
    }

    /// <summary>What is read, and where what is found goes.</summary>
    private readonly struct Blocks(float* gradients, int count, int* greatest, double* squares)
    {
        public readonly float* Gradients = gradients;
        public readonly int Count = count;
        public readonly int* Greatest = greatest;
        public readonly double* Squares = squares;
    }
}
