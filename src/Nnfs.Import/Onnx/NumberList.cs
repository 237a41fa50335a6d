using System.Buffers;

namespace Nnfs.Import.Onnx;

/// <summary>A list of numbers that a message gives in one part or in several. One part stays where it is; several are copied side by side.</summary>
internal struct NumberList
{
    private ReadOnlyMemory<byte> _first;
    private ArrayBufferWriter<byte>? _joined;

    /// <summary>Adds a part.</summary>
    public void Add(ReadOnlyMemory<byte> part)
    {
        if (_first.IsEmpty)
        {
            _first = part;

            return;
        }

        if (_joined is null)
        {
            _joined = new();
            _joined.Write(_first.Span);
        }

        _joined.Write(part.Span);
    }

    /// <summary>All parts.</summary>
    public readonly ReadOnlyMemory<byte> Joined() => _joined is null ? _first : _joined.WrittenMemory;
}
