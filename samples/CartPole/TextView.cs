namespace CartPole;

/// <summary>A cart and its pole in letters.</summary>
internal static class TextView
{
    private const int Width = 49;
    private const int Height = 4;

    /// <summary>Draws a cart: the pole leans three times as far as it does, so that it can be seen.</summary>
    public static string Draw(Cart cart, int step)
    {
        char[][] rows = [.. Enumerable.Range(0, Height + 1).Select(static _ => new string(' ', Width).ToCharArray())];
        int middle = (int)Math.Round((cart.Position / Cart.Track + 1) / 2 * (Width - 1));

        for (int row = 0; row < Height; row++)
        {
            double above = Height - row;
            int column = middle + (int)Math.Round(above * Math.Tan(3 * cart.Angle) * 2);
            Put(rows[row], column, cart.Angle > 0.02 ? '/' : cart.Angle < -0.02 ? '\\' : '|');
        }

        for (int column = middle - 2; column <= middle + 2; column++)
        {
            Put(rows[Height], column, '█');
        }

        IEnumerable<string> lines = rows.Select(static row => "  " + new string(row).TrimEnd());

        return $"step {step}\n{string.Join('\n', lines)}\n  {new string('─', Width)}";
    }

    private static void Put(char[] row, int column, char letter)
    {
        if (column >= 0 && column < row.Length)
        {
            row[column] = letter;
        }
    }
}
