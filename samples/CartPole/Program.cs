// Learns to hold a pole upright on a cart, by trial and error: a policy gradient with a network for the policy and one for the value of a state.
//
//     dotnet run -c Release --project samples/CartPole [picture.png]

using System.Diagnostics;
using System.Globalization;
using System.Text;
using CartPole;
using Nnfs;

const int Window = 100;
const int MostEpisodes = 3000;
const int TestEpisodes = 20;

// CartPole-v1 counts as solved where the mean of 100 episodes is 475 steps.
const double Solved = 475;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = Encoding.UTF8;
string picturePath = Path.GetFullPath(args.Length > 0 ? args[0] : "cartpole.png");

long start = Stopwatch.GetTimestamp();
Learner learner = new(new NumpyRandom(seed: 1));
List<int> lengths = [];
double mean = 0;

while (lengths.Count < MostEpisodes && mean < Solved)
{
    lengths.AddRange(learner.Learn());
    mean = lengths.Skip(Math.Max(0, lengths.Count - Window)).Average();

    if (lengths.Count % 80 == 0)
    {
        Console.WriteLine($"{lengths.Count,5} episodes: the pole stands for {mean,3:0} steps");
    }
}

// The network plays now, and no longer tries: it takes the likelier action.
int[] test = [.. Enumerable.Range(0, TestEpisodes).Select(i => Play(learner.Policy, new NumpyRandom(seed: 1000 + i)))];
Console.WriteLine();
Play(learner.Policy, new NumpyRandom(seed: 1000), show: true);
Picture.Save(picturePath, lengths, Window);

Console.WriteLine();
Console.WriteLine($"Episodes           {lengths.Count:N0}, {lengths.Sum():N0} steps");
Console.WriteLine($"Mean of the last   {mean:0.0} of {Cart.MostSteps} steps");
Console.WriteLine($"Mean of the test   {test.Average():0.0} of {Cart.MostSteps} steps in {TestEpisodes} episodes");
Console.WriteLine($"Training time      {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
Console.WriteLine($"Picture            {picturePath}");

if (test.Average() < Solved)
{
    Console.Error.WriteLine($"The pole stands for {test.Average():0.0} steps, but at least {Solved} are expected.");
    return 1;
}

return 0;

static int Play(PolicyNet policy, NumpyRandom random, bool show = false)
{
    Cart cart = new(random);
    Span<float> state = stackalloc float[Cart.StateSize];
    int step = 0;

    for (; step < Cart.MostSteps && !cart.HasFailed; step++)
    {
        if (show && step % 100 == 0)
        {
            Console.WriteLine(TextView.Draw(cart, step));
        }

        cart.Observe(state);
        cart.Push(policy.Classify(state));
    }

    return step;
}
