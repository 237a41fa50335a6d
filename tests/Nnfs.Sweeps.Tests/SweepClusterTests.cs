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
    }

    [Fact]
    public void AddSweeps_withoutObjectives_throws()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(settings: null);

        builder.UseOrleans(static silo =>
        {
            Assert.Throws<ArgumentException>(() => silo.AddSweeps(cores: 1));
            Assert.Throws<ArgumentOutOfRangeException>(() => silo.AddSweeps(cores: 0, new CurveObjective()));
        });
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
