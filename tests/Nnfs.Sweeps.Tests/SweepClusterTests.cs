using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Clustering.Redis;
using Orleans.Configuration;

namespace Nnfs.Sweeps.Tests;

public sealed class SweepClusterTests
{
    [Fact]
    public void AdoNet_ofConfiguration_setsUpSiloAndClient()
    {
        SweepCluster cluster = SweepCluster.FromConfiguration(Section(
            ("Clustering", "adonet"),
            ("Invariant", "Npgsql"),
            ("ConnectionString", "Host=db"),
            ("ClusterId", "night"),
            ("Address", "127.0.0.1"),
            ("SiloPort", "11000"),
            ("GatewayPort", "30001")));

        using IHost silo = Silo(cluster);
        AdoNetClusteringSiloOptions ofSilo = silo.Services.GetRequiredService<IOptions<AdoNetClusteringSiloOptions>>().Value;
        EndpointOptions endpoints = silo.Services.GetRequiredService<IOptions<EndpointOptions>>().Value;
        Assert.Equal(("Npgsql", "Host=db"), (ofSilo.Invariant, ofSilo.ConnectionString));
        Assert.Equal((IPAddress.Loopback, 11000, 30001), (endpoints.AdvertisedIPAddress, endpoints.SiloPort, endpoints.GatewayPort));
        Assert.Equal("night", silo.Services.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId);

        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.UseOrleansClient(cluster.Configure);
        using IHost client = builder.Build();
        AdoNetClusteringClientOptions ofClient = client.Services.GetRequiredService<IOptions<AdoNetClusteringClientOptions>>().Value;
        Assert.Equal(("Npgsql", "Host=db"), (ofClient.Invariant, ofClient.ConnectionString));
        Assert.Equal(
            silo.Services.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId,
            client.Services.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId);
    }

    [Fact]
    public void Redis_ofConfiguration_setsUpASiloWithFreePorts()
    {
        SweepCluster cluster = SweepCluster.FromConfiguration(Section(("Clustering", "Redis"), ("ConnectionString", "localhost:1,password=secret")));

        using IHost silo = Silo(cluster);
        RedisClusteringOptions redis = silo.Services.GetRequiredService<IOptions<RedisClusteringOptions>>().Value;
        Assert.Contains("localhost:1", redis.ConfigurationOptions!.ToString(), StringComparison.Ordinal);
        EndpointOptions endpoints = silo.Services.GetRequiredService<IOptions<EndpointOptions>>().Value;
        Assert.InRange(endpoints.SiloPort, 1024, 65535);
        Assert.InRange(endpoints.GatewayPort, 1024, 65535);
        Assert.Equal("sweeps", silo.Services.GetRequiredService<IOptions<ClusterOptions>>().Value.ClusterId);

        // Messages and logs have no passwords.
        Assert.DoesNotContain("secret", cluster.Description + cluster, StringComparison.Ordinal);
        Assert.Equal("the cluster 'sweeps' in Redis at localhost:1", cluster.Description);
    }

    [Theory]
    [InlineData("must be 'Redis' or 'AdoNet', but is ''")]
    [InlineData("must be 'Redis' or 'AdoNet', but is 'Zoo'", "Clustering", "Zoo")]
    [InlineData("'ConnectionString' is needed", "Clustering", "Redis")]
    [InlineData("'Invariant' is needed", "Clustering", "AdoNet", "ConnectionString", "x")]
    [InlineData("or Oracle.DataAccess.Client, but is 'PostgreSQL'", "Clustering", "AdoNet", "Invariant", "PostgreSQL", "ConnectionString", "x")]
    [InlineData("'SiloPort' must be a port, but is 'x'", "Clustering", "Redis", "ConnectionString", "h:1", "SiloPort", "x")]
    [InlineData("'Address' must be an IP address, but is 'x'", "Clustering", "Redis", "ConnectionString", "h:1", "Address", "x")]
    public void Configuration_thatCannotBe_saysWhatIsExpected(string message, params string[] settings) => Assert.Contains(
        message,
        Assert.Throws<ArgumentException>(() => SweepCluster.FromConfiguration(
            Section([.. settings.Chunk(2).Select(static pair => (pair[0], pair[1]))]))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Settings_outOfRange_throw()
    {
        SweepCluster cluster = SweepCluster.Redis("localhost");

        Assert.Contains("but is 65536", Assert.Throws<ArgumentOutOfRangeException>(() => cluster with { SiloPort = 65536 }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => cluster with { GatewayPort = -1 });
        Assert.Throws<ArgumentException>(() => cluster with { ClusterId = " " });
        Assert.Throws<ArgumentException>(static () => SweepCluster.Redis(""));
        Assert.Throws<ArgumentException>(static () => SweepCluster.AdoNet("Npgsql", ""));
        ArgumentException noPairs = Assert.Throws<ArgumentException>(static () => SweepCluster.AdoNet("Npgsql", "secret"));
        Assert.Contains("must be pairs", noPairs.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", noPairs.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddSweeps_withoutObjectivesOrWithOneTwice_throws()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);

        builder.UseOrleans(static silo =>
        {
            Assert.Throws<ArgumentException>(() => silo.AddSweeps(cores: 1));
            Assert.Throws<ArgumentOutOfRangeException>(() => silo.AddSweeps(cores: 0, new CurveObjective()));
            Assert.Contains(
                $"'{typeof(CurveObjective)}' is there 2 times",
                Assert.Throws<ArgumentException>(() => silo.AddSweeps(cores: 1, new CurveObjective(), new CurveObjective())).Message,
                StringComparison.Ordinal);
        });
    }

    /// <summary>The tests have no provider of any database.</summary>
    [Fact]
    public async Task Provider_thatIsMissing_isNamedBeforeAnythingStarts()
    {
        SweepCluster cluster = SweepCluster.AdoNet("MySql.Data.MySqlConnector", "Server=nowhere.invalid");
        CancellationToken token = TestContext.Current.CancellationToken;
        const string Expected = "The program has no provider for MySql.Data.MySqlConnector. Add its package: dotnet add package MySqlConnector";

        Assert.Equal(
            Expected,
            (await Assert.ThrowsAsync<IOException>(() => SweepSilo.RunAsync(cluster, [new CurveObjective()], cancellationToken: token))).Message);
        Assert.Equal(
            Expected,
            (await Assert.ThrowsAsync<IOException>(
                () => Sweep.RunAsync(new CurveObjective(), new SweepOptions { Cluster = cluster }, token))).Message);
    }

    /// <summary>What PostgreSQL, a server that is down, Npgsql and Orleans say, as seen with a database.</summary>
    [Fact]
    public void TableOfADatabase_thatCannotBeRead_isNamedWithItsReason()
    {
        SweepCluster cluster = SweepCluster.AdoNet("Npgsql", "Host=db;Password=secret");
        DatabaseException noTable = new("42P01: relation \"orleansquery\" does not exist\n\nPOSITION: 33", "42P01", isTransient: false);
        DatabaseException starting = new("57P03: the database system is starting up", "57P03", isTransient: true);
        DatabaseException down = new("Failed to connect to 127.0.0.1:1", sqlState: null, isTransient: true);
        ArgumentException connectionString = new("Couldn't set hst") { Source = "Npgsql" };
        ArgumentException oldTables = new("Not all required queries found. Missing are: CleanupDefunctSiloEntriesKey") { Source = "Orleans.Clustering.AdoNet" };

        Assert.Equal(
            "The tables of the cluster 'sweeps' in a database of Npgsql can't be read: 42P01: relation \"orleansquery\" does not exist. Does the server run, "
            + "is the connection string right, and have all of Orleans' scripts for clustering been run in the database: Main, Clustering and the migrations?",
            cluster.WhyNoTable(new AggregateException(noTable)));
        Assert.Contains(" can't be read: Failed to connect to 127.0.0.1:1. Does the server run, ", cluster.WhyNoTable(down), StringComparison.Ordinal);
        Assert.Contains(" can't be read: Couldn't set hst. ", cluster.WhyNoTable(connectionString), StringComparison.Ordinal);
        Assert.Contains(" Missing are: CleanupDefunctSiloEntriesKey. ", cluster.WhyNoTable(oldTables), StringComparison.Ordinal);

        // A sweep waits for a server, but not for tables that somebody must make.
        Assert.Equal(
            [true, true, true, false, false],
            ((Exception[])[new AggregateException(noTable), connectionString, oldTables, starting, down]).Select(cluster.IsTableWrong));

        // Faults of others are theirs.
        Assert.Null(cluster.WhyNoTable(new ArgumentException("x") { Source = "Game" }));
        Assert.Null(SweepCluster.Redis("localhost").WhyNoTable(oldTables));
    }

    private static IHost Silo(SweepCluster cluster)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.UseOrleans(cluster.Configure);

        return builder.Build();
    }

    private static IConfigurationSection Section(params (string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(static setting => new KeyValuePair<string, string?>($"Sweep:{setting.Name}", setting.Value)))
        .Build()
        .GetSection("Sweep");
}
