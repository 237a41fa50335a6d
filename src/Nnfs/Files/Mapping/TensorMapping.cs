using System.Collections.Immutable;

namespace Nnfs.Files.Mapping;

/// <summary>Finds the tensors of a network in a file by a map, and lists all that is missing, surplus or of another shape.</summary>
internal sealed class TensorMapping
{
    private const int MostInMessages = 50;
    private const string BatchCount = "num_batches_tracked";

    private readonly TensorMap _map;
    private readonly ImmutableArray<LayerInfo> _layers;
    private readonly List<(int Index, MappedLayer Layer)> _mapped = [];
    private readonly ImmutableArray<FileTensor> _tensors;
    private readonly Dictionary<string, FileTensor> _all;
    private readonly HashSet<string> _free;
    private readonly bool _keepsOrder;
    private readonly List<string> _differences = [];

    private TensorMapping(ImmutableArray<LayerInfo> layers, IWeightsFile file, TensorMap map)
    {
        _map = map;
        _layers = layers;
        _keepsOrder = file.KeepsOrder;
        _tensors = file.Tensors;
        _all = file.Tensors.ToDictionary(static tensor => tensor.Name, StringComparer.Ordinal);
        _free = new(_all.Keys, StringComparer.Ordinal);

        for (int i = 0; i < layers.Length; i++)
        {
            if (!layers[i].Tensors.IsEmpty)
            {
                _mapped.Add((i, new MappedLayer(layers[i], map.Layout)));
            }
        }
    }

    /// <summary>The tensors that nothing has taken yet, in the order of the file.</summary>
    private IReadOnlyCollection<FileTensor> Free => [.. _tensors.Where(tensor => _free.Contains(tensor.Name))];

    private bool IsPyTorch => _map.Layout == TensorLayout.PyTorch;

    /// <summary>Reads all tensors of a network from a file.</summary>
    /// <param name="layers">The network's layers.</param>
    /// <param name="network">The network's name.</param>
    /// <param name="file">The file.</param>
    /// <param name="map">Where the tensors are.</param>
    /// <returns>The tensors with their values, row by row. Those that stay as they are aren't among them.</returns>
    /// <exception cref="TensorMapException">The file has other tensors. The message has a line for each difference.</exception>
    public static IReadOnlyList<(TensorInfo Tensor, float[] Values)> Read(ImmutableArray<LayerInfo> layers, string network, IWeightsFile file, TensorMap map)
    {
        TensorMapping mapping = new(layers, file, map);
        mapping.Resolve();

        if (mapping._differences is { Count: > 0 } differences)
        {
            IEnumerable<string> lines = differences.Count <= MostInMessages
                ? differences
                : [.. differences.Take(MostInMessages), $"and {differences.Count - MostInMessages} more"];

            throw new TensorMapException($"The tensors of the file are not those of '{network}':\n{string.Join('\n', lines)}");
        }

        return mapping.Gather(file);
    }

    private void Resolve()
    {
        foreach (string name in _map.Ignored)
        {
            if (!_free.Remove(name))
            {
                _differences.Add($"'{name}' is to be ignored, but the file has no such tensor");
            }
        }

        if (IsPyTorch)
        {
            foreach (string name in _all.Keys.Where(static name => name == BatchCount || name.EndsWith("." + BatchCount, StringComparison.Ordinal)))
            {
                _free.Remove(name);
            }
        }

        TakeNamed();

        if (IsPyTorch)
        {
            TakeModules();
        }
        else
        {
            foreach ((_, MappedLayer layer) in _mapped)
            {
                TakeFrom(layer, layer.Name);
            }
        }

        _differences.AddRange(Free.Select(static tensor => $"'{tensor.Name}': expected nothing, found {tensor}"));
    }

    /// <summary>Takes the tensors and the layers that have names in the map.</summary>
    private void TakeNamed()
    {
        HashSet<string> known = new(StringComparer.Ordinal);

        foreach ((_, MappedLayer layer) in _mapped)
        {
            known.Add(layer.Name);

            for (int i = 0; i < layer.Tensors.Length; i++)
            {
                string tensor = layer.Tensors[i].Name;
                known.Add(tensor);

                if (!_map.Names.TryGetValue(tensor, out string? name))
                {
                    continue;
                }

                layer.IsLeft[i] = name is null;
                layer.Found[i] = name is null ? null : Take(tensor, name, layer.Sources[i]) is { } found ? [found] : [];
            }
        }

        foreach ((_, MappedLayer layer) in _mapped)
        {
            if (!_map.Names.TryGetValue(layer.Name, out string? name))
            {
                continue;
            }

            if (name is not null)
            {
                TakeFrom(layer, name);
            }

            foreach (int i in layer.Missing.ToArray())
            {
                layer.IsLeft[i] = true;
            }
        }

        foreach (string name in _map.Names.Keys.Where(name => !known.Contains(name)))
        {
            _differences.Add($"'{name}' is in the map, but the network has no such tensor or layer");
        }
    }

    /// <summary>Takes what is missing of a layer from a module, or from the tensors whose names begin with a name.</summary>
    private void TakeFrom(MappedLayer layer, string module)
    {
        Dictionary<string, FileTensor>? tensors = IsPyTorch
            ? TorchModule.Find(Free).FirstOrDefault(candidate => candidate.Name == module)?.Tensors ?? []
            : null;

        foreach (int i in layer.Missing.ToArray())
        {
            ModuleTensor source = layer.Sources[i];
            layer.Found[i] =
            [
                .. source.Names
                    .Select(name => Take(
                        layer.Tensors[i].Name,
                        tensors is not null && tensors.TryGetValue(name, out FileTensor? tensor) ? tensor.Name
                            : (module.Length == 0 ? "" : module + ".") + MappedLayer.Readable(name),
                        source))
                    .OfType<FileTensor>(),
            ];
        }
    }

    /// <summary>Takes a tensor of the file, which may be shared by several of the network; <see langword="null"/> where it can't be taken.</summary>
    private FileTensor? Take(string tensor, string name, ModuleTensor source)
    {
        if (!_all.TryGetValue(name, out FileTensor? found))
        {
            _differences.Add($"'{tensor}': expected '{name}' [{string.Join(", ", source.Shape)}], found nothing");

            return null;
        }

        _free.Remove(name);

        // A parameter of its own may have a dimension for the samples.
        int more = found.Shape.Length - source.Shape.Length;
        bool fits = more >= 0
            && found.Shape.Take(more).All(static length => length == 1)
            && found.Shape.Skip(more).SequenceEqual(source.Shape.Select(static length => (long)length));

        if (!fits || !IsRead(found))
        {
            _differences.Add($"'{tensor}': expected '{name}' [{string.Join(", ", source.Shape)}] of numbers, found {found}");
        }

        return found;
    }

    private static bool IsRead(FileTensor tensor) => FileNumbers.Find(tensor.Type) is not null;

    /// <summary>Gives each layer that has no name the module that fits.</summary>
    private void TakeModules()
    {
        List<TorchModule> modules = [.. TorchModule.Find(Free)];

        foreach (IGrouping<string, MappedLayer> alike in _mapped.Select(static pair => pair.Layer)
            .Where(static layer => layer.Missing.Any())
            .GroupBy(static layer => layer.NeededText, StringComparer.Ordinal))
        {
            MappedLayer[] layers = [.. alike];
            TorchModule[] fitting = [.. modules.Where(module => module.Fits(layers[0].Needed) && module.Tensors.Values.All(IsRead))];
            IReadOnlyList<TorchModule>? ordered = fitting.Length < 2 || _keepsOrder ? fitting : NumberedNames.InOrder(fitting, static module => module.Name);

            if (ordered is null || (fitting.Length > 0 && fitting.Length != layers.Length))
            {
                string reason = ordered is null ? "the file has them in the order of their names, which tell none" : "their numbers differ";
                string own = Names(layers.Select(static layer => layer.Name));
                _differences.Add(
                    $"{own} and the modules {Names(fitting.Select(static module => module.Name))} fit each other, but {reason}: " +
                    $"name the module of each in the map, such as [\"{layers[0].Name}\"] = \"{fitting[0].Name}\"");
            }
            else if (fitting.Length == 0)
            {
                _differences.AddRange(layers.Select(static layer => $"'{layer.Name}': expected a module with {layer.NeededText}, found none"));
            }
            else
            {
                for (int i = 0; i < layers.Length; i++)
                {
                    TakeModule(layers[i], ordered[i]);
                }
            }

            // What is asked about is not surplus.
            foreach (TorchModule module in fitting)
            {
                modules.Remove(module);

                foreach (FileTensor tensor in module.Tensors.Values)
                {
                    _free.Remove(tensor.Name);
                }
            }
        }
    }

    private static void TakeModule(MappedLayer layer, TorchModule module)
    {
        foreach (int i in layer.Missing.ToArray())
        {
            layer.Found[i] = [.. layer.Sources[i].Names.Select(name => module.Tensors[name])];
        }
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(static name => $"'{name}'"));

    private List<(TensorInfo Tensor, float[] Values)> Gather(IWeightsFile file)
    {
        ValueOrders? orders = IsPyTorch ? new(_layers) : null;
        Dictionary<string, float[]> read = new(StringComparer.Ordinal);
        List<(TensorInfo, float[])> tensors = [];

        foreach ((int index, MappedLayer layer) in _mapped)
        {
            for (int i = 0; i < layer.Tensors.Length; i++)
            {
                if (layer.Found[i] is { } found)
                {
                    TensorInfo tensor = layer.Tensors[i];
                    float[][] values = [.. found.Select(source => Values(source.Name))];
                    tensors.Add((tensor, layer.Sources[i].Gather(tensor.Shape, Orders(orders, index, tensor.Shape), values)));
                }
            }
        }

        return tensors;

        float[] Values(string name)
        {
            if (!read.TryGetValue(name, out float[]? values))
            {
                values = file.Read(name);
                read.Add(name, values);
            }

            return values;
        }
    }

    /// <summary>The orders in which the file has the rows and the columns of a tensor.</summary>
    private int[]?[] Orders(ValueOrders? orders, int index, ImmutableArray<int> shape)
    {
        LayerInfo layer = _layers[index];
        bool isFlat = orders is not null && layer.OutputShape.Length == 1;

        return shape switch
        {
            [var rows, var columns] when isFlat && rows == layer.Inputs && columns == layer.Outputs => [orders!.Inputs(index), orders.Outputs(index)],
            [var length] when isFlat && length == layer.Outputs => [orders!.Outputs(index)],
            _ => new int[]?[shape.Length],
        };
    }
}
