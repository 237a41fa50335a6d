using System.Globalization;

namespace Nnfs.Generators.Tests.Fuzzing;

/// <summary>
/// Writes statements that call a network of 2 inputs and 3 classes, with lengths that are right, wrong, or not known. Equal
/// seeds give equal statements.
/// </summary>
internal sealed class RandomCall
{
    private readonly Random _random;
    private readonly List<string> _statements = [];
    private int _locals;

    private RandomCall(int seed)
    {
        _random = new Random(seed);
    }

    /// <summary>Statements that compile in a method with the parameters <c>net</c> and <c>count</c>, which is 4.</summary>
    public static string Write(int seed)
    {
        RandomCall writer = new(seed);
        string call = writer.Call();

        return string.Join("\n    ", [.. writer._statements, call]);
    }

    /// <summary>Statements with a few characters lost, doubled or swapped, or broken off.</summary>
    public static string WriteDamaged(int seed)
    {
        Random random = new(seed);
        string text = Write(seed);

        if (random.Next(3) == 0)
        {
            return text[..random.Next(text.Length)];
        }

        for (int i = random.Next(0, 4); i > 0; i--)
        {
            int position = random.Next(text.Length);
            string inserted =
                random.Next(3) switch { 0 => "", 1 => text[random.Next(text.Length)].ToString(), _ => "()[]{}<>,;.\"^"[random.Next(13)].ToString() };
            text = text[..position] + inserted + text[Math.Min(text.Length, position + random.Next(2))..];
        }

        return text;
    }

    private string Call()
    {
        int samples = _random.Next(1, 4);
        string inputs = Floats(2 * samples + Slip());

        return _random.Next(7) switch
        {
            0 => $"net.Classify({Floats(2 + Slip())});",
            1 => $"net.CreateWorkspace({Number(_random.Next(-1, 3))});",
            2 => $"net.Forward({inputs}, {Workspace(samples)});",
            3 => $"net.Forward({inputs}, {Labels(samples + Slip())}, {Workspace(samples)});",
            4 => $"net.Forward({inputs}, targets: {Floats(3 * (samples + Slip()))}, {Workspace(samples)});",
            5 => $"net.Predict(outputs: {Writable(3 * samples + Slip())}, inputs: {inputs});",
            _ => $"net.Predict({inputs}, {Writable(3 * samples + Slip())});",
        };
    }

    private int Slip() => _random.Next(4) == 0 ? _random.Next(-1, 2) : 0;

    private string Workspace(int samples)
    {
        string workspace = $"net.CreateWorkspace({Number(Math.Max(1, samples + Slip()))})";

        return Sometimes(0.5) ? Local("SpiralNet.Workspace", workspace) : workspace;
    }

    private string Labels(int length)
    {
        length = Math.Max(0, length);
        string values = string.Join(", ", Enumerable.Range(0, length).Select(_ => Sometimes(0.05) ? Number(_random.Next(-1, 5)) : Number(_random.Next(3))));
        string labels = length == 0 || Sometimes(0.3) ? $"new int[{Number(length)}]" : $"new int[] {{ {values} }}";

        if (length > 0 && Sometimes(0.3))
        {
            return $"[{values}]";
        }

        if (length > 0 && Sometimes(0.3))
        {
            string local = Local("int[]", labels);

            if (Sometimes(0.3))
            {
                _statements.Add($"{local}[0] = {_random.Next(4)};");
            }

            return local;
        }

        return labels;
    }

    private string Floats(int length)
    {
        length = Math.Max(0, length);

        return _random.Next(4) switch
        {
            0 when length > 0 => $"[{string.Join(", ", Enumerable.Repeat("1f", length))}]",
            1 => Local("ReadOnlySpan<float>", Sometimes(0.5) ? $"stackalloc float[{length}]" : Writable(length)),
            2 => $"[.. {Array(length)}]",
            _ => Writable(length),
        };
    }

    /// <summary>An array or span of that length.</summary>
    private string Writable(int length)
    {
        length = Math.Max(0, length);
        int before = _random.Next(3);
        int after = _random.Next(3);

        return _random.Next(7) switch
        {
            0 => $"{Array(length + before)}.AsSpan({Number(before)})",
            1 => $"{Array(length + before + after)}.AsSpan({Number(before)}, {Number(length)})",
            2 => $"{Array(length + before + after)}.AsSpan().Slice({before})[..^{after}]",
            3 => $"({Array(length + before)})[{before}..]",
            4 => $"({(Sometimes(0.5) ? "count == 4" : "true")} ? {Array(length)} : {Array(Sometimes(0.7) ? length : length + 1)})",
            5 => $"new Span<float>({Array(length + before)}, {Number(before)}, {Number(length)})",
            _ => Array(length),
        };
    }

    private string Array(int length)
    {
        string array = _random.Next(4) switch
        {
            0 when length > 0 => $"new[] {{ {string.Join(", ", Enumerable.Repeat("1f", length))} }}",
            1 => $"new float[count - 4 + {Number(length)}]",
            _ => $"new float[{Number(length)}]",
        };

        if (Sometimes(0.6))
        {
            return array;
        }

        string local = Local("float[]", array);

        if (Sometimes(0.2))
        {
            _statements.Add($"if (count {(Sometimes(0.5) ? "==" : "!=")} 4) {local} = new float[{_random.Next(1, 7)}];");
        }

        return local;
    }

    private string Number(int value)
    {
        string number = value.ToString(CultureInfo.InvariantCulture);

        return _random.Next(8) switch
        {
            0 => Local("int", number),
            1 => $"{number} * SpiralNet.InputSize / 2",
            2 => $"{_random.Next(9).ToString(CultureInfo.InvariantCulture)} - {_random.Next(9).ToString(CultureInfo.InvariantCulture)} + count",
            3 => Local("const int", number),
            _ => number,
        };
    }

    private string Local(string type, string value)
    {
        string name = $"v{_locals++}";
        _statements.Add($"{type} {name} = {value};");

        return name;
    }

    private bool Sometimes(double probability) => _random.NextDouble() < probability;
}
