using System.Globalization;
using Microsoft.Playwright;

namespace Nnfs.Playground.Tests;

/// <summary>The page in a browser. At its end it must have written no error, and asked for nothing outside its folder.</summary>
internal sealed class PlaygroundPage : IAsyncDisposable
{
    /// <summary>What hangs ends after this time, in milliseconds.</summary>
    public const float Patience = 180_000;

    private readonly List<string> _faults = [];
    private bool _isBroken;

    public PlaygroundPage(IPage page, string address)
    {
        Page = page;
        page.Console += (_, message) => Note(message.Type is "error" or "warning", message.Text);
        page.PageError += (_, error) => Note(true, error);
        page.RequestFailed += (_, request) => Note(!request.Url.StartsWith("blob:", StringComparison.Ordinal), $"failed: {request.Url}");
        page.Request += (_, request) =>
            Note(!request.Url.StartsWith(address, StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal), request.Url);
        page.Response += (_, response) => Note(response.Status >= 400, $"{response.Status}: {response.Url}");
    }

    public IPage Page { get; }

    public ILocator this[string id] => Page.Locator($"#{id}");

    /// <summary>The share of points that the page says are right, in percent.</summary>
    public async Task<double> AccuracyAsync(string id) =>
        double.Parse((await this[id].InnerTextAsync()).Replace(" %", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    /// <summary>Waits until the page is in one of some states.</summary>
    public async Task WaitForStateAsync(params string[] states) =>
        await Page.WaitForSelectorAsync(string.Join(", ", states.Select(static state => $"body[data-state={state}]")));

    /// <summary>Starts a training, and ends it when the network is right for a share of the training points.</summary>
    public async Task TrainToAsync(double percent)
    {
        await this["run"].ClickAsync();
        await WaitForAccuracyAsync(percent);
        await this["run"].ClickAsync();
        await WaitForStateAsync("ready");
    }

    /// <summary>Waits until the network is right for a share of the training points.</summary>
    public async Task WaitForAccuracyAsync(double percent) =>
        await Page.WaitForFunctionAsync("percent => parseFloat(document.getElementById('training-accuracy').textContent) >= percent", percent);

    /// <summary>What a download holds.</summary>
    public async Task<byte[]> DownloadAsync(string button)
    {
        IDownload download = await Page.RunAndWaitForDownloadAsync(() => this[button].ClickAsync());
        await using Stream content = await download.CreateReadStreamAsync();
        using MemoryStream bytes = new();
        await content.CopyToAsync(bytes);

        return bytes.ToArray();
    }

    /// <summary>Lets files fail, as without a network; what the browser writes about it is expected.</summary>
    public async Task BreakAsync(string files)
    {
        _isBroken = true;
        await Page.Context.RouteAsync(files, static route => route.AbortAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await Page.Context.DisposeAsync();

        if (_isBroken)
        {
            return;
        }

        lock (_faults)
        {
            Assert.Empty(_faults);
        }
    }

    private void Note(bool isFault, string text)
    {
        if (isFault)
        {
            lock (_faults)
            {
                _faults.Add(text);
            }
        }
    }
}
