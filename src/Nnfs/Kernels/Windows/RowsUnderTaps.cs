namespace Nnfs.Kernels;

/// <summary>All that a window takes, tap by tap and row by row of its places.</summary>
internal struct RowsUnderTaps
{
    private readonly Window2D _window;
    private int _tap = -1;
    private int _row;
    private int _lastRow;
    private int _firstY;
    private int _firstX;
    private int _from;
    private int _to;

    public RowsUnderTaps(Window2D window)
    {
        _window = window;
    }

    public readonly RowUnderTap Current => new(
        _tap,
        (_row * _window.OutputWidth) + _from,
        _to - _from,
        ((_firstY + (_row * _window.Stride)) * _window.Width) + _firstX + (_from * _window.Stride));

    public readonly RowsUnderTaps GetEnumerator() => this;

    public bool MoveNext()
    {
        _row++;

        while (_row >= _lastRow || _from == _to)
        {
            _tap++;

            if (_tap >= _window.Taps)
            {
                return false;
            }

            (int ky, int kx) = int.DivRem(_tap, _window.KernelWidth);
            _firstY = (ky * _window.Dilation) - _window.PadTop;
            _firstX = (kx * _window.Dilation) - _window.PadLeft;
            (_row, _lastRow) = TapAxis.Within(_firstY, _window.Stride, _window.OutputHeight, _window.Height);
            (_from, _to) = TapAxis.Within(_firstX, _window.Stride, _window.OutputWidth, _window.Width);
        }

        return true;
    }
}
