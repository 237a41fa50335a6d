namespace Nnfs.Tests;

public class OptimizerTests
{
    private const int GreatestLength = 130;
    private const int StepCount = 5;
    private const float Canary = 12345.678f;

    public static TheoryData<string> Cases => OptimizerCase.All;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Step_for_every_length_and_alignment_agrees_with_the_specification(string name)
    {
        for (int length = 0; length <= GreatestLength; length++)
        {
            Optimizer optimizer = OptimizerCase.Create(name);
            float[] start = Gaussians(length, seed: length);
            float[][] gradients = [.. Enumerable.Range(0, StepCount).Select(step => Gaussians(length, seed: 1000 + (length * StepCount) + step))];

            // Canaries are directly before and after; the two blocks start at different distances from an aligned address.
            int before = 1 + (length % 17);
            float[] parameterBlock = Framed(start, before);

            foreach (float[] gradient in gradients)
            {
                float[] gradientBlock = Framed(gradient, before + 3);
                float[] gradientCopy = [.. gradientBlock];

                optimizer.Step(parameterBlock.AsSpan(before, length), gradientBlock.AsSpan(before + 3, length));

                Assert.Equal(gradientCopy, gradientBlock);
            }

            double[] expected = OptimizerSpecification.Run(optimizer, start, gradients);

            for (int i = 0; i < length; i++)
            {
                // Five steps of a few float32 roundings each, of numbers up to about 10.
                Assert.Equal(expected[i], parameterBlock[before + i], 5e-6 * (1.0 + Math.Abs(expected[i])));
            }

            Assert.All(parameterBlock[..before], static value => Assert.Equal(Canary, value));
            Assert.All(parameterBlock[(before + length)..], static value => Assert.Equal(Canary, value));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Step_gives_the_same_bits_whatever_the_place_in_the_block(string name)
    {
        // Vectors of every width and single floats each take a part of 31 parameters; all must round alike.
        for (int length = 1; length <= 31; length++)
        {
            Optimizer optimizer = OptimizerCase.Create(name);
            float[] parameters = new float[length];
            float[] gradients = new float[length];
            Array.Fill(parameters, 0.7310586f);

            for (int step = 0; step < 20; step++)
            {
                Array.Fill(gradients, MathF.Sin(step + 0.3f));
                optimizer.Step(parameters, gradients);
            }

            Assert.All(parameters, value => Assert.Equal(BitConverter.SingleToInt32Bits(parameters[0]), BitConverter.SingleToInt32Bits(value)));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Step_on_several_threads_gives_the_bits_of_one(string name)
    {
        // Work enough for several threads, and a length that none of them has a whole share of.
        const int Length = 160_007;
        float[] start = Gaussians(Length, seed: 1);
        float[] gradients = Gaussians(Length, seed: 2);

        foreach (int threads in (int[])[2, 3, 8])
        {
            Team<object, object> team = new(threads);
            Optimizer alone = OptimizerCase.Create(name);
            Optimizer together = OptimizerCase.Create(name);
            float[] expected = [.. start];
            float[] actual = [.. start];

            for (int step = 0; step < StepCount; step++)
            {
                alone.Step(expected, gradients);
                together.Step(actual, gradients, team, mayBeAnother: false);
            }

            Numbers.AssertSameBits(expected, actual, "parameters");

            foreach (string state in alone.StateNames)
            {
                Numbers.AssertSameBits(alone.GetState(state), together.GetState(state), state);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Step_on_zeros_with_zero_gradients_leaves_zeros(string name)
    {
        Optimizer optimizer = OptimizerCase.Create(name);
        float[] parameters = new float[GreatestLength];
        float[] gradients = new float[GreatestLength];

        // An odd number: steps of one length, up and down, can't end where they began.
        for (int step = 0; step < 101; step++)
        {
            // Every third parameter moves; its neighbours are padding.
            for (int i = 0; i < GreatestLength; i += 3)
            {
                gradients[i] = MathF.Cos(step + i);
            }

            optimizer.Step(parameters, gradients);
        }

        for (int i = 0; i < GreatestLength; i++)
        {
            Assert.Equal(i % 3 != 0, BitConverter.SingleToInt32Bits(parameters[i]) == 0);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Step_after_the_first_allocates_nothing(string name) => Allocations.AssertNoneAfterFirst(() =>
    {
        Optimizer optimizer = OptimizerCase.Create(name);
        float[] parameters = Gaussians(1000, seed: 1);
        float[] gradients = Gaussians(1000, seed: 2);

        return () => optimizer.Step(parameters, gradients);
    });

    [Theory]
    [MemberData(nameof(Cases))]
    public void Step_with_another_number_of_gradients_throws_before_it_writes(string name)
    {
        Optimizer optimizer = OptimizerCase.Create(name);
        float[] parameters = Gaussians(20, seed: 1);
        float[] copy = [.. parameters];

        ArgumentException exception = Assert.Throws<ArgumentException>("gradients", () => optimizer.Step(parameters, new float[19]));

        Assert.Contains("Expected 20 gradients", exception.Message, StringComparison.Ordinal);
        Assert.Contains("there are 19.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(copy, parameters);
        Assert.Equal(0, optimizer.Steps);

        // The refused step fixed no length.
        optimizer.Step(new float[7], new float[7]);
        Assert.Equal(1, optimizer.Steps);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Step_with_another_number_of_parameters_than_before_throws_before_it_writes(string name)
    {
        Optimizer optimizer = OptimizerCase.Create(name);
        optimizer.Step(new float[20], new float[20]);
        float[] parameters = Gaussians(19, seed: 1);
        float[] copy = [.. parameters];

        ArgumentException exception = Assert.Throws<ArgumentException>("parameters", () => optimizer.Step(parameters, Gaussians(19, seed: 2)));

        Assert.Contains("Expected 20 parameters", exception.Message, StringComparison.Ordinal);
        Assert.Contains("there are 19.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(copy, parameters);
        Assert.Equal(1, optimizer.Steps);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Optimizer_with_the_steps_and_state_of_another_goes_on_as_it(string name)
    {
        Optimizer first = OptimizerCase.Create(name);
        Optimizer second = OptimizerCase.Create(name);
        float[] expected = Gaussians(37, seed: 1);
        Assert.All(first.StateNames, stateName => Assert.Equal(0, first.GetState(stateName).Length));

        for (int step = 0; step < 3; step++)
        {
            first.Step(expected, Gaussians(37, seed: 2 + step));
        }

        float[] actual = [.. expected];
        second.Restore(first.Steps, 37);

        foreach (string stateName in first.StateNames)
        {
            first.GetState(stateName).CopyTo(second.GetState(stateName));
        }

        for (int step = 0; step < 3; step++)
        {
            first.Step(expected, Gaussians(37, seed: 12 + step));
            second.Step(actual, Gaussians(37, seed: 12 + step));
        }

        Assert.Equal(6, second.Steps);
        Numbers.AssertSameBits(expected, actual, "parameters");
    }

    [Fact]
    public void State_has_the_names_and_values_of_the_formulas()
    {
        Sgd momentum = new(0.5f) { Momentum = 0.9f };
        momentum.Step(new float[2], [2f, -4f]);
        AdaGrad adaGrad = new();
        adaGrad.Step(new float[2], [2f, -4f]);
        Adam adam = new() { Beta1 = 0.5f, Beta2 = 0.75f };
        adam.Step(new float[2], [2f, -4f]);

        // v = −lr·g; c = g²; m = (1 − Beta1)·g and v = (1 − Beta2)·g².
        Assert.Equal([-1f, 2f], momentum.GetState("velocity").ToArray());
        Assert.Equal([4f, 16f], adaGrad.GetState("squares").ToArray());
        Assert.Equal([1f, -2f], adam.GetState("means").ToArray());
        Assert.Equal([1f, 4f], adam.GetState("squares").ToArray());
        Assert.Equal(
            [["velocity"], ["squares"], ["squares"], ["means", "squares"], ["means", "squares"], ["means", "squares"], ["means"]],
            (IReadOnlyList<string>[])
            [
                momentum.StateNames, adaGrad.StateNames, new RmsProp().StateNames, adam.StateNames,
                new AdamW().StateNames, new Nadam().StateNames, new Lion().StateNames,
            ]);
        Assert.Empty(new Sgd().StateNames);
        ArgumentException exception = Assert.Throws<ArgumentException>("name", () => adam.GetState("velocity").Length);
        Assert.Contains("[means, squares], but it is 'velocity'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hyperparameters_are_all_numbers_that_steps_depend_on()
    {
        AssertHyperparameters(new Sgd(0.5f) { Decay = 0.1f, Momentum = 0.9f }, ("LearningRate", 0.5f), ("Decay", 0.1f), ("Momentum", 0.9f));
        AssertHyperparameters(new AdaGrad(0.5f) { Decay = 0.1f, Epsilon = 1f }, ("LearningRate", 0.5f), ("Decay", 0.1f), ("Epsilon", 1f));
        AssertHyperparameters(
            new RmsProp(0.5f) { Decay = 0.1f, Epsilon = 1f, Rho = 0.7f }, ("LearningRate", 0.5f), ("Decay", 0.1f), ("Epsilon", 1f), ("Rho", 0.7f));
        AssertHyperparameters(
            new Adam(0.5f) { Decay = 0.1f, Epsilon = 1f, Beta1 = 0.7f, Beta2 = 0.8f },
            ("LearningRate", 0.5f), ("Decay", 0.1f), ("Epsilon", 1f), ("Beta1", 0.7f), ("Beta2", 0.8f));
        AssertHyperparameters(
            new Nadam(0.5f) { Decay = 0.1f, Epsilon = 1f, Beta1 = 0.7f, Beta2 = 0.8f },
            ("LearningRate", 0.5f), ("Decay", 0.1f), ("Epsilon", 1f), ("Beta1", 0.7f), ("Beta2", 0.8f));
        AssertHyperparameters(
            new AdamW(0.5f) { Decay = 0.1f, Epsilon = 1f, Beta1 = 0.7f, Beta2 = 0.8f, WeightDecay = 0.3f },
            ("LearningRate", 0.5f), ("Decay", 0.1f), ("Epsilon", 1f), ("Beta1", 0.7f), ("Beta2", 0.8f), ("WeightDecay", 0.3f), ("DecayBiases", 0f));
        AssertHyperparameters(
            new Lion(0.5f) { Decay = 0.1f, Beta1 = 0.7f, Beta2 = 0.8f, WeightDecay = 0.3f, DecayBiases = true },
            ("LearningRate", 0.5f), ("Decay", 0.1f), ("Beta1", 0.7f), ("Beta2", 0.8f), ("WeightDecay", 0.3f), ("DecayBiases", 1f));

        static void AssertHyperparameters(Optimizer optimizer, params (string, float)[] expected) =>
            Assert.Equal(expected, optimizer.Hyperparameters.Select(static pair => (pair.Key, pair.Value)));
    }

    [Fact]
    public void Restore_fixes_the_number_of_parameters_and_takes_no_negative_number()
    {
        Adam optimizer = new();
        optimizer.Restore(steps: 0, parameterLength: 5);

        Assert.Throws<ArgumentException>("parameters", () => optimizer.Step(new float[4], new float[4]));
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => optimizer.Restore(-1, 5));
        Assert.Throws<ArgumentOutOfRangeException>("parameterLength", () => optimizer.Restore(1, -1));
    }

    [Fact]
    public void LearningRate_may_change_between_steps()
    {
        Sgd optimizer = new(0.8f) { Decay = 0.25f };
        float[] parameter = [0f];
        optimizer.Step(parameter, [1f]);
        optimizer.LearningRate = 0.5f;

        Assert.Equal(0.4f, optimizer.CurrentLearningRate);
        AssertRefused("LearningRate", -1f, () => optimizer.LearningRate = -1f);
        Assert.Equal(0.5f, optimizer.LearningRate);
    }

    [Fact]
    public void CurrentLearningRate_with_decay_is_that_of_the_next_step()
    {
        Sgd optimizer = new(0.8f) { Decay = 0.25f };
        float[] parameter = [0f];

        Assert.Equal(0.8f, optimizer.CurrentLearningRate);
        optimizer.Step(parameter, [1f]);
        Assert.Equal(-0.8f, parameter[0]);

        Assert.Equal(0.64f, optimizer.CurrentLearningRate);
        optimizer.Step(parameter, [1f]);
        Assert.Equal(-1.44f, parameter[0], 1e-6f);

        Assert.Equal(2, optimizer.Steps);
        Assert.Equal(0.8f, optimizer.LearningRate);
    }

    [Fact]
    public void Optimizers_by_default_have_the_constants_of_the_book()
    {
        Assert.Equal((1f, 0f), (new Sgd().LearningRate, new Sgd().Momentum));
        Assert.Equal(1f, new AdaGrad().LearningRate);
        Assert.Equal((0.001f, 0.9f), (new RmsProp().LearningRate, new RmsProp().Rho));
        Assert.Equal((0.001f, 0.9f, 0.999f), (new Adam().LearningRate, new Adam().Beta1, new Adam().Beta2));
        Assert.All<Optimizer>([new Sgd(), new AdaGrad(), new RmsProp(), new Adam()], static optimizer =>
        {
            Assert.Equal((0f, 1e-7f), (optimizer.Decay, optimizer.Epsilon));
            Assert.Equal(0, optimizer.Steps);
            Assert.Equal(optimizer.LearningRate, optimizer.CurrentLearningRate);
        });
    }

    [Fact]
    public void Optimizers_of_papers_by_default_have_the_constants_of_their_authors()
    {
        AdamW adamW = new();
        Nadam nadam = new();
        Lion lion = new();

        Assert.Equal((0.001f, 0.9f, 0.999f, 0.01f, false), (adamW.LearningRate, adamW.Beta1, adamW.Beta2, adamW.WeightDecay, adamW.DecayBiases));
        Assert.Equal((0.002f, 0.9f, 0.999f), (nadam.LearningRate, nadam.Beta1, nadam.Beta2));
        Assert.Equal((0.0001f, 0.9f, 0.99f, 0f, false), (lion.LearningRate, lion.Beta1, lion.Beta2, lion.WeightDecay, lion.DecayBiases));
        Assert.Equal((0.01f, 0.01f, 0.01f), (new AdamW(0.01).LearningRate, new Nadam(0.01).LearningRate, new Lion(0.01).LearningRate));
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Hyperparameter_that_is_negative_or_not_finite_throws(float value)
    {
        AssertRefused("learningRate", value, () => new Sgd(value));
        AssertRefused("learningRate", value, () => new AdaGrad(value));
        AssertRefused("learningRate", value, () => new RmsProp(value));
        AssertRefused("learningRate", value, () => new Adam(value));
        AssertRefused("Decay", value, () => new Sgd { Decay = value });
        AssertRefused("Epsilon", value, () => new Adam { Epsilon = value });
        AssertRefused("Momentum", value, () => new Sgd { Momentum = value });
        AssertRefused("Rho", value, () => new RmsProp { Rho = value });
        AssertRefused("Beta1", value, () => new Adam { Beta1 = value });
        AssertRefused("Beta2", value, () => new Adam { Beta2 = value });
        AssertRefused("learningRate", value, () => new AdamW(value));
        AssertRefused("learningRate", value, () => new Nadam(value));
        AssertRefused("learningRate", value, () => new Lion(value));
        AssertRefused("WeightDecay", value, () => new AdamW { WeightDecay = value });
        AssertRefused("WeightDecay", value, () => new Lion { WeightDecay = value });
    }

    [Fact]
    public void Share_of_1_throws()
    {
        AssertRefused("Momentum", 1f, static () => new Sgd { Momentum = 1f });
        AssertRefused("Rho", 1f, static () => new RmsProp { Rho = 1f });
        AssertRefused("Beta1", 1f, static () => new Adam { Beta1 = 1f });
        AssertRefused("Beta2", 1f, static () => new Adam { Beta2 = 1f });
        AssertRefused("Beta1", 1f, static () => new AdamW { Beta1 = 1f });
        AssertRefused("Beta2", 1f, static () => new AdamW { Beta2 = 1f });
        AssertRefused("Beta1", 1f, static () => new Nadam { Beta1 = 1f });
        AssertRefused("Beta2", 1f, static () => new Nadam { Beta2 = 1f });
        AssertRefused("Beta1", 1f, static () => new Lion { Beta1 = 1f });
        AssertRefused("Beta2", 1f, static () => new Lion { Beta2 = 1f });
    }

    [Fact]
    public void Epsilon_of_0_throws()
    {
        // Padding would become 0 / 0.
        AssertRefused("Epsilon", 0f, static () => new AdaGrad { Epsilon = 0f });
    }

    private static void AssertRefused(string parameter, float value, Func<object> create)
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(parameter, create);

        Assert.Equal(value, exception.ActualValue);
        Assert.Contains($"{parameter} must be", exception.Message, StringComparison.Ordinal);
    }

    private static float[] Gaussians(int count, long seed)
    {
        NumpyRandom random = new(seed);
        float[] numbers = new float[count];

        for (int i = 0; i < count; i++)
        {
            numbers[i] = (float)random.NextGaussian();
        }

        return numbers;
    }

    private static float[] Framed(float[] content, int before)
    {
        float[] block = new float[before + content.Length + 20];
        Array.Fill(block, Canary);
        content.CopyTo(block, before);

        return block;
    }
}
