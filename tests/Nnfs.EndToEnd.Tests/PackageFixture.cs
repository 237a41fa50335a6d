using System.Reflection;

namespace Nnfs.EndToEnd.Tests;

/// <summary>Packs the package once, and writes a project outside the tree that has only the package.</summary>
public sealed class PackageFixture : IAsyncLifetime
{
    /// <summary>The project that is packed here; building the others for a package that has nothing of them would take a minute.</summary>
    public const string PackedProject = "src/Nnfs/Nnfs.csproj";

    /// <summary>The projects that use the package, each in a folder of its name.</summary>
    private static readonly string[] s_projects =
        ["Consumer", "Model", "Faults", "Unseen", "Hidden", "Library", "WithoutAnalyzers", "FSharp", "FSharpUser", "VisualBasic"];

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("nnfs-package-");

    /// <summary>The folder of the sources that are packed.</summary>
    public string Repository { get; } = Metadata("Repository");

    /// <summary>The folder that the packages were written to.</summary>
    public string Packages => Path.Combine(_root.FullName, "packages");

    /// <summary>The folder of the project that uses the package as it is meant.</summary>
    public string Consumer => Path.Combine(_root.FullName, "Consumer");

    /// <summary>The folder of a project that uses the package.</summary>
    public string Folder(string project) => Path.Combine(_root.FullName, project);

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        // Built apart from the tree's own artifacts, which are those of the tests that run now.
        await CommandLine.RunAsync(
            Repository,
            "dotnet",
            ["pack", PackedProject, "-c", "Release", "-m:1", "-o", Packages, $"-p:ArtifactsPath={Path.Combine(_root.FullName, "artifacts")}"]);

        foreach (string project in s_projects)
        {
            WriteProject(project);
        }

        // The package of this run, and no other: it is restored into a folder of its own. What else is restored comes from
        // wherever this machine restores from.
        await File.WriteAllTextAsync(Path.Combine(_root.FullName, "Directory.Build.props"), $"""
            <Project>
              <PropertyGroup>
                <RestoreAdditionalProjectSources>{Packages}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{Path.Combine(_root.FullName, "restored")}</RestorePackagesPath>
                <RestoreFallbackFolders>{GlobalPackagesFolder()}</RestoreFallbackFolders>
              </PropertyGroup>
            </Project>
            """);
    }

    /// <summary>Packs the templates, in the version of the package.</summary>
    /// <returns>The path of their package.</returns>
    public async Task<string> PackTemplatesAsync()
    {
        await CommandLine.RunAsync(
            Repository,
            "dotnet",
            ["pack", "src/Nnfs.Templates/Nnfs.Templates.csproj", "-c", "Release", "-o", Folder("templates"), $"-p:ArtifactsPath={Folder("artifacts")}"]);

        return Assert.Single(Directory.GetFiles(Folder("templates"), "Nnfs.Templates.*.nupkg"));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _root.Delete(recursive: true);

        return ValueTask.CompletedTask;
    }

    private static string Metadata(string key) => typeof(PackageFixture).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key)
        .Value!;

    private static string GlobalPackagesFolder() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private void WriteProject(string name)
    {
        Directory.CreateDirectory(Path.Combine(_root.FullName, name));

        IEnumerable<string> resources = typeof(PackageFixture).Assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(name + "/", StringComparison.Ordinal));

        foreach (string resource in resources)
        {
            using Stream content = typeof(PackageFixture).Assembly.GetManifestResourceStream(resource)!;
            using FileStream file = File.Create(Path.Combine(_root.FullName, resource));
            content.CopyTo(file);
        }
    }
}
