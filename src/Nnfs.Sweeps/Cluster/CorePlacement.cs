using System.Globalization;

namespace Nnfs.Sweeps.Cluster;

/// <summary>
/// A grain of a core is in the silo that its key names: <c>127.0.0.1:11111@70000000/0</c>. So no directory is needed, and none is lost when a silo is.
/// </summary>
internal sealed class CorePlacement : PlacementStrategy
{
    /// <inheritdoc/>
    public override bool IsUsingGrainDirectory => false;

    /// <summary>The key of a core.</summary>
    public static string Key(SiloAddress silo, int core) => string.Create(CultureInfo.InvariantCulture, $"{silo.ToParsableString()}/{core}");

    /// <summary>The silo of a key.</summary>
    public static SiloAddress SiloOf(string key) => SiloAddress.FromParsableString(key[..key.LastIndexOf('/')]);

    /// <summary>The core of a key, from 0.</summary>
    public static int CoreOf(string key) => int.Parse(key.AsSpan(key.LastIndexOf('/') + 1), CultureInfo.InvariantCulture);
}
