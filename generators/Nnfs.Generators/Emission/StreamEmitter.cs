using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes how sequences go through a network step by step, where every layer lets them: the nested stream, and the passes of a step.</summary>
internal static class StreamEmitter
{
    private const string TooMany = $"global::System.ArgumentOutOfRangeException.ThrowIfGreaterThan(count, {Names.Block}.MaxLength / StateLength);";

    /// <summary>A step of one sequence has no room for the loop over several.</summary>
    private const string NotInlined =
        "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]";

    private const string Memory = $"{Names.FloatSpan} streamState, {Names.FloatSpan} scratch";

    public static void WritePublic(SourceWriter writer, NetworkSpec network)
    {
        if (network.Plans.Stream.OfStep is not { } step)
        {
            return;
        }

        writer.WriteLine("""
            /// <summary>A sequence that goes through the network step by step, before its first step.</summary>
            public Stream CreateStream() => new(this, count: 1);

            /// <summary>Sequences that go through the network step by step, side by side, before their first step.</summary>
            /// <param name="count">How many, at least one.</param>
            /// <exception cref="global::System.ArgumentOutOfRangeException"><paramref name="count"/> is not positive, or too large for one array.</exception>
            public Stream CreateStreams(int count) => new(this, count);

            """);

        string kept = step.StateSize == 0 ? "The layers keep nothing of the steps before."
            : $"For each sequence the layers keep {SummaryTable.Bytes(4L * step.StateSize)} of the steps before.";

        writer.WriteLine($"""
            /// <summary>Sequences that go through the network step by step, side by side. {kept}</summary>
            /// <remarks>For one thread at a time. Each step is computed with the parameters that the network then has.</remarks>
            """);

        using (writer.WriteBlock("public sealed class Stream"))
        {
            WriteConstants(writer, step);
            WriteState(writer, network, step);
            WriteStep(writer, step);
        }

        writer.WriteLine();
    }

    public static void WritePrivate(SourceWriter writer, NetworkSpec network)
    {
        if (network.Plans.Stream.OfStep is not { } step)
        {
            return;
        }

        string ports = $"{Signature.Inputs(step)}, {Signature.Outputs(step)}";
        SourceWriter sample = new();
        PredictSampleEmitter.WriteBody(sample, step);
        writer.WriteMethod(
            "Carries one step of a sequence through all layers.",
            $"{Names.Optimized}\nprivate void StepSample({ports}, {Memory})",
            [sample.ToString().TrimEnd()]);

        SourceWriter tile = new();
        string[] values = PredictStages.Write(tile, step, PassKind.Tile, [.. step.Inputs.Select((_, i) => Signature.Input(step, i))]);
        PredictStages.WriteOutputs(tile, step, values, PassKind.Tile);
        writer.WriteMethod(
            "Carries one step of each of several sequences through all layers.",
            $"{Names.Optimized}\nprivate void StepTile({ports}, {Memory}, int samples)",
            [tile.ToString().TrimEnd()]);
    }

    private static void WriteConstants(SourceWriter writer, NetworkSpec step)
    {
        for (int i = 0; i < step.Inputs.Count; i++)
        {
            string of = step.HasNamedPorts ? $" of {step.InputName(i)}" : "";
            writer.WriteLine($"""
                /// <summary>The number of values{of} that a step takes.</summary>
                public const int {step.InputSizeName(i)} = {step.Inputs[i].Size};

                """);
        }

        for (int i = 0; i < step.Outputs.Count; i++)
        {
            string of = step.HasNamedPorts ? $" of {step.OutputName(i)}" : "";
            writer.WriteLine($"""
                /// <summary>The number of values{of} that a step gives.</summary>
                public const int {step.OutputSizeName(i)} = {step.Outputs[i].Size};

                """);
        }

        writer.WriteLine($"""
            /// <summary>The number of values that the layers keep of a sequence from one step to the next.</summary>
            public const int StateLength = {step.StateSize};

            """);
    }

    private static void WriteState(SourceWriter writer, NetworkSpec network, NetworkSpec step) => writer.WriteLine($$"""
        private readonly {{network.Name}} _network;
        private readonly {{Names.Block}} _state;
        private readonly {{Names.Block}} _scratch;

        internal Stream({{network.Name}} network, int count)
        {
            global::System.ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
            {{(step.StateSize == 0 ? "" : $"{TooMany}\n    ")}}
            _network = network;
            _state = new(count * StateLength);
            _scratch = new(count == 1 ? {{step.Plans.Scratch.SampleLength}} : {{step.Plans.Scratch.Length}});
            Count = count;
        }

        /// <summary>The number of sequences.</summary>
        public int Count { get; }

        /// <summary>What the layers keep of the steps so far [sequences × {{step.StateSize}}], row-major.</summary>
        /// <remarks>A copy of it saves the sequences; copied back, they go on from there.</remarks>
        public {{Names.FloatSpan}} State => _state.Span;

        /// <summary>Starts all sequences anew.</summary>
        public void Reset() => _state.Span.Clear();

        /// <summary>Starts one of the sequences anew.</summary>
        /// <param name="sequence">Its number, from 0.</param>
        /// <exception cref="global::System.ArgumentOutOfRangeException">There is no such sequence.</exception>
        public void Reset(int sequence)
        {
            global::System.ArgumentOutOfRangeException.ThrowIfNegative(sequence);
            global::System.ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sequence, Count);

            _state.Slice(sequence * StateLength, StateLength).Clear();
        }

        """);

    private static void WriteStep(SourceWriter writer, NetworkSpec step)
    {
        string[] inputs = [.. step.Inputs.Select((_, i) => step.HasNamedPorts ? step.InputName(i) : "input")];
        string[] outputs = [.. step.Outputs.Select((_, i) => step.HasNamedPorts ? step.OutputName(i) : "output")];
        string[] inputArguments = [.. inputs.Select(static name => name.EscapeIdentifier())];
        string[] outputArguments = [.. outputs.Select(static name => name.EscapeIdentifier())];
        string count = Own("Count", "this.Count");
        string stateLength = Own("StateLength", $"{step.StateSize}");
        string parameters = string.Join(", ", [
            .. inputArguments.Select((name, i) => $"{GeneratedMembers.ReadOnlySpan(step.Inputs[i].Element)} {name}"),
            .. outputArguments.Select(static name => $"{Names.FloatSpan} {name}"),
        ]);

        writer.WriteLine("/// <summary>Carries each sequence one step on. Allocates nothing after a thread's first call.</summary>");

        for (int i = 0; i < inputs.Length; i++)
        {
            writer.WriteLine($"""
                /// <param name="{inputs[i]}">[sequences × {step.Inputs[i].Shape}], row-major: the next step of each.</param>
                """);
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            writer.WriteLine($"""
                /// <param name="{outputs[i]}">[sequences × {step.Outputs[i].Shape}], row-major: what the network gives at that step; written.</param>
                """);
        }

        writer.WriteLine("""
            /// <exception cref="global::System.ArgumentException">A length is wrong, or an output overlaps something else. Nothing is written.</exception>
            """ + Signature.IndexException(step));

        using (writer.WriteBlock($"{Names.Optimized}\npublic void Step({parameters})"))
        {
            for (int i = 0; i < inputs.Length; i++)
            {
                writer.WriteLine($"{Names.Guard}.Exactly({inputArguments[i]}.Length, {count}, {step.InputSizeName(i)}, nameof({inputArguments[i]}));");
            }

            for (int i = 0; i < outputs.Length; i++)
            {
                writer.WriteLine($"{Names.Guard}.Exactly({outputArguments[i]}.Length, {count}, {step.OutputSizeName(i)}, nameof({outputArguments[i]}));");
            }

            for (int i = 0; i < inputs.Length; i++)
            {
                foreach (string check in Signature.IndexChecks(step, i, inputArguments[i]))
                {
                    writer.WriteLine(check);
                }
            }

            for (int i = 0; i < outputs.Length; i++)
            {
                IEnumerable<string> others = inputArguments.Where((_, k) => step.Inputs[k].Element == ElementType.Float).Concat(outputArguments.Take(i));

                foreach (string other in others)
                {
                    writer.WriteLine(Signature.Apart(other, outputArguments[i]));
                }
            }

            string passed = string.Join(", ", [.. inputArguments, .. outputArguments]);

            writer.WriteLine($$"""

                if ({{count}} == 1)
                {
                    _network.StepSample({{passed}}, _state.Span, _scratch.Span);
                }
                else
                {
                    {{Own("StepTiles", "this.StepTiles")}}({{passed}});
                }
                """);
        }

        string tile = Names.Statement(
            "_network.StepTile",
            [
                .. inputArguments.Select((name, i) => Slice(name, step.InputSizeName(i))),
                .. outputArguments.Select((name, i) => Slice(name, step.OutputSizeName(i))),
                Slice("_state", stateLength),
                "_scratch.Span",
                "tile",
            ]);

        writer.WriteLine("""

            /// <summary>Carries the sequences one step on, as many at a time as keep what lies between the layers in the cache.</summary>
            """);

        using (writer.WriteBlock($"{NotInlined}\nprivate void StepTiles({parameters})"))
        {
            writer.WriteLine($$"""
                for (int start = 0; start < {{count}}; start += {{step.PredictRows}})
                {
                    int tile = global::System.Math.Min({{step.PredictRows}}, {{count}} - start);
                    {{tile.Replace("\n", "\n    ")}}
                }
                """);
        }

        // A parameter hides a member of its name.
        string Own(string member, string otherwise) => inputs.Contains(member) || outputs.Contains(member) ? otherwise : member;
    }

    private static string Slice(string name, string size) => $"{name}.Slice(start * {size}, tile * {size})";
}
