using Microsoft.Extensions.Hosting;

namespace Nnfs.Sweeps.Running;

/// <summary>Leaves signals such as Ctrl+C to the program that makes the sweep.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
