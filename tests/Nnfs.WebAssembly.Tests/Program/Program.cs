using System.Runtime.InteropServices;
using Nnfs.WebAssembly;

// Without an argument: what the networks compute, a line for each result, as the test reads them. With "measure": how long they take.
if (args is ["measure"])
{
    Measurements.Print(Console.Out);

    return 0;
}

if (args is not [])
{
    Console.Error.WriteLine($"Expected nothing or 'measure', but got '{string.Join(' ', args)}'.");

    return 2;
}

foreach (Result result in Results.Compute().Concat(OptimizerResults.Compute()))
{
    Write(result);
}

Write(new Result("work items for other threads", [ThreadPool.CompletedWorkItemCount + ThreadPool.PendingWorkItemCount]));

return 0;

static void Write(Result result) => Console.WriteLine($"{result.Name}\t{Convert.ToBase64String(MemoryMarshal.AsBytes(result.Values.AsSpan()))}");
