using System.Numerics.Tensors;
using Nnfs;

namespace CartPole;

/// <summary>
/// Learns to hold the pole by REINFORCE with a baseline (R. J. Williams, 1992): actions that brought more reward than the value network expected become more
/// likely, the others less. After some episodes each network takes a step.
/// </summary>
internal sealed class Learner
{
    private const int EpisodesPerStep = 8;
    private const int ValueStepsPerStep = 8;
    private const float Discount = 0.99f;

    /// <summary>Values are hundreds of steps, so that the network's outputs are about as large as 1.</summary>
    private const float ValueScale = 100;

    /// <summary>How much the policy is kept from being sure too soon.</summary>
    private const float EntropyWeight = 0.01f;

    private readonly NumpyRandom _random;
    private readonly ValueNet _value;
    private readonly PolicyNet.Workspace _policyPass;
    private readonly ValueNet.Workspace _valuePass;
    private readonly Adam _policySteps = new(learningRate: 0.01f);
    private readonly Adam _valueSteps = new(learningRate: 0.01f);
    private readonly Experience _experience = new();

    public Learner(NumpyRandom random)
    {
        _random = random;
        Policy = new PolicyNet(random);
        _value = new ValueNet(random);
        _policyPass = Policy.CreateWorkspace(EpisodesPerStep * Cart.MostSteps);
        _valuePass = _value.CreateWorkspace(EpisodesPerStep * Cart.MostSteps);
    }

    /// <summary>What it has learned so far.</summary>
    public PolicyNet Policy { get; }

    /// <summary>Plays some episodes and learns from them. Returns how many steps each of them lasted.</summary>
    public int[] Learn()
    {
        int[] lengths = new int[EpisodesPerStep];

        for (int i = 0; i < EpisodesPerStep; i++)
        {
            lengths[i] = PlayEpisode();
        }

        Step();
        _experience.Clear();

        return lengths;
    }

    private int PlayEpisode()
    {
        Cart cart = new(_random);
        Span<float> state = stackalloc float[Cart.StateSize];
        Span<float> probabilities = stackalloc float[PolicyNet.OutputSize];
        int steps = 0;

        for (; steps < Cart.MostSteps && !cart.HasFailed; steps++)
        {
            cart.Observe(state);
            Policy.Predict(state, probabilities);
            int action = _random.NextDouble() < probabilities[1] ? 1 : 0;
            _experience.Add(state, action);
            cart.Push(action);
        }

        // A pole that stands at the end would have stood longer.
        float rest = 0;

        if (!cart.HasFailed)
        {
            Span<float> value = stackalloc float[1];
            cart.Observe(state);
            _value.Predict(state, value);
            rest = ValueScale * value[0];
        }

        _experience.EndEpisode(Discount, rest);

        return steps;
    }

    private void Step()
    {
        float[] states = _experience.States;
        int[] actions = _experience.Actions;
        float[] returns = _experience.Returns;

        // How much better it went than expected, in standard deviations.
        float[] expected = new float[returns.Length];
        _value.Predict(states, expected);
        float[] advantages = [.. returns.Zip(expected, static (sum, value) => sum - (ValueScale * value))];
        float mean = TensorPrimitives.Average<float>(advantages);
        float deviation = TensorPrimitives.StdDev<float>(advantages) + 1e-6f;

        Policy.Forward(states, _policyPass);
        ReadOnlySpan<float> p = _policyPass.Outputs;
        float[] logitGradients = new float[p.Length];

        for (int i = 0; i < actions.Length; i++)
        {
            float advantage = (advantages[i] - mean) / deviation;
            ReadOnlySpan<float> probabilities = p.Slice(2 * i, 2);
            float entropy = -TensorPrimitives.Sum<float>([Term(probabilities[0]), Term(probabilities[1])]);

            for (int action = 0; action < 2; action++)
            {
                // The gradients of −advantage · log p[action taken] and of −entropy, with respect to the logits.
                float ofReward = advantage * (probabilities[action] - (actions[i] == action ? 1 : 0));
                float ofEntropy = Term(probabilities[action]) + (probabilities[action] * entropy);
                logitGradients[(2 * i) + action] = (ofReward + (EntropyWeight * ofEntropy)) / actions.Length;
            }
        }

        Policy.BackwardFrom(states, logitGradients, _policyPass);
        _policySteps.Step(Policy, _policyPass);

        // The value network learns what the returns were, by its own loss.
        float[] targets = [.. returns.Select(static sum => sum / ValueScale)];

        for (int i = 0; i < ValueStepsPerStep; i++)
        {
            _value.ForwardBackward(states, targets, _valuePass);
            _valueSteps.Step(_value, _valuePass);
        }

        static float Term(float probability) => probability * MathF.Log(MathF.Max(probability, 1e-12f));
    }
}
