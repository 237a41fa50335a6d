using Microsoft.Playwright;

namespace Nnfs.Playground.Tests;

/// <summary>Debian's Chromium and the page's server, started once for all tests.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium";

    private readonly Site _site = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Where the page is.</summary>
    public string Address => _site.Address;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Program))
        {
            throw new FileNotFoundException($"The tests of the playground need {Program}: install Debian's package chromium.");
        }

        Assertions.SetDefaultExpectTimeout(PlaygroundPage.Patience);
        _playwright = await Microsoft.Playwright.Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--disable-quic",
            ],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _site.Dispose();
    }

    /// <summary>Opens the page, in a browser's window of its own, and waits until a network is there.</summary>
    /// <param name="fragment">The state in the address.</param>
    /// <param name="options">Size and colour scheme.</param>
    internal async Task<PlaygroundPage> OpenAsync(string fragment = "", BrowserNewContextOptions? options = null)
    {
        IBrowserContext context = await _browser!.NewContextAsync(options ?? new());
        context.SetDefaultTimeout(PlaygroundPage.Patience);
        PlaygroundPage page = new(await context.NewPageAsync(), Address);
        await page.Page.GotoAsync(Address + fragment);
        await page.WaitForStateAsync("ready", "faulty", "failed");

        return page;
    }
}
