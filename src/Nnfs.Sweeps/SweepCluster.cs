using System.Data.Common;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Nnfs.Sweeps.Running;
using Orleans.Configuration;
using StackExchange.Redis;

namespace Nnfs.Sweeps;

/// <summary>
/// A cluster of silos, which find one another by a table in Redis or in a database. The process that makes the sweep and those of the silos name the same
/// table and the same <see cref="ClusterId"/>.
/// </summary>
public sealed record SweepCluster
{
    private readonly Action<ISiloBuilder> _configureSilo;
    private readonly Action<IClientBuilder> _configureClient;
    private readonly string _table;
    private readonly DatabaseProvider? _provider;

    private SweepCluster(
        string table, Action<ISiloBuilder> configureSilo, Action<IClientBuilder> configureClient, DatabaseProvider? provider = null)
    {
        _table = table;
        _provider = provider;
        _configureSilo = configureSilo;
        _configureClient = configureClient;
    }

    /// <summary>The name of the cluster, for several that share a table. The default is <c>sweeps</c>.</summary>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string ClusterId
    {
        get;
        init => field = string.IsNullOrWhiteSpace(value) ? throw new ArgumentException("ClusterId must be a name, but is empty.", nameof(ClusterId)) : value;
    } = "sweeps";

    /// <summary>
    /// The address at which other machines reach the silo of this process. <see langword="null"/>, the default, is the first one of this machine;
    /// <c>127.0.0.1</c> keeps a cluster on one machine.
    /// </summary>
    public IPAddress? Address { get; init; }

    /// <summary>The port at which other silos reach this one, for firewalls; 0, the default, takes a free one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is no port.</exception>
    public int SiloPort
    {
        get;
        init => field = Port(value, nameof(SiloPort));
    }

    /// <summary>The port at which the process that makes the sweep reaches this silo, for firewalls; 0, the default, takes a free one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is no port.</exception>
    public int GatewayPort
    {
        get;
        init => field = Port(value, nameof(GatewayPort));
    }

    /// <summary>The cluster and its table, for messages. Connection strings may hold passwords, and are not part of it.</summary>
    internal string Description => $"the cluster '{ClusterId}' in {_table}";

    /// <summary>A cluster whose table is in Redis.</summary>
    /// <param name="connectionString">How Redis is reached, such as <c>localhost:6379</c>.</param>
    /// <exception cref="ArgumentException">The connection string is empty or can't be read.</exception>
    public static SweepCluster Redis(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        ConfigurationOptions options = ConfigurationOptions.Parse(connectionString);

        // Redis may be away for a moment.
        options.AbortOnConnectFail = false;

        return new SweepCluster(
            $"Redis at {string.Join(", ", options.EndPoints.Select(Text))}",
            silo => silo.UseRedisClustering(redis => redis.ConfigurationOptions = options),
            client => client.UseRedisClustering(redis => redis.ConfigurationOptions = options));
    }

    /// <summary>
    /// A cluster whose table is in a database that ADO.NET reaches. The database needs the tables of Orleans for clustering, whose scripts are in its
    /// documentation, and the program the package of the provider; nothing has to be registered.
    /// </summary>
    /// <param name="invariant">
    /// The invariant name of the provider: <c>Npgsql</c>, <c>Microsoft.Data.SqlClient</c>, <c>MySql.Data.MySqlClient</c>, <c>MySql.Data.MySqlConnector</c>
    /// or <c>Oracle.DataAccess.Client</c>.
    /// </param>
    /// <param name="connectionString">How the database is reached.</param>
    /// <exception cref="ArgumentException">The invariant name is none of these, or the connection string is empty or can't be read.</exception>
    public static SweepCluster AdoNet(string invariant, string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(invariant);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        DatabaseProvider provider = DatabaseProvider.Of(invariant);

        try
        {
            _ = new DbConnectionStringBuilder { ConnectionString = connectionString };
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException(
                $"The connection string must be pairs such as 'Host=db;Database=sweeps'. {exception.Message}", nameof(connectionString));
        }

        return new SweepCluster(
            $"a database of {invariant}",
            silo => silo.UseAdoNetClustering(database => (database.Invariant, database.ConnectionString) = (invariant, connectionString)),
            client => client.UseAdoNetClustering(database => (database.Invariant, database.ConnectionString) = (invariant, connectionString)),
            provider);
    }

    /// <summary>
    /// A cluster by configuration, such as a section of <c>appsettings.json</c> or variables of the environment. <c>Clustering</c> is <c>Redis</c> or
    /// <c>AdoNet</c>; <c>ConnectionString</c>, for ADO.NET <c>Invariant</c>, and where they are not the defaults <c>ClusterId</c>, <c>Address</c>,
    /// <c>SiloPort</c> and <c>GatewayPort</c> are as here.
    /// </summary>
    /// <param name="section">The section.</param>
    /// <exception cref="ArgumentException">A setting is missing or can't be read.</exception>
    public static SweepCluster FromConfiguration(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        string? clustering = section["Clustering"];
        SweepCluster cluster = clustering?.ToUpperInvariant() switch
        {
            "REDIS" => Redis(Required("ConnectionString")),
            "ADONET" => AdoNet(Required("Invariant"), Required("ConnectionString")),
            _ => throw new ArgumentException($"The setting 'Clustering' must be 'Redis' or 'AdoNet', but is '{clustering}'.", nameof(section)),
        };

        return cluster with
        {
            ClusterId = section["ClusterId"] ?? cluster.ClusterId,
            Address = section["Address"] is { } address ? AddressOf(address) : null,
            SiloPort = Number("SiloPort"),
            GatewayPort = Number("GatewayPort"),
        };

        string Required(string name) => section[name] is { Length: > 0 } value
            ? value
            : throw new ArgumentException($"With 'Clustering' set to '{clustering}', the setting '{name}' is needed, but it is missing.", nameof(section));

        int Number(string name) => section[name] is not { } text
            ? 0
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? number
                : throw new ArgumentException($"The setting '{name}' must be a port, but is '{text}'.", nameof(section));

        static IPAddress AddressOf(string text) => IPAddress.TryParse(text, out IPAddress? address)
            ? address
            : throw new ArgumentException($"The setting 'Address' must be an IP address, but is '{text}'.", nameof(section));
    }

    /// <summary>Sets up a silo of the cluster.</summary>
    internal void Configure(ISiloBuilder silo)
    {
        _configureSilo(silo);
        silo.Configure<ClusterOptions>(Name);
        IPAddress listening = Address ?? IPAddress.Any;
        int siloPort = SiloPort == 0 ? FreePorts.Take(listening) : SiloPort;
        int gatewayPort = GatewayPort == 0 ? FreePorts.Take(listening) : GatewayPort;

        if (Address is null)
        {
            silo.ConfigureEndpoints(siloPort, gatewayPort, listenOnAnyHostAddress: true);
        }
        else
        {
            silo.ConfigureEndpoints(Address, siloPort, gatewayPort);
        }
    }

    /// <summary>Sets up a connection to the cluster.</summary>
    internal void Configure(IClientBuilder client)
    {
        _configureClient(client);
        client.Configure<ClusterOptions>(Name);
    }

    /// <summary>Tells at once where the program can't reach any table.</summary>
    /// <exception cref="IOException">The provider of the database is missing.</exception>
    internal void RequireProvider() => _provider?.Require();

    /// <summary>What to tell where an exception comes from the table; nothing where it does not. Those of Redis say much that helps nobody.</summary>
    internal string? WhyNoTable(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is RedisException or RedisTimeoutException)
            {
                return $"The table of {Description} can't be reached. Does Redis run there, and is the connection string right?";
            }

            if (exception is DbException || IsRefused(exception))
            {
                // Some have more lines, such as the position in a query that nobody here has written.
                string message = exception.Message.ReplaceLineEndings("\n").Split('\n')[0].TrimEnd('.');

                return $"The tables of {Description} can't be read: {message}. Does the server run, is the connection string right, and have all of Orleans' "
                    + "scripts for clustering been run in the database: Main, Clustering and the migrations?";
            }
        }

        return null;
    }

    /// <summary>
    /// Whether waiting helps nothing: the server has answered that it has no such database or table, the tables are not those of this version, or the
    /// connection string can't be read. A server that does not answer may only be away for a moment.
    /// </summary>
    internal bool IsTableWrong(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is DbException database)
            {
                return database is { SqlState.Length: > 0, IsTransient: false };
            }

            if (IsRefused(exception))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the provider can't read the connection string, or Orleans misses some of its queries in the database.</summary>
    private bool IsRefused(Exception exception) =>
        _provider is not null && exception is ArgumentException && (exception.Source == _provider.Assembly || exception.Source == "Orleans.Clustering.AdoNet");

    private static int Port(int value, string name) => value is >= 0 and <= 65535
        ? value
        : throw new ArgumentOutOfRangeException(name, value, string.Create(CultureInfo.InvariantCulture, $"{name} must be from 0 to 65535, but is {value}."));

    private static string Text(EndPoint endPoint) => endPoint is DnsEndPoint dns ? $"{dns.Host}:{dns.Port}" : endPoint.ToString()!;

    private void Name(ClusterOptions options) => (options.ClusterId, options.ServiceId) = (ClusterId, "nnfs-sweeps");
}
