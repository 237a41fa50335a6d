using System.Net;
using System.Net.Sockets;
using System.Reflection;

namespace Nnfs.Playground.Tests;

/// <summary>Serves the page as a web server would: files of two folders, the page's own and those of the program's build.</summary>
internal sealed class Site : IDisposable
{
    private static readonly Dictionary<string, string> s_types = new(StringComparer.Ordinal)
    {
        [".css"] = "text/css",
        [".html"] = "text/html",
        [".js"] = "text/javascript",
        [".json"] = "application/json",
        [".svg"] = "image/svg+xml",
        [".wasm"] = "application/wasm",
    };

    private readonly HttpListener _listener;
    private readonly string[] _folders = [Folder("PageFolder"), Folder("BuildFolder")];

    public Site()
    {
        (_listener, Address) = Listen();
        _ = ServeAsync();
    }

    /// <summary>Where the page is.</summary>
    public string Address { get; }

    public void Dispose() => _listener.Close();

    private static string Folder(string name)
    {
        string folder = Path.GetFullPath(
            typeof(Site).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == name).Value!);

        return Directory.Exists(folder) ? folder : throw new DirectoryNotFoundException($"Expected the page in '{folder}': build samples/Playground first.");
    }

    /// <summary>A port that is free now may be taken a moment later, so that this tries a few times.</summary>
    private static (HttpListener Listener, string Address) Listen()
    {
        for (int attempt = 1; ; attempt++)
        {
            using TcpListener probe = new(IPAddress.Loopback, 0);
            probe.Start();
            string address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/playground/";
            probe.Stop();

            HttpListener listener = new();
            listener.Prefixes.Add(address);

            try
            {
                listener.Start();

                return (listener, address);
            }
            catch (HttpListenerException) when (attempt < 10)
            {
                listener.Close();
            }
        }
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext request;

            try
            {
                request = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _ = Task.Run(() => AnswerAsync(request));
        }
    }

    private async Task AnswerAsync(HttpListenerContext request)
    {
        try
        {
            string name = request.Request.Url!.AbsolutePath["/playground/".Length..];
            name = name.Length == 0 ? "index.html" : name;
            string? file = _folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

            if (file is null)
            {
                request.Response.StatusCode = 404;
            }
            else
            {
                byte[] content = await File.ReadAllBytesAsync(file);
                request.Response.ContentType = s_types.GetValueOrDefault(Path.GetExtension(file), "application/octet-stream");
                request.Response.ContentLength64 = content.Length;
                await request.Response.OutputStream.WriteAsync(content);
            }

            request.Response.Close();
        }
        catch (Exception exception) when (exception is HttpListenerException or IOException or ObjectDisposedException)
        {
            // The browser has gone on to another page.
        }
    }
}
