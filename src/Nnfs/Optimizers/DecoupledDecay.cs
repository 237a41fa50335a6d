using System.Collections.Immutable;

namespace Nnfs.Optimizers;

/// <summary>Steps of an optimizer whose weight decay is decoupled from its gradients (Loshchilov and Hutter 2019).</summary>
/// <param name="learningRate">The learning rate of the step.</param>
/// <param name="decay">The weight decay <c>λ</c>; 0 where nothing decays.</param>
/// <param name="decaysBiases">Whether tensors of one dimension decay as well.</param>
internal readonly struct DecoupledDecay(float learningRate, float decay, bool decaysBiases)
{
    private readonly float _kept = (float)(1.0 - ((double)learningRate * decay));

    /// <summary>Applies a rule to all parameters, and before it the decay to those that decay.</summary>
    /// <param name="team">The threads; <see langword="null"/> where there is only the one that calls.</param>
    /// <param name="rule">The rule, without decay.</param>
    /// <param name="runs">What the parameters are; where it is not known, all of them decay.</param>
    /// <param name="parameters">The parameters, changed in place.</param>
    /// <param name="gradients">As many gradients.</param>
    /// <param name="first">As many numbers, if the rule remembers one.</param>
    /// <param name="second">As many numbers, if the rule remembers two.</param>
    public void Run<TRule>(
        ThreadTeam? team,
        TRule rule,
        ImmutableArray<ParameterRun> runs,
        Span<float> parameters,
        ReadOnlySpan<float> gradients,
        Span<float> first,
        Span<float> second = default)
        where TRule : unmanaged, IUpdateRule
    {
        if (decay == 0f)
        {
            FusedUpdate.Run(team, rule, parameters, gradients, first, second);

            return;
        }

        DecayedRule<TRule> decayed = new(_kept, rule);

        if (runs.IsDefaultOrEmpty)
        {
            FusedUpdate.Run(team, decayed, parameters, gradients, first, second);

            return;
        }

        foreach (ParameterRun run in runs)
        {
            int length = Math.Min(run.Length, parameters.Length - run.Start);
            Span<float> w = parameters.Slice(run.Start, length);
            ReadOnlySpan<float> g = gradients.Slice(run.Start, length);
            Span<float> s1 = first.Slice(run.Start, length);
            Span<float> s2 = TRule.StateCount > 1 ? second.Slice(run.Start, length) : default;

            if (run.Kind == ParameterKind.Weights || (decaysBiases && run.Kind == ParameterKind.Biases))
            {
                FusedUpdate.Run(team, decayed, w, g, s1, s2);
            }
            else
            {
                FusedUpdate.Run(team, rule, w, g, s1, s2);
            }
        }
    }

    /// <summary>Whether weights never grow by it, whatever the learning rate of a step.</summary>
    /// <param name="greatestRate">The greatest learning rate of all steps.</param>
    /// <param name="decay">The weight decay.</param>
    public static bool OnlyShrinks(double greatestRate, float decay) => greatestRate * decay <= 1.0;
}
