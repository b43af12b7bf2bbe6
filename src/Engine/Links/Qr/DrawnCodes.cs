using System.Buffers;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Platform.Engine.Mail.Text;

namespace Platform.Engine.Links.Qr;

/// <summary>Codes drawn without a picture: in block characters, in plain characters, or as a table of coloured cells.</summary>
internal static class DrawnCodes
{
    private const int FewestRows = 11;
    private const int FewestBraille = 6;
    private const int MostRows = 200;
    private const int MostColumns = 400;
    private const int Module = 4;
    private const int QuietZone = 4;
    private const int MostTables = 40;

    private const string Full = "█■⬛▓#@MWX8&%◼●";
    // Characters that are cut down the middle too, and which quarters of each are dark: upper left 1, upper right 2, lower left 4, lower right 8.
    private const string Halved = "▌▐▖▗▘▙▚▛▜▝▞▟";
    private static readonly SearchValues<char> HalvedSet = SearchValues.Create(Halved);
    private static readonly SearchValues<char> LowSet = SearchValues.Create("▀▄▖▗▘▙▚▛▜▝▞▟");
    private static readonly int[] Quarters = [5, 10, 4, 8, 1, 13, 9, 7, 11, 2, 6, 14];

    private const string Blank = " \u00a0\u3000□⬜░.·◻○-_";

    /// <summary>Pictures of what blocks of lines in a text draw.</summary>
    public static IEnumerable<GreyPicture> InText(string text)
    {
        List<string> block = [];
        foreach (var line in text.Split('\n').Append(""))
        {
            var trimmed = line.TrimEnd('\r');
            if (trimmed.Length is >= FewestRows and <= MostColumns && IsDrawing(trimmed) && block.Count < MostRows)
            {
                block.Add(trimmed);
                continue;
            }

            if ((block.Count >= FewestRows || block.Count >= FewestBraille && IsBraille(block)) && Draw(block) is { } picture)
                yield return picture;
            block.Clear();
        }
    }

    /// <summary>Pictures of what tables in an HTML body draw by the grounds of their cells, and of preformatted text.</summary>
    public static IEnumerable<GreyPicture> InHtml(IHtmlDocument document)
    {
        var left = MostTables;
        foreach (var element in document.All)
        {
            var broken = element.LocalName is "div" or "p" or "td" or "span" or "font" or "center" && element.Children.Count(child => child.LocalName == "br") >= FewestBraille;
            if (!broken && element.LocalName is not ("table" or "pre" or "tt" or "code"))
                continue;
            if (left-- <= 0)
                yield break;
            if (element is IHtmlTableElement table)
            {
                if (Cells(table) is { } cells)
                    yield return Draw(cells, 1, 1);
            }
            else
            {
                foreach (var picture in InText(broken ? BrokenText(element) : element.TextContent))
                    yield return picture;
            }
        }
    }

    private static string BrokenText(IElement element)
    {
        var text = new StringBuilder();
        foreach (var node in element.ChildNodes)
            text.Append(node is IElement { LocalName: "br" } ? "\n" : node.TextContent.Replace('\n', ' '));
        return text.ToString();
    }

    private static bool IsBraille(List<string> lines) => lines.Exists(line => line.AsSpan().ContainsAnyInRange('\u2801', '\u28ff'));

    private static bool IsDrawing(string line)
    {
        foreach (var character in line)
            if (!Full.Contains(character, StringComparison.Ordinal) && !Blank.Contains(character, StringComparison.Ordinal) && character is not ('▀' or '▄' or (>= '\u2800' and <= '\u28ff')) && !Halved.Contains(character, StringComparison.Ordinal))
                return false;
        return true;
    }

    private static GreyPicture? Draw(List<string> lines)
    {
        var width = lines.Max(line => line.Length);
        if (lines.Exists(line => line.AsSpan().ContainsAny(HalvedSet)) || IsBraille(lines))
            return DrawCut(lines, width);
        var halves = lines.Exists(line => line.AsSpan().ContainsAny("▀▄"));
        var rows = lines.Count * (halves ? 2 : 1);
        var cells = new bool[rows, width];
        var dark = 0;
        for (var row = 0; row < lines.Count; row++)
            for (var column = 0; column < lines[row].Length; column++)
            {
                var character = lines[row][column];
                var full = Full.Contains(character, StringComparison.Ordinal);
                var upper = full || character is '▀';
                var lower = full || character is '▄';
                cells[row * (halves ? 2 : 1), column] = upper;
                if (halves)
                    cells[row * 2 + 1, column] = lower;
                dark += upper ? 1 : 0;
            }

        // A character is about half as wide as it is high, so plain drawings set two for a module.
        var doubled = !halves && width >= rows * 3 / 2;
        return dark >= FewestRows * 2 ? Draw(cells, doubled ? 1 : 2, 2) : null;
    }

    // Half blocks set side by side, quadrants, and braille (two dots across, four down; U+2800 and one bit a dot).
    private static GreyPicture? DrawCut(List<string> lines, int width)
    {
        var high = IsBraille(lines) ? 4 : lines.Exists(line => line.AsSpan().ContainsAny(LowSet)) ? 2 : 1;
        var cells = new bool[lines.Count * high, width * 2];
        var dark = 0;
        for (var row = 0; row < lines.Count; row++)
            for (var column = 0; column < lines[row].Length; column++)
                for (var y = 0; y < high; y++)
                    for (var x = 0; x < 2; x++)
                        if (IsDark(lines[row][column], x, y, high))
                        {
                            cells[row * high + y, column * 2 + x] = true;
                            dark++;
                        }

        return dark >= FewestRows * 2 ? Draw(cells, 1, 1) : null;
    }

    private static bool IsDark(char character, int x, int y, int high) => character switch
    {
        >= '\u2800' and <= '\u28ff' => (character - '\u2800' >> (y == 3 ? 6 + x : y + 3 * x) & 1) != 0,
        '▀' => y * 2 < high,
        '▄' => y * 2 >= high,
        _ when Halved.IndexOf(character, StringComparison.Ordinal) is var at and >= 0 => (Quarters[at] >> ((high > 1 ? y * 2 / high : 0) * 2 + x) & 1) != 0,
        _ => Full.Contains(character, StringComparison.Ordinal),
    };

    private static GreyPicture Draw(bool[,] cells, int cellWidth, int cellHeight)
    {
        var (rows, columns) = (cells.GetLength(0), cells.GetLength(1));
        var (w, h) = (cellWidth * Module / 2 * (cellWidth == 1 && cellHeight == 1 ? 2 : 1), cellHeight * Module / 2 * (cellWidth == 1 && cellHeight == 1 ? 2 : 1));
        var border = QuietZone * Module;
        var (width, height) = (columns * w + 2 * border, rows * h + 2 * border);
        var pixels = new byte[width * height];
        Array.Fill(pixels, byte.MaxValue);
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++)
            {
                if (!cells[row, column])
                    continue;
                for (var y = 0; y < h; y++)
                    pixels.AsSpan((border + row * h + y) * width + border + column * w, w).Clear();
            }

        return new GreyPicture(pixels, width, height);
    }

    private static bool[,]? Cells(IHtmlTableElement table)
    {
        const int FewestModules = 21;
        var rows = table.Rows.Take(MostRows + 1).ToList();
        if (rows.Count is < FewestModules or > MostRows)
            return null;
        List<List<bool>> lines = [];
        foreach (var row in rows)
        {
            List<bool> line = [];
            var ground = Ground(row, dark: false);
            foreach (var cell in row.Cells.Take(MostColumns))
                for (var span = Math.Clamp(cell.ColumnSpan, 1, MostColumns); span > 0 && line.Count < MostColumns; span--)
                    line.Add(Ground(cell, ground));
            lines.Add(line);
        }

        var width = lines.Max(line => line.Count);
        if (width < FewestModules || lines.Sum(line => line.Count(dark => dark)) < FewestModules * 2)
            return null;
        var cells = new bool[lines.Count, width];
        for (var row = 0; row < lines.Count; row++)
            for (var column = 0; column < lines[row].Count; column++)
                cells[row, column] = lines[row][column];
        return cells;
    }

    private static bool Ground(IElement element, bool dark)
    {
        var color = CssDeclarations.Parse(element.GetAttribute("style")).Background ?? (element.GetAttribute("bgcolor") is { } named ? CssColor.Parse(named) : null);
        return color is { Transparent: false } ground ? ground.Red * 77 + ground.Green * 150 + ground.Blue * 29 < 128 * 256 : dark;
    }
}
