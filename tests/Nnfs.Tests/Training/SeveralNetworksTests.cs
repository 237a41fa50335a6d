namespace Nnfs.Tests.Training;

/// <summary>One optimizer and several networks: by typed steps it remembers each by itself, by spans it serves one.</summary>
public class SeveralNetworksTests
{
    private const int Steps = 6;

    private readonly Problem _problem = new(8);

    public static TheoryData<string> Cases => OptimizerCase.All;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Typed_steps_of_two_networks_are_those_of_an_optimizer_for_each(string name)
    {
        (SmallNetwork Network, SmallNetwork.Workspace Pass)[] expected = [Create(1), Create(2)];
        (SmallNetwork Network, SmallNetwork.Workspace Pass)[] actual = [Create(1), Create(2)];
        Optimizer[] own = [OptimizerCase.Create(name), OptimizerCase.Create(name)];
        Optimizer shared = OptimizerCase.Create(name);

        for (int step = 0; step < Steps; step++)
        {
            for (int i = 0; i < 2; i++)
            {
                // The second network steps only every other time, so that their numbers of steps differ.
                if (i == 0 || step % 2 == 0)
                {
                    Pass(expected[i]);
                    Pass(actual[i]);
                    own[i].Step(expected[i].Network.Parameters, expected[i].Pass.Gradients);
                    shared.Step(actual[i].Network, actual[i].Pass);
                    Assert.Equal(own[i].Steps, shared.Steps);
                }
            }
        }

        TrainTests.AssertSame(expected[0].Network, actual[0].Network);
        TrainTests.AssertSame(expected[1].Network, actual[1].Network);
        Assert.Equal((Steps, Steps / 2), (own[0].Steps, own[1].Steps));
    }

    [Fact]
    public void Typed_steps_and_steps_of_spans_remember_the_same()
    {
        (SmallNetwork network, SmallNetwork.Workspace pass) = Create(1);
        (SmallNetwork other, SmallNetwork.Workspace otherPass) = Create(2);
        (SmallNetwork expected, SmallNetwork.Workspace expectedPass) = Create(1);
        Adam adam = new(0.01f);
        Adam plain = new(0.01f);

        for (int step = 0; step < 4; step++)
        {
            Pass((network, pass));
            Pass((other, otherPass));
            Pass((expected, expectedPass));

            if (step % 2 == 0)
            {
                adam.Step(network.Parameters, pass.Gradients);
            }
            else
            {
                adam.Step(network, pass);
            }

            // Once it is known, spans of it are taken too.
            adam.Step(other, otherPass);
            adam.Step(other.Parameters, otherPass.Gradients);
            plain.Step(expected, expectedPass);
        }

        TrainTests.AssertSame(expected, network);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Step_with_the_parameters_of_another_network_throws_before_it_writes(string name)
    {
        (SmallNetwork network, SmallNetwork.Workspace pass) = Create(1);
        (SmallNetwork other, SmallNetwork.Workspace otherPass) = Create(2);
        Pass((network, pass));
        Pass((other, otherPass));
        Optimizer optimizer = OptimizerCase.Create(name);
        optimizer.Step(network.Parameters, pass.Gradients);

        ArgumentException exception = Assert.Throws<ArgumentException>("parameters", () => optimizer.Step(other.Parameters, otherPass.Gradients));

        Assert.Contains("another network", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Reset()", exception.Message, StringComparison.Ordinal);
        TrainTests.AssertSame(new SmallNetwork(2), other);
        Assert.Equal(1, optimizer.Steps);

        // The first network goes on, and after a reset the other one may have it.
        optimizer.Step(network.Parameters, pass.Gradients);
        optimizer.Reset();
        Assert.Equal(0, optimizer.Steps);
        optimizer.Step(other.Parameters, otherPass.Gradients);
        Optimizer fresh = OptimizerCase.Create(name);
        (SmallNetwork expected, _) = Create(2);
        fresh.Step(expected.Parameters, otherPass.Gradients);
        TrainTests.AssertSame(expected, other);
    }

    [Fact]
    public void Step_with_a_network_that_lies_where_another_has_lain_is_told_apart()
    {
        // The register's number tells them apart, not the address: here the same memory is registered anew, as if its block had been collected.
        AlignedBlock block = new(16);
        Sgd optimizer = new() { Momentum = 0.9f };
        optimizer.Step(block.Span, new float[16]);
        Nnfs.Optimizers.BlockRegister.Add(in block.Span[0]);

        Assert.Throws<ArgumentException>("parameters", () => optimizer.Step(block.Span, new float[16]));
    }

    [Fact]
    public void Restored_optimizer_serves_the_network_of_its_next_step()
    {
        (SmallNetwork network, SmallNetwork.Workspace pass) = Create(1);
        Adam adam = new();
        adam.Step(network, pass);
        adam.Restore(3, network.Parameters.Length);
        (SmallNetwork other, SmallNetwork.Workspace otherPass) = Create(2);
        adam.Step(other.Parameters, otherPass.Gradients);

        Assert.Equal(4, adam.Steps);
        Assert.Throws<ArgumentException>("parameters", () => adam.Step(network.Parameters, pass.Gradients));
    }

    [Fact]
    public void Typed_steps_of_two_networks_allocate_nothing_after_the_first() => Allocations.AssertNoneAfterFirst(() =>
    {
        (SmallNetwork network, SmallNetwork.Workspace pass) = Create(1);
        (SmallNetwork other, SmallNetwork.Workspace otherPass) = Create(2);
        Adam adam = new();

        return () =>
        {
            adam.Step(network, pass);
            adam.Step(other, otherPass);
        };
    });

    [Fact]
    public void Typed_step_without_network_or_workspace_throws()
    {
        (SmallNetwork network, SmallNetwork.Workspace pass) = Create(1);

        Assert.Throws<ArgumentNullException>("network", () => new Adam().Step<SmallNetwork>(null!, pass));
        Assert.Throws<ArgumentNullException>("workspace", () => new Adam().Step(network, null!));
    }

    [Fact]
    public void Learning_rate_of_type_double_is_the_nearest_float()
    {
        Assert.Equal(0.01f, new Adam(0.01).LearningRate);
        Assert.Equal(0.01f, new Sgd(learningRate: 0.01).LearningRate);
        Assert.Equal(0.01f, new RmsProp(0.01).LearningRate);
        Assert.Equal(0.01f, new AdaGrad(0.01).LearningRate);
        Assert.Equal(2f, new Adam(2).LearningRate);
        Assert.Throws<ArgumentOutOfRangeException>("learningRate", static () => new Adam(-0.5));
        Assert.Throws<ArgumentOutOfRangeException>("learningRate", static () => new Adam(double.NaN));
        ArgumentOutOfRangeException large = Assert.Throws<ArgumentOutOfRangeException>("learningRate", static () => new Adam(1e60));
        Assert.Contains("1E+60", large.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("learningRate", static () => new Adam(1e-60));
    }

    private static (SmallNetwork Network, SmallNetwork.Workspace Pass) Create(int seed)
    {
        SmallNetwork network = new(seed);

        return (network, network.CreateWorkspace(8));
    }

    private void Pass((SmallNetwork Network, SmallNetwork.Workspace Pass) item) =>
        item.Network.ForwardBackward(_problem.Features, _problem.Labels, item.Pass);
}
