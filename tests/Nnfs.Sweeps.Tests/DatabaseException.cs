using System.Data.Common;

namespace Nnfs.Sweeps.Tests;

/// <summary>What a provider throws: with the state that the server has answered, or without one where it has not answered.</summary>
internal sealed class DatabaseException(string message, string? sqlState, bool isTransient) : DbException(message)
{
    /// <inheritdoc/>
    public override string? SqlState => sqlState;

    /// <inheritdoc/>
    public override bool IsTransient => isTransient;
}
