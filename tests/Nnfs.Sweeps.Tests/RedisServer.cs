using System.ComponentModel;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Nnfs.Sweeps.Tests;

/// <summary>A Redis of its own for a test.</summary>
internal sealed class RedisServer : IDisposable
{
    private readonly ChildProcess _process;

    private RedisServer(ChildProcess process, string address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>Where it listens.</summary>
    public string Address { get; }

    /// <summary>Starts Redis on a free port, with its files in a folder.</summary>
    public static async Task<RedisServer> StartAsync(string folder, CancellationToken cancellationToken)
    {
        string port = FreePort().ToString(CultureInfo.InvariantCulture);

        try
        {
            ChildProcess process = new(folder, "redis-server", "--port", port, "--bind", "127.0.0.1", "--dir", folder, "--save", "");
            await process.WaitForAsync("Ready to accept connections", cancellationToken);

            return new RedisServer(process, $"127.0.0.1:{port}");
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException("This test needs the program redis-server; Debian has it in the package redis-server.", exception);
        }
    }

    public void Dispose() => _process.Dispose();

    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
