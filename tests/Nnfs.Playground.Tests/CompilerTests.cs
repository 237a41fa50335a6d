using System.Text;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Nnfs.Playground.Tests;

/// <summary>The compiler in the page: what is typed, what it says of it, and what becomes of it.</summary>
public sealed class CompilerTests(Browser browser) : IClassFixture<Browser>
{
    private const string Faulty = """
        [Network(2)]
        [Dense(64)]
        [ReLU]
        [Dense(32, 3)]
        [SoftmaxCrossEntropy]
        public partial class Net;

        """;

    [Fact]
    public async Task Fault_is_underlined_explained_and_fixed_and_the_network_learns_the_spiral()
    {
        await using PlaygroundPage page = await browser.OpenAsync("#layers=0");
        await page["compiler-tab"].ClickAsync();
        await WaitForAsync(page, "sound");
        await Assertions.Expect(page["compiler-state"]).ToHaveTextAsync("Net compiles.");
        await Assertions.Expect(page["generated"]).ToContainTextAsync("public float Forward(");

        await page["source"].FillAsync(Faulty);
        await WaitForAsync(page, "faulty");
        ILocator underlined = page.Page.Locator(".editor .error");
        await Assertions.Expect(underlined).ToHaveTextAsync("32");
        await Assertions.Expect(page["compiler-state"]).ToHaveTextAsync("1 error. Line 4: 'Dense2' takes 32 inputs, but 'ReLU1' gives 64");
        await Assertions.Expect(page["compiler-time"]).ToContainTextAsync("ms after the key, compiled after");
        await Assertions.Expect(page["faults"].GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("/NNFS005.md$"));
        await Assertions.Expect(page["train-typed"]).ToBeDisabledAsync();

        // The place in the list leads to the place in the text.
        await page.Page.GetByText("Line 4, column 8").ClickAsync();
        Assert.Equal("32", await page.Page.EvaluateAsync<string>(
            "() => { const area = document.getElementById('source'); return area.value.slice(area.selectionStart, area.selectionEnd); }"));

        await underlined.HoverAsync(new() { Force = true });
        await Assertions.Expect(page["tip"]).ToContainTextAsync("NNFS005: 'Dense2' takes 32 inputs, but 'ReLU1' gives 64");

        await page.Page.GetByText("Set the inputs to 64").ClickAsync();
        await WaitForAsync(page, "sound");
        await Assertions.Expect(page["source"]).ToHaveValueAsync(Faulty.Replace("32", "64", StringComparison.Ordinal).ReplaceLineEndings("\n"));
        await Assertions.Expect(page["faults"].GetByRole(AriaRole.Listitem)).ToHaveCountAsync(0);

        await page["train-typed"].ClickAsync();
        await Assertions.Expect(page["typed"]).ToBeVisibleAsync();
        await page.WaitForAccuracyAsync(95);
        await page["run"].ClickAsync();
        await page.WaitForStateAsync("ready");
        await page["as-csharp"].ClickAsync();
        await Assertions.Expect(page["csharp"]).ToContainTextAsync("[Dense(64, 3)]");
        await page["close-code"].ClickAsync();

        await page["untyped"].ClickAsync();
        await page.WaitForStateAsync("ready");
        await Assertions.Expect(page["layers"]).ToBeEnabledAsync();
        await Assertions.Expect(page["typed"]).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Address_opens_a_text_and_keyboard_alone_reads_and_changes_it()
    {
        const string Text = "// Größe: 2 → 3\n[Network(2)]\n[Dense(3)]\n[SoftmaxCrossEntropy]\npublic partial class Net;\n";

        await using PlaygroundPage page = await browser.OpenAsync($"#layers=0&compiler={Encode(Text)}");
        await WaitForAsync(page, "sound");
        await Assertions.Expect(page["source"]).ToHaveValueAsync(Text);
        IKeyboard keyboard = page.Page.Keyboard;

        // The name at the cursor: that of [Dense].
        await page["source"].FocusAsync();
        await keyboard.PressAsync("Control+Home");
        await keyboard.PressAsync("ArrowDown");
        await keyboard.PressAsync("ArrowDown");
        await keyboard.PressAsync("ArrowRight");
        await keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page["at-cursor"]).ToContainTextAsync("[Dense(int neurons)]");
        await Assertions.Expect(page["at-cursor"]).ToContainTextAsync("neurons: The number of outputs, at least 1.");

        // Many keys one after another: the last text counts.
        await keyboard.PressAsync("Control+End");
        await keyboard.TypeAsync("[Network(4)] [Dense(0)] public partial class Other;");
        await Assertions.Expect(page["compiler-state"]).ToContainTextAsync("1 error. Line 6: ");
        await Assertions.Expect(page.Page.Locator(".editor .error")).ToHaveTextAsync("0");
        Assert.Contains($"compiler={Encode(await page["source"].InputValueAsync())}", page.Page.Url, StringComparison.Ordinal);

        for (int i = 0; i < 3; i++)
        {
            await keyboard.PressAsync("Control+z");
        }

        await keyboard.PressAsync("Control+a");
        await keyboard.TypeAsync("class Nothing;");
        await Assertions.Expect(page["compiler-state"]).ToHaveTextAsync("It compiles, but declares no network: a partial class with [Network].");
        await Assertions.Expect(page["train-typed"]).ToBeDisabledAsync();

        // The tabs are one stop; arrows go from one to the other.
        await page["compiler-tab"].FocusAsync();
        await keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(page["training-tab"]).ToBeFocusedAsync();
        await Assertions.Expect(page["training-panel"]).ToBeVisibleAsync();
        Assert.DoesNotContain("compiler=", page.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Network_that_does_not_fit_the_points_says_which_shape_they_need()
    {
        const string Text = "[Network(28, 28, 1)]\n[Dense(10)]\n[SoftmaxCrossEntropy]\npublic partial class Net;\n";

        await using PlaygroundPage page = await browser.OpenAsync($"#layers=0&compiler={Encode(Text)}");
        await WaitForAsync(page, "sound");
        await page["train-typed"].ClickAsync();

        await Assertions.Expect(page["message"]).ToContainTextAsync("[Network(2)]");
        await Assertions.Expect(page["run"]).ToBeDisabledAsync();
    }

    [Fact]
    public async Task Network_that_tells_no_classes_apart_is_refused_where_it_was_typed()
    {
        const string Text = "[Network(2)]\n[Dense(1)]\n[MeanSquaredError]\npublic partial class Net;\n";

        await using PlaygroundPage page = await browser.OpenAsync($"#layers=0&compiler={Encode(Text)}");
        await WaitForAsync(page, "sound");
        await page["train-typed"].ClickAsync();

        await Assertions.Expect(page["compiler-state"]).ToHaveTextAsync(
            "It can't be trained: 'Net' tells no classes apart: the page trains networks with one loss of classes, such as [SoftmaxCrossEntropy].");
        await Assertions.Expect(page["compiler-panel"]).ToBeVisibleAsync();
        await Assertions.Expect(page["train-typed"]).ToBeEnabledAsync();
    }

    [Fact]
    public async Task Address_restores_a_typed_network_and_its_program_has_the_types_beside_it()
    {
        const string Text = """
            [Network(2)] [Dense(Sizes.Hidden)] [Tanh] [Dense(3)] [SoftmaxCrossEntropy]
            public partial class Net;

            internal static class Sizes
            {
                public const int Hidden = 100;
            }

            """;

        await using PlaygroundPage page = await browser.OpenAsync($"#layers=0&typed={Encode(Text.ReplaceLineEndings("\n"))}");
        await page.WaitForStateAsync("ready");
        await Assertions.Expect(page["state"]).ToContainTextAsync("Net: 603 parameters");
        await Assertions.Expect(page["typed"]).ToBeVisibleAsync();
        await Assertions.Expect(page["network"]).ToContainTextAsync("Tanh1: 64 of 100");
        await page["step"].ClickAsync();
        await Assertions.Expect(page["steps"]).ToHaveTextAsync("1");

        await page["as-csharp"].ClickAsync();
        await Assertions.Expect(page["csharp"]).ToContainTextAsync("partial class");
        _ = Programs.Compile(await page["csharp"].InnerTextAsync(), Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);
        await page["close-code"].ClickAsync();

        // The text is there to be changed, and its attributes have their colour.
        await page["compiler-tab"].ClickAsync();
        await WaitForAsync(page, "sound");
        await Assertions.Expect(page["source"]).ToHaveValueAsync(Text.ReplaceLineEndings("\n"));
        await Assertions.Expect(page.Page.Locator(".editor .attribute")).ToHaveTextAsync(["Network", "Dense", "Tanh", "Dense", "SoftmaxCrossEntropy"]);
        await page["training-tab"].ClickAsync();
        Assert.EndsWith($"#layers=0&typed={Encode(Text.ReplaceLineEndings("\n"))}", page.Page.Url, StringComparison.Ordinal);

        await page["untyped"].ClickAsync();
        await Assertions.Expect(page["state"]).ToContainTextAsync("LinearNetTo3");
        Assert.EndsWith("#layers=0", page.Page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("**/Microsoft.CodeAnalysis.wasm")]
    [InlineData("**/dotnet.native.wasm")]
    [InlineData("**/compiler-worker.js")]
    public async Task Compiler_that_does_not_come_is_said_and_the_training_goes_on(string file)
    {
        await using PlaygroundPage page = await browser.OpenAsync("#layers=0");
        await page.BreakAsync(file);
        await page["compiler-tab"].ClickAsync();
        await WaitForAsync(page, "failed");
        await page["source"].FillAsync(Faulty);

        await Assertions.Expect(page["compiler-state"]).ToContainTextAsync("The compiler could not be started: ");
        await Assertions.Expect(page["compiler-state"]).ToContainTextAsync("Load the page again");
        await page["training-tab"].ClickAsync();
        await page["step"].ClickAsync();
        await Assertions.Expect(page["steps"]).ToHaveTextAsync("1");
    }

    [Fact]
    public async Task Network_of_an_address_that_was_cut_off_is_named()
    {
        await using PlaygroundPage page = await browser.OpenAsync("#layers=0&typed=%25%25");

        await Assertions.Expect(page["message"]).ToHaveTextAsync("The network of this address can't be trained: its text was cut off.");
        await page.WaitForStateAsync("ready");
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Tab_is_accessible_and_fits_the_window(int width, ColorScheme scheme)
    {
        BrowserNewContextOptions options = new() { ViewportSize = new() { Width = width, Height = 844 }, ColorScheme = scheme };
        await using PlaygroundPage page = await browser.OpenAsync($"#layers=0&compiler={Encode(Faulty)}", options);
        await WaitForAsync(page, "faulty");
        AxeResult result = await page.Page.RunAxe();

        Assert.Empty(result.Violations.Select(static violation =>
            $"{violation.Id}: {violation.Help} ({string.Join(", ", violation.Nodes.Select(static node => node.Target.ToString()))})"));
        Assert.InRange(await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, width);
    }

    private static async Task WaitForAsync(PlaygroundPage page, string state) =>
        await page.Page.WaitForSelectorAsync($"#compiler-panel[data-state={state}]");

    private static string Encode(string text) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).Replace('+', '-').Replace('/', '_').TrimEnd('=');
}
