using System.Runtime.CompilerServices;
using Nnfs.Optimizers;
using Nnfs.Simd;

namespace Nnfs;

/// <summary>Stochastic gradient descent, with or without momentum. It has no square root, so it ignores <see cref="Optimizer.Epsilon"/>.</summary>
/// <remarks>
/// <code>
/// Momentum = 0:   w ← w − lr·g
/// Momentum &gt; 0:   v ← Momentum·v − lr·g
///                 w ← w + v
/// </code>
/// The velocity <c>v</c> starts at zero. Momentum is Polyak's (1964, "Some methods of speeding up the convergence of iteration methods").
/// </remarks>
/// <param name="learningRate">The learning rate of the first step, finite and at least 0.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRate"/> is negative, infinite or not a number.</exception>
public sealed class Sgd(float learningRate) : Optimizer(learningRate)
{
    private static readonly string[] s_stateNames = ["velocity"];

    /// <summary>Starts before the first step, with the learning rate 1.</summary>
    public Sgd()
        : this(1f)
    {
    }

    /// <summary>Starts before the first step.</summary>
    /// <param name="learningRate">The learning rate of the first step, finite and at least 0; it is rounded to a float.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRate"/> is negative, not a number, or no finite float.</exception>
    public Sgd(double learningRate)
        : this(Hyperparameter.ToSingle(learningRate, nameof(learningRate)))
    {
    }

    /// <summary>The share of the velocity that is kept at each step, 0 ≤ Momentum &lt; 1. The default is 0: no momentum, and nothing remembered.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, 1 or more, or not a number.</exception>
    public float Momentum
    {
        get;
        init => field = Hyperparameter.Share(value, nameof(Momentum));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, float>> Hyperparameters =>
        [new(nameof(LearningRate), LearningRate), new(nameof(Decay), Decay), new(nameof(Momentum), Momentum)];

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames => Momentum == 0f ? [] : s_stateNames;

    /// <inheritdoc/>
    protected override void Update(Span<float> parameters, ReadOnlySpan<float> gradients)
    {
        if (Momentum == 0f)
        {
            FusedUpdate.Run(Team, new PlainRule(-CurrentLearningRate), parameters, gradients);

            return;
        }

        FusedUpdate.Run(Team, new MomentumRule(-CurrentLearningRate, Momentum), parameters, gradients, State(0));
    }

    /// <inheritdoc/>
    internal override double Reach(double learningRate, double gradient) => learningRate * gradient / (1.0 - Momentum);

    private readonly struct PlainRule(float minusRate) : IUpdateRule
    {
        public static int StateCount => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply<TSimd, TVector>(TVector w, TVector g, ref TVector first, ref TVector second)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            return TSimd.MultiplyAdd(TSimd.Create(minusRate), g, w);
        }
    }

    private readonly struct MomentumRule(float minusRate, float momentum) : IUpdateRule
    {
        public static int StateCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Apply<TSimd, TVector>(TVector w, TVector g, ref TVector velocity, ref TVector second)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            velocity = TSimd.MultiplyAdd(TSimd.Create(minusRate), g, TSimd.Multiply(TSimd.Create(momentum), velocity));

            return TSimd.Add(w, velocity);
        }
    }
}
