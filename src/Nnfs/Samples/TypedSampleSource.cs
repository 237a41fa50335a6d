namespace Nnfs.Samples;

/// <summary>Samples of a type.</summary>
/// <typeparam name="TSample">The type.</typeparam>
/// <param name="samples">The samples.</param>
internal sealed class TypedSampleSource<TSample>(IReadOnlyList<TSample> samples) : SampleSource
    where TSample : ISample<TSample>
{
    public override ValidationData Encode(SampleSchema schema, SampleScaling scaling, string name)
    {
        if (TSample.Schema != schema)
        {
            throw new ArgumentException($"Expected validation data of samples of type '{schema.Name}', but they are '{TSample.Schema.Name}'.", name);
        }

        float[] features = SampleData.Features(samples, scaling, out float[] targets, name);

        return targets.Length > 0 ? new ValidationData(features, targets) : new ValidationData(features, SampleData.Labels(samples, name));
    }
}
