using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Emit;

namespace Nnfs.Generators.Tests;

/// <summary>A compiled assembly of networks, which is unloaded after its disposal.</summary>
internal sealed class LoadedNetworks : IDisposable
{
    private readonly AssemblyLoadContext _context;

    private LoadedNetworks(AssemblyLoadContext context, Assembly assembly)
    {
        _context = context;
        Assembly = assembly;
    }

    public Assembly Assembly { get; }

    public static LoadedNetworks From(Compilation compilation, params IEnumerable<ResourceDescription> resources)
    {
        using MemoryStream image = new();
        EmitResult result = compilation.Emit(image, manifestResources: resources, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        image.Position = 0;

        AssemblyLoadContext context = new(compilation.AssemblyName, isCollectible: true);

        return new LoadedNetworks(context, context.LoadFromStream(image));
    }

    /// <summary>The type of that full name; a nested one after <c>+</c>.</summary>
    public Type this[string name] => Assembly.GetType(name, throwOnError: true)!;

    public void Dispose() => _context.Unload();
}
