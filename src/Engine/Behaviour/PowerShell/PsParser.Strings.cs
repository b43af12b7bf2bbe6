using System.Text;

namespace Platform.Engine.Behaviour.PowerShell;

/// <summary>Quoted text.</summary>
internal sealed partial class PsParser
{
    private string SingleQuoted()
    {
        var made = new StringBuilder();
        reader.At++;
        while (!reader.Ended)
        {
            if (PsReader.IsSingleQuote(reader.Current))
            {
                if (!PsReader.IsSingleQuote(reader.Ahead()))
                {
                    reader.At++;
                    break;
                }

                reader.At++;
            }

            made.Append(reader.Current);
            reader.At++;
        }

        return made.ToString();
    }

    private PsNode DoubleQuoted()
    {
        reader.At++;
        var made = new StringBuilder();
        List<PsNode> parts = [];
        while (!reader.Ended)
        {
            if (PsReader.IsDoubleQuote(reader.Current))
            {
                if (!PsReader.IsDoubleQuote(reader.Ahead()))
                {
                    reader.At++;
                    break;
                }

                reader.At++;
            }
            else if (TakePart(made, parts))
            {
                continue;
            }

            made.Append(reader.Current);
            reader.At++;
        }

        return Text(made, parts);
    }

    private PsNode HereString()
    {
        var isPlain = PsReader.IsSingleQuote(reader.Ahead());
        var start = reader.Text.IndexOf('\n', reader.At);
        var close = isPlain ? "\n'@" : "\n\"@";
        var end = start < 0 ? -1 : reader.Text.IndexOf(close, Math.Max(reader.At, start - 1), StringComparison.Ordinal);
        if (end < 0)
        {
            Skipped = true;
            reader.At = reader.Text.Length;
            return new PsConstant("");
        }

        if (isPlain || end <= start)
        {
            reader.At = end + close.Length;
            return new PsConstant(end <= start ? "" : reader.Text[(start + 1)..end].TrimEnd('\r'));
        }

        reader.At = start + 1;
        var made = new StringBuilder();
        List<PsNode> parts = [];
        while (reader.At < end)
        {
            if (TakePart(made, parts))
                continue;
            made.Append(reader.Current);
            reader.At++;
        }

        reader.At = end + close.Length;
        return Text(made, parts);
    }

    // An escape, a variable or $(...) at this place of expandable text.
    private bool TakePart(StringBuilder made, List<PsNode> parts)
    {
        var c = reader.Current;
        if (c == '`' && reader.At + 1 < reader.Text.Length)
        {
            made.Append(PsReader.Escaped(reader.Ahead()));
            reader.At += 2;
            return true;
        }

        if (c != '$' || !(char.IsLetter(reader.Ahead()) || reader.Ahead() is '{' or '(' or '_'))
            return false;
        var mark = reader.At;
        if (Primary() is not { } part)
        {
            reader.At = mark;
            return false;
        }

        if (made.Length > 0)
            parts.Add(new PsConstant(made.ToString()));
        made.Clear();
        parts.Add(part);
        return true;
    }

    private static PsNode Text(StringBuilder made, List<PsNode> parts)
    {
        if (parts.Count == 0)
            return new PsConstant(made.ToString());
        if (made.Length > 0)
            parts.Add(new PsConstant(made.ToString()));
        return new PsText(parts);
    }
}
