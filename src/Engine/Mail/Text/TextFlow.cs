using System.Text;

namespace Platform.Engine.Mail.Text;

/// <summary>Collects text as a page shows it: white space collapsed, a line break between blocks, a bound on the length.</summary>
internal sealed class TextFlow(int maxLength)
{
    private readonly StringBuilder _text = new();
    private bool _space;
    private bool _break;

    public bool IsFull => _text.Length >= maxLength;

    public void Append(string text)
    {
        foreach (var c in text)
        {
            if (IsFull)
                return;
            if (c is ' ' or '\t' or '\r' or '\n' or '\f' or '\u00A0')
            {
                _space = true;
                continue;
            }

            if (_break && _text.Length > 0)
                _text.Append('\n');
            else if (_space && _text.Length > 0)
                _text.Append(' ');
            (_space, _break) = (false, false);
            _text.Append(c);
        }
    }

    public void Break() => _break = true;

    public override string ToString() => _text.ToString();
}
