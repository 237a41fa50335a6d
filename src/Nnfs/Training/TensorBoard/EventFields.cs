namespace Nnfs.Training.TensorBoard;

/// <summary>The numbers of the fields of events (tensorflow/core/util/event.proto) and summaries (tensorflow/core/framework/summary.proto).</summary>
internal static class EventFields
{
    /// <summary><c>Event.wall_time</c>: seconds since 1970, a double.</summary>
    public const int WallTime = 1;

    /// <summary><c>Event.step</c>: a whole number of 64 bits.</summary>
    public const int Step = 2;

    /// <summary><c>Event.file_version</c>: a text, in the first event of a file.</summary>
    public const int FileVersion = 3;

    /// <summary><c>Event.summary</c>: a message.</summary>
    public const int Summary = 5;

    /// <summary><c>Summary.value</c>: a message for each number.</summary>
    public const int SummaryValue = 1;

    /// <summary><c>Summary.Value.tag</c>: a text.</summary>
    public const int Tag = 1;

    /// <summary><c>Summary.Value.simple_value</c>: a float.</summary>
    public const int SimpleValue = 2;
}
