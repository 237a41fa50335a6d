using System.Globalization;
using System.Text;
using System.Text.Json;
using Nnfs.Sweeps.Parameters;

namespace Nnfs.Sweeps.Running;

/// <summary>
/// The file of results in the folder of a sweep: a line of JSON that says which sweep it is, and a line for each step of a trial that has ended. A line is
/// flushed before anybody is told of it; what a process that was killed wrote of the last line is cut off.
/// </summary>
internal sealed class ResultsFile : IDisposable
{
    private const string FileName = "trials.jsonl";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    private readonly string _path;
    private readonly FileStream _stream;
    private readonly Dictionary<(int Trial, int Epochs), StepOutcome> _outcomes = [];

    private ResultsFile(string path)
    {
        _path = path;

        try
        {
            _stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new IOException($"The results in '{path}' cannot be written; another sweep may be running in this folder. {exception.Message}", exception);
        }
    }

    /// <summary>Opens the results in a folder, or begins them.</summary>
    /// <param name="folder">The folder, which is made where there is none.</param>
    /// <param name="objective">The objective.</param>
    /// <param name="options">The options of the sweep.</param>
    /// <exception cref="ArgumentException">The results are those of a sweep that gives other trials. The message has a line for each difference.</exception>
    /// <exception cref="InvalidDataException">The file is no such file, or a line of it is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read or written, or another sweep has it.</exception>
    public static ResultsFile Open(string folder, Objective objective, SweepOptions options)
    {
        Header header = new(1, objective.Name, ParameterSpace.Text(objective.Space), options.Search.Drawing, options.Epochs, options.Seed);
        Directory.CreateDirectory(folder);
        ResultsFile file = new(Path.Combine(folder, FileName));

        try
        {
            file.Read(header);

            return file;
        }
        catch
        {
            file.Dispose();

            throw;
        }
    }

    /// <summary>The outcome of a step that has ended before, if there is one.</summary>
    public StepOutcome? Find(int trial, int epochs) => _outcomes.GetValueOrDefault((trial, epochs));

    /// <summary>Writes an outcome.</summary>
    public void Add(StepOutcome outcome, IReadOnlyList<KeyValuePair<string, string>> values) =>
        Write(new Line(outcome.Trial, new(values), outcome.Epochs, outcome.Figure, outcome.Reason, outcome.Details, outcome.Seconds, outcome.Silo));

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private void Read(Header header)
    {
        byte[] bytes = new byte[_stream.Length];
        _stream.ReadExactly(bytes);
        int end = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        _stream.SetLength(end);
        _stream.Position = end;
        string[] lines = Encoding.UTF8.GetString(bytes, 0, end).Split('\n')[..^1];

        if (lines.Length == 0)
        {
            Write(header);

            return;
        }

        Parse<Header>(lines, 0).Require(header, _path);

        for (int i = 1; i < lines.Length; i++)
        {
            Line line = Parse<Line>(lines, i);
            _outcomes[(line.Trial, line.Epochs)] = new StepOutcome(
                line.Trial, line.Epochs, line.Figure, line.Reason, line.Details, line.Seconds, line.Silo);
        }
    }

    private T Parse<T>(string[] lines, int index)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(lines[index], s_json) ?? throw new JsonException("It is null.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"Line {index + 1} of '{_path}' is not what a sweep writes. Delete the line, and its trial is trained again. {exception.Message}"));
        }
    }

    private void Write<T>(T line)
    {
        _stream.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(line, s_json) + "\n"));
        _stream.Flush(flushToDisk: true);
    }

    /// <summary>The first line: all that the trials depend on.</summary>
    private sealed record Header(int Sweep, string Objective, string Space, string Search, int Epochs, int Seed)
    {
        public void Require(Header given, string path)
        {
            (string Name, object There, object Given)[] settings =
            [
                ("version", Sweep, given.Sweep),
                ("objective", Objective, given.Objective),
                ("space", Space, given.Space),
                ("search", Search, given.Search),
                ("epochs", Epochs, given.Epochs),
                ("seed", Seed, given.Seed),
            ];
            string[] differences =
            [
                .. settings.Where(static setting => !Equals(setting.There, setting.Given))
                    .Select(static setting => $"{setting.Name}: {setting.There} in the file, {setting.Given} given"),
            ];

            if (differences.Length > 0)
            {
                throw new ArgumentException(
                    $"The results in '{path}' are those of another sweep; take another folder, or delete this one:\n{string.Join('\n', differences)}");
            }
        }
    }

    /// <summary>A line for a step. The values are only for readers: they follow from the header.</summary>
    private sealed record Line(
        int Trial, Dictionary<string, string> Values, int Epochs, double? Figure, string? Reason, string? Details, double Seconds, string Silo);
}
