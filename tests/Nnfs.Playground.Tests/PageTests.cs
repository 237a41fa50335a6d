using System.Globalization;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.CodeAnalysis;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Microsoft.Playwright;
using Playground.Networks;

namespace Nnfs.Playground.Tests;

/// <summary>The page, used as people use it. Tests wait for what the page says, never for a time.</summary>
public sealed class PageTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task Spiral_is_learned()
    {
        await using PlaygroundPage page = await browser.OpenAsync("#layers=1&width=64&data=moons");
        await page.Page.GetByText("Spiral", new() { Exact = true }).ClickAsync();
        await page.WaitForStateAsync("ready");
        await Assertions.Expect(page["legend"]).ToContainTextAsync("class 2");

        await page.TrainToAsync(95);

        await Assertions.Expect(page["state"]).ToContainTextAsync("Paused. After");
        Assert.InRange(await page.AccuracyAsync("test-accuracy"), 70, 100);
        Assert.NotEqual("0", await page["steps"].InnerTextAsync());
    }

    [Fact]
    public async Task Address_restores_the_state()
    {
        const string Losses = "() => document.getElementById('losses').textContent + document.getElementById('steps').textContent";

        await using PlaygroundPage page = await browser.OpenAsync("#layers=1&width=4");
        await page.Page.GetByText("Circles").ClickAsync();
        await page["activation"].SelectOptionAsync("Tanh");
        await page["width"].SelectOptionAsync("8");
        await page["optimizer"].SelectOptionAsync("Momentum");
        await page["rate"].SelectOptionAsync("0.1");
        await page["penalty"].SelectOptionAsync("L2");
        await page["batch"].SelectOptionAsync("16");
        await page["test"].SelectOptionAsync("0.3");
        await page["samples"].FillAsync("120");
        await page["seed"].FillAsync("7");
        await page["seed"].BlurAsync();
        await page.WaitForStateAsync("ready");
        await page["step"].ClickAsync();
        await Assertions.Expect(page["steps"]).ToHaveTextAsync("1");
        string address = page.Page.Url;
        string losses = await page.Page.EvaluateAsync<string>(Losses);

        await using PlaygroundPage other = await browser.OpenAsync(address[address.IndexOf('#', StringComparison.Ordinal)..]);
        await other["step"].ClickAsync();
        await Assertions.Expect(other["steps"]).ToHaveTextAsync("1");

        Assert.Equal(losses, await other.Page.EvaluateAsync<string>(Losses));
        Assert.Equal("Momentum", await other["optimizer"].InputValueAsync());
        Assert.Equal("0.3", await other["test"].InputValueAsync());
        Assert.Equal("L2", await other["penalty"].InputValueAsync());
        Assert.Equal(
            "#data=circles&samples=120&test=0.3&activation=Tanh&layers=1&width=8&optimizer=Momentum&rate=0.1&penalty=L2&batch=16&seed=7",
            address[address.IndexOf('#', StringComparison.Ordinal)..]);
    }

    [Fact]
    public async Task Address_of_nonsense_gives_the_defaults()
    {
        await using PlaygroundPage page = await browser.OpenAsync(
            "#data=squares&samples=1e9&seed=-1&noise=loud&layers=1&width=5&activation=Sine&rate=1e99&batch=&points=%25%25&unknown=1");
        await page.WaitForStateAsync("ready");

        await Assertions.Expect(page["state"]).ToContainTextAsync("300 points");
        await Assertions.Expect(page["legend"]).ToContainTextAsync("class 2");
        Assert.Equal("16", await page["width"].InputValueAsync());
        Assert.Equal("1", await page["layers"].InputValueAsync());
    }

    [Fact]
    public async Task Own_table_with_a_bad_line_says_which()
    {
        await using PlaygroundPage page = await browser.OpenAsync("#layers=1&width=4");
        await page.Page.GetByText("Your own").ClickAsync();
        await page["csv"].FillAsync("length,width,species\n1.4,0.2,setosa\n4.7,1;4,versicolor\n");
        await page["use-csv"].ClickAsync();

        await Assertions.Expect(page["csv-fault"]).ToHaveTextAsync("Line 3, column 2 (width): '1;4' is not a number.");
        await Assertions.Expect(page["run"]).ToBeDisabledAsync();

        await page["csv"].FillAsync("length,width,species\n1.4,0.2,setosa\n4.7,1.4,versicolor\n1.3,0.2,setosa\n4.5,1.5,versicolor\n");
        await page["use-csv"].ClickAsync();

        await Assertions.Expect(page["csv-fault"]).ToBeHiddenAsync();
        await Assertions.Expect(page["legend"]).ToContainTextAsync("versicolor");
        await Assertions.Expect(page["legend"]).ToContainTextAsync("length 1.3 to 4.7, width 0.2 to 1.5");
        await page.TrainToAsync(100);
        Assert.Contains("points=", page.Page.Url, StringComparison.Ordinal);

        // More classes than the page has networks for: it says what to do.
        await page["csv"].FillAsync("1,1,a\n1,2,b\n2,1,c\n2,2,d\n");
        await page["use-csv"].ClickAsync();
        await Assertions.Expect(page["message"]).ToContainTextAsync("but the data have 4: declare one in the tab Compiler, with [Dense(4)]");
    }

    [Fact]
    public async Task Points_are_drawn_by_mouse_and_restored_by_the_address()
    {
        await using PlaygroundPage page = await browser.OpenAsync("#layers=1&width=4&data=own&test=0");
        await Assertions.Expect(page["message"]).ToContainTextAsync("draw points of two classes");

        for (int i = 0; i < 3; i++)
        {
            await page["surface"].ClickAsync(new() { Position = new() { X = 60 + (20 * i), Y = 80 } });
        }

        await page.Page.GetByText("class 1", new() { Exact = true }).First.ClickAsync();

        for (int i = 0; i < 3; i++)
        {
            await page["surface"].ClickAsync(new() { Position = new() { X = 60 + (20 * i), Y = 220 } });
        }

        await page.WaitForStateAsync("ready");
        await Assertions.Expect(page["state"]).ToContainTextAsync("6 points");
        await page["step"].ClickAsync();
        await Assertions.Expect(page["steps"]).ToHaveTextAsync("1");

        // The very same points, so that the first step is the same.
        await using PlaygroundPage other = await browser.OpenAsync(page.Page.Url[page.Page.Url.IndexOf('#', StringComparison.Ordinal)..]);
        await Assertions.Expect(other["state"]).ToContainTextAsync("6 points");
        await other["step"].ClickAsync();
        await Assertions.Expect(other["steps"]).ToHaveTextAsync("1");
        Assert.Equal(await page["losses"].InnerTextAsync(), await other["losses"].InnerTextAsync());
        await other.TrainToAsync(100);
    }

    [Fact]
    public async Task Nothing_is_left_of_a_network_where_there_is_nothing_to_train()
    {
        await using PlaygroundPage page = await browser.OpenAsync("#layers=1&width=8&data=moons");
        await page.TrainToAsync(80);
        await page.Page.GetByText("Your own").ClickAsync();
        await page.WaitForStateAsync("faulty");

        await Assertions.Expect(page["steps"]).ToHaveTextAsync("0");
        await Assertions.Expect(page["training-accuracy"]).ToHaveTextAsync("–");
        await Assertions.Expect(page["training-loss"]).ToHaveTextAsync("–");
        await Assertions.Expect(page["legend"].GetByRole(AriaRole.Listitem)).ToHaveCountAsync(0);
        await Assertions.Expect(page["curves"]).ToHaveAttributeAsync("aria-label", "No losses yet.");
    }

    [Fact]
    public async Task Clicks_while_the_points_change_wait_for_them()
    {
        await using PlaygroundPage page = await browser.OpenAsync("#layers=1&width=16");
        await page.Page.EvaluateAsync("() => { document.querySelector('[value=moons]').click(); document.getElementById('run').click(); }");
        await page.WaitForAccuracyAsync(80);
        await page.WaitForStateAsync("running");

        // There is nothing to make a step with: neither click does anything.
        await page.Page.EvaluateAsync(
            "() => { for (const what of ['#step', '[value=own]', '#step']) { document.querySelector(what).click(); } }");
        await page.WaitForStateAsync("faulty");
        await Assertions.Expect(page["message"]).ToContainTextAsync("draw points of two classes");
        await Assertions.Expect(page["run"]).ToHaveTextAsync("Train");
    }

    [Fact]
    public async Task Link_over_the_menus_leaves_the_address_as_it_is()
    {
        await using PlaygroundPage page = await browser.OpenAsync("#data=moons&layers=1");
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page["surface"]).ToBeFocusedAsync();
        Assert.EndsWith("#data=moons&layers=1", page.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Own_table_stays_while_other_points_are_looked_at_and_its_last_point_can_go()
    {
        string table = "length,width,species\n" + string.Concat(Enumerable.Range(0, 450).Select(static i =>
            string.Create(CultureInfo.InvariantCulture, $"{i % 7},{i % 5},{(i % 7 < 3 ? "setosa" : "versicolor")}\n")));
        await using PlaygroundPage page = await browser.OpenAsync("#layers=1&width=4&data=own");
        await page["csv"].EvaluateAsync("(area, text) => area.value = text", table);
        await page["use-csv"].ClickAsync();
        await Assertions.Expect(page["state"]).ToContainTextAsync("450 points: too many for the address");

        await page.Page.GetByText("Moons").ClickAsync();
        await Assertions.Expect(page["state"]).ToContainTextAsync("300 points");
        await page.Page.GetByText("Your own").ClickAsync();
        await Assertions.Expect(page["state"]).ToContainTextAsync("450 points");
        await Assertions.Expect(page["legend"]).ToContainTextAsync("setosa");

        await page["undo"].ClickAsync();
        await Assertions.Expect(page["state"]).ToContainTextAsync("449 points");
    }

    [Fact]
    public async Task Keyboard_alone_draws_points_and_trains()
    {
        await using PlaygroundPage page = await browser.OpenAsync("#layers=1&width=4&data=own&test=0");
        IKeyboard keyboard = page.Page.Keyboard;

        await TabToAsync(page, "surface");

        // Two points of class 0 on the left; two of class 1 on the right, and a third one, which is removed again.
        const string Keys = "Shift+ArrowLeft Enter ArrowUp Enter 1 Shift+ArrowRight Shift+ArrowRight Enter ArrowUp Enter Enter Backspace";

        foreach (string key in Keys.Split(' '))
        {
            await keyboard.PressAsync(key);
        }

        await Assertions.Expect(page["state"]).ToContainTextAsync("4 points");
        await page.WaitForStateAsync("ready");

        await keyboard.PressAsync("Alt+r");
        await page.WaitForAccuracyAsync(100);
        await keyboard.PressAsync("Alt+r");
        await page.WaitForStateAsync("ready");

        // The neurons are one stop; arrows go from one to the next.
        await TabToAsync(page, "network");
        await Assertions.Expect(page["neuron"]).ToContainTextAsync("ReLU1, neuron 0:");
        await keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(page["neuron"]).ToContainTextAsync("ReLU1, neuron 1:");
        await keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page["neuron"]).ToContainTextAsync("Dense2, neuron 1:");
    }

    [Fact]
    public async Task Program_compiles_and_trains_on_the_saved_points()
    {
        await using PlaygroundPage page = await browser.OpenAsync(
            "#data=circles&layers=1&width=8&activation=Tanh&penalty=L2&lambda=0.0001&optimizer=Momentum&rate=0.1");
        await page.TrainToAsync(95);
        byte[] points = await page.DownloadAsync("save-csv");
        await page["as-csharp"].ClickAsync();
        await Assertions.Expect(page["csharp"]).ToContainTextAsync("partial class");
        string program = await page["csharp"].InnerTextAsync();

        Assert.Contains("[Dense(8, WeightL2 = 0.0001f)]\n[Tanh]\n[Dense(2, WeightL2 = 0.0001f)]\n[SoftmaxCrossEntropy]", program, StringComparison.Ordinal);
        Assert.Contains("new Sgd(learningRate: 0.1f) { Momentum = 0.9f }", program, StringComparison.Ordinal);

        string folder = Directory.CreateTempSubdirectory("playground").FullName;

        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, "points.csv"), points, TestContext.Current.CancellationToken);
            string here = program
                .Replace("\"points.csv\"", $"@\"{Path.Combine(folder, "points.csv")}\"", StringComparison.Ordinal)
                .Replace("\"PlaygroundNet.safetensors\"", $"@\"{Path.Combine(folder, "net.safetensors")}\"", StringComparison.Ordinal);
            Programs.Run(Programs.Compile(here, OutputKind.ConsoleApplication));

            // The program's own result: as good as the page's, from the same points.
            TanhNet1x8To2 net = new();
            net.LoadParameters(Path.Combine(folder, "net.safetensors"));
            Assert.InRange(net.Evaluate(Read(points)).Accuracy, 0.9, 1);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Downloads_load_again()
    {
        await using PlaygroundPage page = await browser.OpenAsync("#data=arms&layers=2&width=16&test=0&samples=200");
        await page.TrainToAsync(80);
        double accuracy = await page.AccuracyAsync("training-accuracy");
        Dataset points = Read(await page.DownloadAsync("save-csv"));

        ReLUNet2x16To2 net = new();
        net.LoadParameters(new MemoryStream(await page.DownloadAsync("save-safetensors")));
        float[] expected = new float[2 * points.Count];
        net.Predict(points.Features, expected);

        Assert.Equal(accuracy, 100 * net.Evaluate(points).Accuracy, 0.051);

        using InferenceSession session = new(await page.DownloadAsync("save-onnx"));
        DenseTensor<float> inputs = new(points.Features.ToArray(), [points.Count, 2]);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> outputs =
            session.Run([NamedOnnxValue.CreateFromTensor(session.InputNames[0], inputs)]);
        float[] actual = [.. outputs[0].AsTensor<float>()];

        Assert.All(actual.Zip(expected), static pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
    }

    [Fact]
    public async Task Class_that_was_compiled_elsewhere_is_trained()
    {
        const string Declaration = """
            [Network(2)]
            [Dense(12)]
            [LayerNorm]
            [SiLU]
            [Dense(12, From = "SiLU1")]
            [Dropout(0.1f)]
            [Add("SiLU1", "Dropout1")]
            [Dense(3)]
            [SoftmaxCrossEntropy]
            public partial class TypedNet;
            """;

        byte[] assembly = Programs.Compile($"using Nnfs;\nnamespace Typed;\n{Declaration}", OutputKind.DynamicallyLinkedLibrary);
        await using PlaygroundPage page = await browser.OpenAsync();
        await page.Page.EvaluateAsync(
            """
            async ([text, name, declaration]) =>
                (await import('./page.js')).useAssembly(Uint8Array.from(atob(text), letter => letter.charCodeAt(0)), name, declaration)
            """,
            new[] { Convert.ToBase64String(assembly), "Typed.TypedNet", Declaration });
        await page.WaitForStateAsync("ready");

        await Assertions.Expect(page["state"]).ToContainTextAsync("TypedNet: 255 parameters");
        await Assertions.Expect(page["layers"]).ToBeDisabledAsync();
        await page.TrainToAsync(80);
        await page["as-csharp"].ClickAsync();
        await Assertions.Expect(page["csharp"]).ToContainTextAsync("partial class");
        Assert.Contains(Declaration, (await page["csharp"].InnerTextAsync()).ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gradients_are_shown_after_a_step()
    {
        await using PlaygroundPage page = await browser.OpenAsync("#layers=1&width=4");
        await page["edges"].SelectOptionAsync("gradients");
        await page["step"].ClickAsync();
        await Assertions.Expect(page["steps"]).ToHaveTextAsync("1");
        await page.Page.GetByLabel("Dense2, neuron 0").HoverAsync();

        await Assertions.Expect(page["neuron"]).ToContainTextAsync("gradient of its weights 0.");
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1400)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Page_is_accessible_and_fits(ColorScheme scheme, int width)
    {
        await using PlaygroundPage page = await browser.OpenAsync(
            "#layers=1&width=4&data=own&points=ZGQAZMgBZGQC", new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 844 } });
        AxeResult result = await page.Page.RunAxe();

        Assert.Empty(result.Violations.Select(static violation =>
            $"{violation.Id}: {violation.Help} ({string.Join(", ", violation.Nodes.Select(static node => node.Target.ToString()))})"));
        Assert.InRange(await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, width);
    }

    private static async Task TabToAsync(PlaygroundPage page, string id)
    {
        for (int i = 0; i < 80; i++)
        {
            await page.Page.Keyboard.PressAsync("Tab");

            if (await page.Page.EvaluateAsync<bool>("id => document.getElementById(id).contains(document.activeElement)", id))
            {
                return;
            }
        }

        Assert.Fail($"The Tab key does not come to '{id}'.");
    }

    private static Dataset Read(byte[] csv)
    {
        string[] lines = System.Text.Encoding.UTF8.GetString(csv).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[][] rows = [.. lines.Skip(1).Select(static line => line.Split(','))];
        float[] features = [.. rows.SelectMany(static row => row.Take(2)).Select(static cell => float.Parse(cell, CultureInfo.InvariantCulture))];
        int[] labels = [.. rows.Select(static row => int.Parse(row[2], CultureInfo.InvariantCulture))];

        return new(features, labels, featureCount: 2, labels.Max() + 1);
    }
}
