using System.Text;

namespace Nnfs.Generators.Emission;

/// <summary>Writes indented source text with <c>\n</c> at the end of each line.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Writes text of one or several lines at the current indentation; empty lines stay empty.</summary>
    public void WriteLine(string text)
    {
        foreach (string line in text.Split('\n'))
        {
            string trimmed = line.TrimEnd();

            if (trimmed.Length > 0)
            {
                _text.Append(' ', 4 * _depth).Append(trimmed);
            }

            _text.Append('\n');
        }
    }

    public void WriteLine() => _text.Append('\n');

    /// <summary>Writes a header and an opening brace; disposing what it returns writes the closing one.</summary>
    public Block WriteBlock(string header)
    {
        WriteLine(header);

        return WriteBody();
    }

    /// <summary>Writes an opening brace under a header that stands already; disposing what it returns writes the closing one.</summary>
    public Block WriteBody()
    {
        WriteLine("{");
        _depth++;

        return new Block(this);
    }

    /// <summary>Writes a private method: one of a single statement as an expression, with the statement's comment as its own.</summary>
    /// <param name="summary">What it does.</param>
    /// <param name="header">Its attributes and its signature.</param>
    /// <param name="texts">The texts of its body, with an empty line between them.</param>
    public void WriteMethod(string summary, string header, IReadOnlyList<string> texts)
    {
        string[] lines = texts.Count == 1 ? texts[0].Split('\n') : [];
        int comments = lines.TakeWhile(static line => line.StartsWith("//", StringComparison.Ordinal)).Count();

        if (comments > 0 && lines.Skip(comments).Count(static line => line.EndsWith(";", StringComparison.Ordinal)) == 1)
        {
            WriteLine(string.Join("\n", lines.Take(comments)));
            WriteLine(header + " =>");
            WriteLine(string.Join("\n", lines.Skip(comments).Select(static line => "    " + line)));
        }
        else
        {
            WriteLine($"/// <summary>{summary}</summary>");

            using (WriteBlock(header))
            {
                WriteLine(string.Join("\n\n", texts));
            }
        }

        WriteLine();
    }

    public override string ToString() => _text.ToString();

    public readonly struct Block(SourceWriter writer) : IDisposable
    {
        public void Dispose()
        {
            writer._depth--;
            writer.WriteLine("}");
        }
    }
}
