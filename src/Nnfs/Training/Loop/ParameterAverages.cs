using System.Runtime.CompilerServices;
using Nnfs.Optimizers;
using Nnfs.Simd;

namespace Nnfs.Training;

/// <summary>The averages of a network's parameters over the steps of a training.</summary>
/// <param name="options">How much of them is kept at each step.</param>
/// <param name="parameterLength">The number of parameters, padding included.</param>
internal sealed class ParameterAverages(AveragedWeights options, int parameterLength)
{
    private readonly AlignedBlock _values = new(parameterLength);

    /// <summary>The averages, laid out as the parameters are.</summary>
    public Span<float> Values => _values.Span;

    /// <summary>Starts with the parameters before the first step.</summary>
    public void Begin(ReadOnlySpan<float> parameters) => parameters.CopyTo(Values);

    /// <summary>Adds the parameters after a step.</summary>
    /// <param name="parameters">The parameters, all finite.</param>
    /// <param name="step">The step, from 1.</param>
    /// <param name="team">The threads that share the work; <see langword="null"/> where there is only the one that calls.</param>
    public void Add(ReadOnlySpan<float> parameters, long step, ThreadTeam? team)
    {
        double kept = options.KeptAt(step);
        FusedUpdate.Run(team, new Rule((float)kept, (float)(1.0 - kept)), Values, parameters);
    }

    /// <summary>Gives the network the averages, and keeps its parameters; the next call puts both back.</summary>
    public void Exchange(Span<float> parameters)
    {
        const int MostAtOnce = 1024;
        Span<float> held = stackalloc float[MostAtOnce];

        for (int start = 0; start < parameters.Length; start += MostAtOnce)
        {
            int count = Math.Min(MostAtOnce, parameters.Length - start);
            Span<float> values = Values.Slice(start, count);
            Span<float> others = parameters.Slice(start, count);
            values.CopyTo(held);
            others.CopyTo(values);
            held[..count].CopyTo(others);
        }
    }

    private readonly struct Rule(float kept, float added) : IUpdateRule
    {
        public static int StateCount => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply<TSimd, TVector>(TVector w, TVector g, ref TVector first, ref TVector second)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct => TSimd.MultiplyAdd(TSimd.Create(kept), w, TSimd.Multiply(TSimd.Create(added), g));
    }
}
