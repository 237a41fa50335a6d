namespace Nnfs.Import.Onnx;

/// <summary>
/// Checks where the values of a graph come from, and puts its nodes into an order in which each comes after those that it reads. That is the order of the
/// file, if it is one.
/// </summary>
internal static class GraphOrder
{
    /// <summary>The nodes in order.</summary>
    /// <exception cref="OnnxException">A value comes from two places or from none, or nodes read one another in a circle.</exception>
    public static IReadOnlyList<OnnxNode> Of(
        List<OnnxNode> nodes, IEnumerable<string> tensors, IReadOnlyList<OnnxValue> inputs, IReadOnlyList<OnnxValue> outputs)
    {
        // The node that a value comes from, or −1.
        Dictionary<string, int> producers = new(StringComparer.Ordinal);

        foreach (string name in tensors.Concat(inputs.Select(static input => input.Name)))
        {
            AddProducer(producers, name, -1);
        }

        for (int i = 0; i < nodes.Count; i++)
        {
            foreach (string output in nodes[i].Outputs)
            {
                if (output.Length > 0)
                {
                    AddProducer(producers, output, i);
                }
            }
        }

        HashSet<string> given = new(StringComparer.Ordinal);

        foreach (OnnxValue output in outputs)
        {
            if (!producers.ContainsKey(output.Name) || !given.Add(output.Name))
            {
                throw new OnnxException(producers.ContainsKey(output.Name)
                    ? $"The graph has two outputs with the name '{output.Name}'."
                    : $"The output '{output.Name}' is given by no node.");
            }
        }

        return Sorted(nodes, producers);
    }

    /// <summary>The nodes that lead to outputs, in their order.</summary>
    public static List<OnnxNode> Needed(IReadOnlyList<OnnxNode> nodes, IReadOnlyList<OnnxValue> outputs)
    {
        HashSet<string> read = new(outputs.Select(static output => output.Name), StringComparer.Ordinal);
        List<OnnxNode> needed = [];

        for (int i = nodes.Count - 1; i >= 0; i--)
        {
            if (nodes[i].Outputs.Any(output => output.Length > 0 && read.Contains(output)))
            {
                needed.Add(nodes[i]);
                read.UnionWith(nodes[i].Inputs);
            }
        }

        needed.Reverse();

        return needed;
    }

    private static void AddProducer(Dictionary<string, int> producers, string value, int node)
    {
        if (!producers.TryAdd(value, node))
        {
            throw new OnnxException($"Two inputs, tensors or nodes of the graph give the value '{value}'.");
        }
    }

    private static OnnxNode[] Sorted(List<OnnxNode> nodes, Dictionary<string, int> producers)
    {
        // How many values a node still waits for, and who waits for it.
        int[] missing = new int[nodes.Count];
        List<int>[] readers = new List<int>[nodes.Count];

        for (int i = 0; i < nodes.Count; i++)
        {
            foreach (string input in nodes[i].Inputs)
            {
                if (input.Length == 0)
                {
                    continue;
                }

                if (!producers.TryGetValue(input, out int producer))
                {
                    throw new OnnxException(
                        $"The node '{nodes[i].Title}' ({nodes[i].Operator}) reads '{input}', which is neither an input nor a tensor nor given by a node.");
                }

                if (producer >= 0)
                {
                    missing[i]++;
                    (readers[producer] ??= []).Add(i);
                }
            }
        }

        PriorityQueue<int, int> ready = new();
        OnnxNode[] sorted = new OnnxNode[nodes.Count];
        int count = 0;

        for (int i = 0; i < nodes.Count; i++)
        {
            if (missing[i] == 0)
            {
                ready.Enqueue(i, i);
            }
        }

        while (ready.TryDequeue(out int i, out _))
        {
            sorted[count++] = nodes[i];

            foreach (int reader in readers[i] ?? [])
            {
                if (--missing[reader] == 0)
                {
                    ready.Enqueue(reader, reader);
                }
            }
        }

        if (count < nodes.Count)
        {
            OnnxNode node = nodes[Array.FindIndex(missing, static values => values > 0)];

            throw new OnnxException($"The node '{node.Title}' ({node.Operator}) waits for its own outputs: nodes of the graph read one another in a circle.");
        }

        return sorted;
    }
}
