namespace Nnfs.Sweeps.Cluster;

/// <summary>One core of one silo, by a key that says which: <see cref="CorePlacement"/>.</summary>
[Alias("nnfs.sweeps.core")]
internal interface ICoreGrain : IGrainWithStringKey
{
    /// <summary>What the silo can do.</summary>
    [Alias("describe")]
    Task<SiloFacts> DescribeAsync();

    /// <summary>Starts an order. An order that was started already goes on.</summary>
    /// <returns>Whether it is started; if not, the core is at another, or the silo is being stopped.</returns>
    [Alias("start")]
    Task<bool> StartAsync(TrialOrder order);

    /// <summary>Waits for news of an order. Nobody asking for a while stops it.</summary>
    /// <param name="ticket">The order.</param>
    /// <param name="atMost">How long to wait for its end.</param>
    [Alias("wait")]
    Task<RunReport> WaitAsync(Guid ticket, TimeSpan atMost);

    /// <summary>Stops an order, if it is under way.</summary>
    [Alias("stop")]
    Task StopAsync(Guid ticket);
}
