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
