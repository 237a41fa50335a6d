using Nnfs.Sweeps.Parameters;
using Nnfs.Sweeps.Running;

namespace Nnfs.Sweeps;

/// <summary>Sweeps: many trainings with different options, to find good ones.</summary>
/// <remarks>
/// Orleans distributes the trials over the cores: of this process, or of the silos of a cluster. The figures depend on objective, search, epochs and seed
/// alone: not on the number of cores or silos, nor on silos that are lost on the way, whose trials are trained again elsewhere.
/// </remarks>
public static class Sweep
{
    /// <summary>Makes a sweep, in this process or in the cluster that the options name.</summary>
    /// <param name="objective">What is trained.</param>
    /// <param name="options">How the sweep is made; the defaults where it is null.</param>
    /// <param name="cancellationToken">Ends the sweep with the trials that there are, and without an exception.</param>
    /// <returns>The trials, with those that have failed.</returns>
    /// <exception cref="ArgumentException">
    /// The space is empty or has a name twice or one of another column, the search does not fit, or the folder has the results of another sweep.
    /// </exception>
    /// <exception cref="TimeoutException">No silo of the cluster was there for <see cref="SweepOptions.SiloTimeout"/>.</exception>
    /// <exception cref="InvalidDataException">The file of results in the folder is damaged.</exception>
    /// <exception cref="IOException">
    /// The folder cannot be written, another sweep is running in it, or the table of the cluster can't be read.
    /// </exception>
    public static async Task<SweepResult> RunAsync(Objective objective, SweepOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new SweepOptions();
        Require(objective, options);
        SweepHost host;

        try
        {
            host = options.Cluster is { } cluster
                ? await SweepHost.ConnectAsync(cluster, options.SiloTimeout, cancellationToken).ConfigureAwait(false)
                : await SweepHost.EmbedAsync(objective, options.Cores, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new SweepResult(objective, [], best: null, TimeSpan.Zero);
        }

        await using (host.ConfigureAwait(false))
        {
            return await RunOnAsync(host.Client, objective, options, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Makes a sweep in a cluster that this process is connected to: one of your own, whose silos have
    /// <see cref="SweepSilo.AddSweeps(ISiloBuilder, int, Objective[])"/>.
    /// </summary>
    /// <param name="client">The cluster.</param>
    /// <param name="objective">What is trained.</param>
    /// <param name="options">How the sweep is made; the defaults where it is null. Cluster and cores are those of the client.</param>
    /// <param name="cancellationToken">Ends the sweep with the trials that there are, and without an exception.</param>
    /// <returns>The trials, with those that have failed.</returns>
    /// <exception cref="ArgumentException">
    /// The space is empty or has a name twice or one of another column, the search does not fit, or the folder has the results of another sweep.
    /// </exception>
    /// <exception cref="TimeoutException">No silo of the cluster was there for <see cref="SweepOptions.SiloTimeout"/>.</exception>
    /// <exception cref="InvalidDataException">The file of results in the folder is damaged.</exception>
    /// <exception cref="IOException">The folder cannot be written, or another sweep is running in it.</exception>
    public static async Task<SweepResult> RunOnAsync(
        IClusterClient client, Objective objective, SweepOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        options ??= new SweepOptions();
        Require(objective, options);

        if (options.Folder is { } folder)
        {
            string path = Path.GetFullPath(folder);
            using ResultsFile file = ResultsFile.Open(path, objective, options);

            return await new SweepRun(client, objective, options, file, file.Checkpoints).RunAsync(cancellationToken).ConfigureAwait(false);
        }

        // Halving goes on from checkpoints, whether they are kept or not.
        DirectoryInfo temporary = Directory.CreateTempSubdirectory("nnfs-sweep-");

        try
        {
            return await new SweepRun(client, objective, options, file: null, temporary.FullName).RunAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Delete(temporary);
        }
    }

    /// <summary>Tells what does not fit before anything is started or written.</summary>
    private static void Require(Objective objective, SweepOptions options)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ParameterSpace.Require(objective);
        options.Search.Rungs(options.Search.Draw(objective.Space, options.Seed).Count, options.Epochs);
    }

    private static void Delete(DirectoryInfo temporary)
    {
        try
        {
            temporary.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A silo that was thought lost may still be writing there; the system empties its temporary folder one day.
        }
    }
}
