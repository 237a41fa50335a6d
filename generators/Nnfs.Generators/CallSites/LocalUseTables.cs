using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Nnfs.Generators.CallSites;

/// <summary>The tables of the bodies that call networks, each made once and kept no longer than the body's operations.</summary>
internal sealed class LocalUseTables
{
    private readonly ConditionalWeakTable<IOperation, LocalUseTable> _tables = new();

    /// <summary>The table of the whole body, lambdas and local functions included, that an operation stands in.</summary>
    public LocalUseTable Of(IOperation operation)
    {
        while (operation.Parent is { } parent)
        {
            operation = parent;
        }

        return _tables.GetValue(operation, static root => new LocalUseTable(root));
    }
}
