using Nnfs.Generators.Models;
using Nnfs.Generators.Planning;

namespace Nnfs.Generators.Tests.Planning;

/// <summary>
/// A prediction in scratch memory that holds formulas in place of numbers: each value is what was computed, as text. A value that another has
/// written over, or that nobody wrote, is not there to be read.
/// </summary>
internal sealed class PredictionRun
{
    private readonly NetworkSpec _network;
    private readonly EquatableArray<Place> _places;
    private readonly EquatableArray<FoldedStage> _folded;
    private readonly EquatableArray<Place> _rooms;
    private readonly TailPlan? _tail;
    private readonly int _length;
    private readonly List<(int Start, int End, string Formula)> _memory = [];
    private readonly string?[] _outputs;

    /// <summary>Whether the inputs were copied into scratch memory, into lanes, where nothing may be written over them before they are read.</summary>
    private readonly bool _takesInputsFromMemory;

    private PredictionRun(NetworkSpec network, bool isOfSample)
    {
        ScratchPlan scratch = network.Plans.Scratch;
        _network = network;
        _places = isOfSample ? scratch.Sample : scratch.Tile;
        _rooms = isOfSample ? scratch.SampleRooms : scratch.TileRooms;
        _folded = isOfSample ? default : network.Plans.Folded;
        _tail = isOfSample ? network.Plans.SampleTail : network.Plans.TileTail;
        _length = isOfSample ? scratch.SampleLength : scratch.Length;
        _outputs = new string?[network.Outputs.Count];

        _takesInputsFromMemory = !isOfSample && network.Plan == NetworkPlan.Lanes;

        for (int i = 0; i < network.Inputs.Count && _takesInputsFromMemory; i++)
        {
            _memory.Add((StartOf(i), StartOf(i + 1), Input(~i)));
        }
    }

    /// <summary>What the outputs are, by their formulas, where each value lies in the place that the plan gives it.</summary>
    public static string[] Outputs(NetworkSpec network, bool isOfSample) => new PredictionRun(network, isOfSample).Run();

    /// <summary>What the outputs are, by their formulas, where each value has a place of its own.</summary>
    public static string[] Expected(NetworkSpec network)
    {
        List<string> formulas = [];

        foreach (StageSpec stage in network.Stages)
        {
            formulas.Add(Formula(stage, [.. stage.Sources.Select(source => source < 0 ? Input(source) : formulas[source])]));
        }

        return [.. network.Outputs.Select(output => output.Source < 0 ? Input(output.Source) : formulas[output.Source])];
    }

    /// <summary>Where an input lies in lanes: after those before it.</summary>
    private int StartOf(int input) => _network.Inputs.Take(input).Sum(static input => input.Size) * _network.PredictRows;

    private static string Input(int source) => $"input{~source}";

    /// <summary>A stage of some values; one that passes them on is what it reads.</summary>
    private static string Formula(StageSpec stage, string[] values) => stage.PassesOn ? values[0] : $"{stage.Title}({string.Join(", ", values)})";

    private string[] Run()
    {
        for (int i = 0; i < _network.Stages.Count; i++)
        {
            if (_tail is { } tail && i >= tail.First)
            {
                RunTail(tail);

                break;
            }

            if (_places[i].Kind is PlaceKind.Alias or PlaceKind.Joined)
            {
                continue;
            }

            FoldedStage? fold = _folded.FirstOrDefault(fold => fold.Last == i);
            StageSpec reader = _network.Stages[fold?.Product ?? i];
            string formula = Formula(reader, [.. reader.Sources.Select(Read)]);

            UseRoom(i, reader);
            AssertWritesOverNothingThatItReads(i, reader);

            foreach (int folded in fold is null ? [] : Enumerable.Range(fold.Product + 1, i - fold.Product)
                .Where(stage => stage == fold.Scale || stage == fold.Activation))
            {
                formula = Formula(_network.Stages[folded], [formula]);
            }

            Write(i, formula);
        }

        for (int k = 0; k < _outputs.Length; k++)
        {
            _outputs[k] ??= Read(_network.Outputs[k].Source);
        }

        return _outputs!;
    }

    /// <summary>While a stage is computed, its room meets neither what it reads nor what it writes.</summary>
    private void UseRoom(int stage, StageSpec reader)
    {
        Place room = _rooms[stage];
        Assert.Equal(reader.Rooms(isInLanes: false).Any(static block => block.LengthFor(1) > 0), room.Kind == PlaceKind.Scratch);

        if (room.Kind == PlaceKind.Scratch)
        {
            int end = room.Offset + room.Length;
            Assert.InRange(end, 1, _length);
            Assert.False(_places[stage].Kind == PlaceKind.Scratch && Overlap(_places[stage], room));
            _memory.RemoveAll(value => value.Start < end && room.Offset < value.End);
            Assert.All(reader.Sources, source => Read(source));
        }
    }

    /// <summary>A stage writes over its first source only if its kernel may do so, element by element, and over no other.</summary>
    private void AssertWritesOverNothingThatItReads(int stage, StageSpec reader)
    {
        Place written = _places[stage];

        for (int slot = 0; slot < reader.Sources.Count && written.Kind == PlaceKind.Scratch; slot++)
        {
            int source = reader.Sources[slot];

            while (source >= 0 && _places[source].Kind == PlaceKind.Alias)
            {
                source = _network.Stages[source].Sources[0];
            }

            if (source >= 0 && _places[source] is { Kind: PlaceKind.Scratch } read && Overlap(read, written))
            {
                Assert.True(slot == 0 && reader.IsInPlace && read.Offset == written.Offset, $"{reader.Name} writes over what it reads");
            }
        }
    }

    private static bool Overlap(Place one, Place other) => one.Offset < other.Offset + other.Length && other.Offset < one.Offset + one.Length;

    private void RunTail(TailPlan tail)
    {
        string formula = Read(_network.Stages[tail.First].Sources[0]);

        foreach (StageSpec stage in tail.Stages(_network))
        {
            formula = Formula(stage, [formula]);
        }

        int last = _network.Stages.Count - 1;

        // A sample's tail writes the output itself, a tile's writes lanes.
        if (_places[last].Kind == PlaceKind.Joined)
        {
            _outputs[0] = formula;
        }
        else
        {
            Write(last, formula);
        }
    }

    private string Read(int source)
    {
        if (source < 0)
        {
            return _takesInputsFromMemory ? Assert.Single(_memory, value => value.Start == StartOf(~source)).Formula : Input(source);
        }

        Place place = _places[source];

        if (place.Kind == PlaceKind.Alias)
        {
            return Read(_network.Stages[source].Sources[0]);
        }

        if (place.Kind == PlaceKind.Output)
        {
            return _outputs[OutputOf(source)]!;
        }

        Assert.Equal(PlaceKind.Scratch, place.Kind);
        (_, int end, string formula) = Assert.Single(_memory, value => value.Start == place.Offset);
        Assert.Equal(place.Offset + place.Length, end);

        return formula;
    }

    private void Write(int stage, string formula)
    {
        Place place = _places[stage];

        if (place.Kind == PlaceKind.Output)
        {
            Assert.Null(_outputs[OutputOf(stage)]);
            _outputs[OutputOf(stage)] = formula;

            return;
        }

        int end = place.Offset + place.Length;
        Assert.Equal(PlaceKind.Scratch, place.Kind);
        Assert.Equal(0, place.Offset % 16);
        Assert.InRange(end, 1, _length);
        _memory.RemoveAll(value => value.Start < end && place.Offset < value.End);
        _memory.Add((place.Offset, end, formula));
    }

    private int OutputOf(int stage) => Enumerable.Range(0, _outputs.Length).Single(k => _network.RootOf(_network.Outputs[k].Source) == stage);
}
