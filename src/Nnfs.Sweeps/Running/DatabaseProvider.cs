using System.Reflection;

namespace Nnfs.Sweeps.Running;

/// <summary>A provider of ADO.NET that Orleans can keep its tables with.</summary>
/// <param name="Invariant">Its invariant name.</param>
/// <param name="Assembly">The assembly that Orleans loads.</param>
/// <param name="Package">The package that has the assembly.</param>
internal sealed record DatabaseProvider(string Invariant, string Assembly, string Package)
{
    private static readonly DatabaseProvider[] s_all =
    [
        new("Npgsql", "Npgsql", "Npgsql"),
        new("Microsoft.Data.SqlClient", "Microsoft.Data.SqlClient", "Microsoft.Data.SqlClient"),
        new("MySql.Data.MySqlClient", "MySql.Data", "MySql.Data"),
        new("MySql.Data.MySqlConnector", "MySqlConnector", "MySqlConnector"),
        new("Oracle.DataAccess.Client", "Oracle.ManagedDataAccess", "Oracle.ManagedDataAccess.Core"),
    ];

    /// <summary>The provider of that name.</summary>
    /// <exception cref="ArgumentException">Orleans has no tables for it.</exception>
    public static DatabaseProvider Of(string invariant) => Array.Find(s_all, provider => provider.Invariant == invariant) ?? throw new ArgumentException(
        $"The invariant name must be {string.Join(", ", s_all[..^1].Select(static provider => provider.Invariant))} or {s_all[^1].Invariant}, "
        + $"but is '{invariant}'.",
        nameof(invariant));

    /// <summary>Tells at once that the provider is missing: Orleans would look for it again and again.</summary>
    /// <exception cref="IOException">The program has no such assembly.</exception>
    public void Require()
    {
        try
        {
            System.Reflection.Assembly.Load(new AssemblyName(Assembly));
        }
        catch (FileNotFoundException exception)
        {
            throw new IOException($"The program has no provider for {Invariant}. Add its package: dotnet add package {Package}", exception);
        }
    }
}
