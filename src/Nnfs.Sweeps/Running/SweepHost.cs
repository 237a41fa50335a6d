using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace Nnfs.Sweeps.Running;

/// <summary>What a sweep runs on: a silo of its own in this process, or a connection to a cluster.</summary>
internal sealed class SweepHost : IAsyncDisposable
{
    private readonly IHost _host;

    private SweepHost(IHost host) => _host = host;

    /// <summary>The cluster.</summary>
    public IClusterClient Client => _host.Services.GetRequiredService<IClusterClient>();

    /// <summary>Starts a silo in this process that no other machine can reach.</summary>
    public static async Task<SweepHost> EmbedAsync(Objective objective, int cores, CancellationToken cancellationToken)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        int port = FreePorts.Take(IPAddress.Loopback);

        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(port, gatewayPort: 0, new IPEndPoint(IPAddress.Loopback, port))
            .AddSweeps(cores, objective));

        return await StartAsync(builder.Build(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Connects to a cluster.</summary>
    /// <exception cref="TimeoutException">No silo answered in time, nor perhaps the table.</exception>
    /// <exception cref="IOException">The table can't be read, nor will it be later, or the provider of the database is missing.</exception>
    public static async Task<SweepHost> ConnectAsync(SweepCluster cluster, TimeSpan timeout, CancellationToken cancellationToken)
    {
        cluster.RequireProvider();

        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        using CancellationTokenSource wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        wait.CancelAfter(timeout);
        CancellationToken waiting = wait.Token;
        Exception? last = null;

        builder.UseOrleansClient(client =>
        {
            cluster.Configure(client);

            // A silo that was killed does not answer; one that comes is soon found.
            client.Configure<ClientMessagingOptions>(static messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(10));
            client.Configure<GatewayOptions>(static gateways => gateways.GatewayListRefreshPeriod = TimeSpan.FromSeconds(5));
            client.UseConnectionRetryFilter(async (exception, _) =>
            {
                last = exception;

                if (cluster.IsTableWrong(exception))
                {
                    return false;
                }

                try
                {
                    await Task.Delay(TimeSpan.FromSeconds(1), waiting).ConfigureAwait(false);
                }
                catch (OperationCanceledException)
                {
                    return false;
                }

                return true;
            });
        });

        try
        {
            return await StartAsync(builder.Build(), waiting).ConfigureAwait(false);
        }
        catch (Exception exception) when (!waiting.IsCancellationRequested && cluster.WhyNoTable(exception) is { } reason)
        {
            throw new IOException(reason, exception);
        }
        catch (Exception exception) when (waiting.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            last ??= exception;

            throw new TimeoutException(
                cluster.WhyNoTable(last)
                ?? $"No silo of {cluster.Description} answered for {timeout.TotalSeconds:0} s. Start one with SweepSilo.RunAsync. {last.Message}",
                last);
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested && exception is not OperationCanceledException)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None).ConfigureAwait(false);

        if (_host is IAsyncDisposable host)
        {
            await host.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task<SweepHost> StartAsync(IHost host, CancellationToken cancellationToken)
    {
        try
        {
            await host.StartAsync(cancellationToken).ConfigureAwait(false);

            return new SweepHost(host);
        }
        catch
        {
            host.Dispose();

            throw;
        }
    }
}
