using System.Reflection;
using Nnfs.Site;

// dotnet run --project docs/Site -- OUTPUT [--playground FOLDER]
if (args is not ([_] or [_, "--playground", _]) || args[0].StartsWith('-'))
{
    Console.Error.WriteLine("Usage: dotnet run --project docs/Site -- OUTPUT [--playground FOLDER]");
    Console.Error.WriteLine("Writes the documentation as HTML into the folder OUTPUT. FOLDER is the playground as it was published: its wwwroot.");

    return 2;
}

string repository = typeof(SiteBuilder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static item => item.Key == "Repository").Value!;

try
{
    int pages = SiteBuilder.Build(repository, output: args[0], playground: args.ElementAtOrDefault(2));
    Console.WriteLine($"{pages} pages: {Path.GetFullPath(Path.Combine(args[0], "index.html"))}");

    return 0;
}
catch (SiteException exception)
{
    Console.Error.WriteLine(exception.Message);

    return 1;
}
