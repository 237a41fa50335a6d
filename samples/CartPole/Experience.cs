namespace CartPole;

/// <summary>The steps of some episodes: what was seen, what was done, and how much reward came from then on.</summary>
internal sealed class Experience
{
    private readonly List<float> _states = [];
    private readonly List<int> _actions = [];
    private readonly List<float> _returns = [];

    /// <summary>The number of steps.</summary>
    public int Count => _actions.Count;

    /// <summary>What was seen [steps × <see cref="Cart.StateSize"/>].</summary>
    public float[] States => [.. _states];

    /// <summary>What was done.</summary>
    public int[] Actions => [.. _actions];

    /// <summary>The rewards from each step on: 1 for each step, later ones discounted.</summary>
    public float[] Returns => [.. _returns];

    /// <summary>Adds a step.</summary>
    public void Add(ReadOnlySpan<float> state, int action)
    {
        _states.AddRange(state);
        _actions.Add(action);
    }

    /// <summary>Ends an episode: sums up its rewards from the last step to the first.</summary>
    /// <param name="discount">What a reward is worth a step earlier.</param>
    /// <param name="rest">The reward that was still to be expected, where the episode was cut off while the pole stood.</param>
    public void EndEpisode(float discount, float rest)
    {
        int first = _returns.Count;
        float sum = rest;

        while (_returns.Count < _actions.Count)
        {
            sum = 1 + (discount * sum);
            _returns.Add(sum);
        }

        _returns.Reverse(first, _returns.Count - first);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _states.Clear();
        _actions.Clear();
        _returns.Clear();
    }
}
