using Nnfs.Catalogue;
using Nnfs.Catalogue.Layers;
using Nnfs.Catalogue.Losses;
using Nnfs.Generators.Layers;
using Nnfs.Generators.Losses;

namespace Nnfs.Generators.Tests;

/// <summary>The catalogue of the tests has the kinds that the generator knows, and says of them what the generator does.</summary>
public class CatalogueTests
{
    private const int Draws = 50;

    public static TheoryData<string, string> Faults =>
    [
        .. LayerEntries.All.SelectMany(static entry => entry.Faults)
            .Concat(LossEntries.All.SelectMany(static entry => entry.Faults))
            .Select(static fault => (fault.Attributes, fault.Message)),
    ];

    public static TheoryData<string> Layers => [.. LayerEntries.All.Select(static entry => entry.Name)];

    public static TheoryData<string> Losses => [.. LossEntries.All.Select(static entry => entry.Name)];

    [Fact]
    public void Catalogue_has_every_kind_that_the_generator_knows_and_no_other()
    {
        Assert.Equal(Layer.All.Select(static layer => layer.Name).Order(), LayerEntries.All.Select(static entry => entry.Name).Order());
        Assert.Equal(Loss.All.Select(static loss => loss.Name).Order(), LossEntries.All.Select(static entry => entry.Name).Order());
    }

    [Fact]
    public void Catalogue_agrees_with_the_generator_about_what_comes_together()
    {
        Assert.All(LayerEntries.All, static entry => Assert.Equal(Layer.Find(entry.Name)!.JoinsSeveral, entry.IsJoin));
        Assert.All(LayerEntries.All, static entry => Assert.True(entry.IsActivation || Layer.Find(entry.Name)!.Activation is null, entry.Name));
        Assert.All(LossEntries.All, static entry => Assert.Equal(Loss.Find(entry.Name)!.Expects, entry.Expects?.Name));
        Assert.All(LossEntries.All, static entry => Assert.Equal(Loss.Find(entry.Name)!.Applies, entry.Applies?.Name));
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void Examples_and_draws_of_a_layer_are_of_its_kind(string name)
    {
        LayerEntry entry = LayerEntries.All.Single(entry => entry.Name == name);
        SampleShape shape = entry.ExampleShape ?? new(4);
        LayerDraw draw = new(new Random(1), [shape, shape], static () => 3);

        Assert.NotEmpty(entry.Examples);
        Assert.All([.. entry.Examples, .. Enumerable.Range(0, Draws).Select(_ => entry.Draw(draw))], layer => Assert.Same(entry, layer.Entry));
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Examples_and_draws_of_a_loss_are_of_its_kind(string name)
    {
        LossEntry entry = LossEntries.All.Single(entry => entry.Name == name);
        Random random = new(1);

        Assert.NotEmpty(entry.Examples);
        Assert.All([.. entry.Examples, .. Enumerable.Range(0, Draws).Select(_ => entry.Draw(random))], loss => Assert.Same(entry, loss.Entry));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public Task Fault_of_the_catalogue_is_reported_where_it_is(string attributes, string message)
    {
        int rule = attributes.IndexOf("{|NNFS", StringComparison.Ordinal) + 2;

        return new MarkedSource($"using Nnfs; [Network(2), {attributes}] partial class Net {{ private const float Rate = 1 + 1; }}")
            .AssertReportsAsync($"{attributes[rule..(rule + 7)]}: {message}");
    }
}
