using Nnfs.Generators.Models;

namespace Nnfs.Generators.Emission;

/// <summary>Writes what a network has for samples of a type of the user's: their scaling, and predictions that take and give them.</summary>
internal static class SampleMethodsEmitter
{
    private const string Predictions = "global::Nnfs.SamplePredictions";
    private const string Missing =
        "/// <exception cref=\"global::System.InvalidOperationException\">The network was neither trained on samples nor loaded.</exception>";

    public static void Write(SourceWriter writer, NetworkSpec network)
    {
        if (network.Sample is not { } sample)
        {
            return;
        }

        WriteScaling(writer, network, sample);
        WritePredict(writer, network, sample);

        if (network.ClassifiesSamples)
        {
            WriteClassify(writer, network, sample);
        }
    }

    private static void WriteScaling(SourceWriter writer, NetworkSpec network, NetworkSample sample) => writer.WriteLine($$"""
        /// <summary>
        /// How the values of {{sample.Name}} are scaled before the network reads them: what the first training on samples measured, or the network's file says;
        /// <see langword="null"/> before.
        /// </summary>
        /// <exception cref="global::System.ArgumentException">The value is the scaling of other samples.</exception>
        public global::Nnfs.SampleScaling? {{GeneratedMembers.Scaling}}
        {
            get => {{network.ScalingField}};
            set => {{network.ScalingField}} = {{Predictions}}.Checked<{{sample.Type}}>(value);
        }

        private global::Nnfs.SampleScaling? {{network.ScalingField}};

        """);

    private static void WritePredict(SourceWriter writer, NetworkSpec network, NetworkSample sample)
    {
        string types = $"<{network.Name}, {sample.Type}>";
        string outputs = sample.HasClasses ? "the probabilities of the classes"
            : sample.Label is null ? "the outputs"
            : $"{sample.Label.Name}, in its own units";
        string secondClass = sample.Label is { IsClasses: true } label ? $"the probability of {label.Classes[label.Classes.Count - 1]}" : outputs;

        if (network.PredictsOneNumber)
        {
            writer.WriteLine($"""
                /// <summary>Predicts {secondClass}, of a sample. Allocates nothing after a thread's first call; safe from many threads at once.</summary>
                /// <param name="sample">The sample; its label is not read.</param>
                {Missing}
                {sample.Accessibility} float Predict({sample.Type} sample) => {Predictions}.Predict{types}(this, sample);

                """);
        }
        else
        {
            writer.WriteLine($"""
                /// <summary>Predicts {outputs}, of a sample. Allocates nothing after a thread's first call; safe from many threads at once.</summary>
                /// <param name="sample">The sample; its label is not read.</param>
                /// <param name="outputs">[{network.Outputs[0].Size}]: {outputs}; written.</param>
                /// <exception cref="global::System.ArgumentException">The length is another.</exception>
                {Missing}
                {sample.Accessibility} void Predict({sample.Type} sample, {Names.FloatSpan} outputs) => {Predictions}.Predict{types}(this, sample, outputs);

                """);
        }

        writer.WriteLine($"""
            /// <summary>Predicts {outputs}, of samples. Allocates nothing after a thread's first call with so many; safe from many threads at once.</summary>
            /// <param name="samples">The samples; their labels are not read.</param>
            /// <param name="outputs">[samples × {network.Outputs[0].Size}], row-major: {outputs}; written.</param>
            /// <exception cref="global::System.ArgumentException">The length is another.</exception>
            {Missing}
            {sample.Accessibility} void Predict({List(sample.Type)} samples, {Names.FloatSpan} outputs) =>
                {Predictions}.Predict{types}(this, samples, outputs);

            """);
    }

    private static void WriteClassify(SourceWriter writer, NetworkSpec network, NetworkSample sample)
    {
        LabelSpec label = sample.Label!;
        string name = label.Name;

        writer.WriteLine($"""
            /// <summary>The most probable {name} of a sample. Allocates nothing after a thread's first call; safe from many threads at once.</summary>
            /// <param name="sample">The sample; its label is not read.</param>
            {Missing}
            {sample.Accessibility} {label.QualifiedTypeName} Classify({sample.Type} sample) =>
                {sample.Type}.LabelOf({Predictions}.Classify<{network.Name}, {sample.Type}>(this, sample));

            /// <summary>The most probable {name} of each sample. Allocates nothing after a thread's first call; safe from many threads at once.</summary>
            /// <param name="samples">The samples; their labels are not read.</param>
            /// <param name="labels">Takes one for each sample.</param>
            /// <exception cref="global::System.ArgumentException">The length is another.</exception>
            {Missing}
            {sample.Accessibility} void Classify({List(sample.Type)} samples, global::System.Span<{label.QualifiedTypeName}> labels) =>
                {Predictions}.Classify<{network.Name}, {sample.Type}, {label.QualifiedTypeName}>(this, samples, labels, {sample.Type}.LabelOf);

            """);
    }

    private static string List(string type) => $"global::System.Collections.Generic.IReadOnlyList<{type}>";
}
