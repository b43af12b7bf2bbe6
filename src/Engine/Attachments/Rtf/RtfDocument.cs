using System.Text;
using Platform.Engine.Attachments.Office;

namespace Platform.Engine.Attachments.Rtf;

/// <summary>One RTF document while it is read: the groups that are open, and what gathers in their destinations.</summary>
internal sealed class RtfDocument(FileContents contents)
{
    private const int MaxDepth = 4_000;
    private const int MaxObject = 24 * 1024 * 1024;
    private const int MaxObjects = 200;
    private const int MaxGathered = 64 * 1024;
    private const int MaxText = 2_000_000;
    private const int ManyFonts = 0x8000;

    private static readonly HashSet<string> Skipped = new(StringComparer.Ordinal)
    {
        "fonttbl", "colortbl", "stylesheet", "pict", "themedata", "colorschememapping", "latentstyles", "datastore", "listtable", "listoverridetable", "revtbl", "rsidtbl", "generator", "xmlnstbl", "mmathPr", "info", "nonshppict", "filetbl", "author", "operator", "passwordhash",
    };

    private readonly Stack<Group> _groups = [];
    private readonly FieldCodes _fields = new(contents);
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _gathered = new();
    private readonly List<byte> _octets = [];
    private HexDigits? _digits;
    private Encoding _encoding = CodePages.Western;
    private Group _group;
    private string _class = "";
    private bool _ignorable;
    private int _toSkip;
    private int _objects;
    private int _fonts;

    private enum Destination
    {
        Text,
        Skip,
        Data,
        Class,
        Template,
        Field,
        ShapeName,
    }

    public void Read(ReadOnlySpan<byte> content)
    {
        var tokens = new RtfTokens(content);
        while (tokens.Next() != RtfTokenKind.End)
        {
            switch (tokens.Kind)
            {
                case RtfTokenKind.Open:
                    Open();
                    break;
                case RtfTokenKind.Close:
                    Close();
                    break;
                case RtfTokenKind.Word:
                    Word(tokens.Name, tokens.Number);
                    break;
                case RtfTokenKind.Symbol:
                    Symbol(tokens.Name[0]);
                    break;
                case RtfTokenKind.Octet:
                    Octet((byte)((Digit(tokens.Octets[0]) << 4) | Digit(tokens.Octets[1])));
                    break;
                case RtfTokenKind.Binary:
                    _digits?.Raw(tokens.Octets);
                    break;
                default:
                    Text(tokens.Octets);
                    break;
            }
        }

        // Word does not mind that the last groups are never closed.
        while (_groups.Count > 0)
            Close();
        EndObject();
        FlushOctets();
        contents.Text(_text.ToString().Trim());
        if (_fonts >= ManyFonts)
            contents.Fact("ole-risky-class", "fonttbl", $"{_fonts} fonts (CVE-2023-21716)");
    }

    private static int Digit(byte digit) => char.IsAsciiDigit((char)digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private void Open()
    {
        FlushOctets();
        _digits?.Disturb();
        if (_groups.Count < MaxDepth)
            _groups.Push(_group);
        _group.Begins = false;
    }

    private void Close()
    {
        FlushOctets();
        var closed = _group;
        _ignorable = false;
        _group = _groups.TryPop(out var around) ? around : default;
        if (!closed.Begins)
        {
            _digits?.Disturb();
            return;
        }

        switch (closed.Destination)
        {
            case Destination.Data:
                EndObject();
                break;
            case Destination.Class:
                _class = Gathered();
                break;
            case Destination.Template:
                RemoteTarget.Tell(contents, "office-external-template", "template", Gathered());
                break;
            case Destination.Field:
                _fields.End("field");
                break;
            case Destination.ShapeName when Gathered().Equals("pFragments", StringComparison.OrdinalIgnoreCase):
                contents.Fact("ole-risky-class", "shape", "pFragments (CVE-2010-3333)");
                break;
        }
    }

    private void Word(string word, int? number)
    {
        switch (word)
        {
            case "objdata":
                Begin(Destination.Data);
                _digits ??= new HexDigits(MaxObject);
                break;
            case "objclass":
                Begin(Destination.Class);
                break;
            case "object":
                _class = "";
                break;
            case "template":
                Begin(Destination.Template);
                break;
            case "fldinst":
                Begin(Destination.Field);
                _fields.Begin();
                break;
            case "sn":
                Begin(Destination.ShapeName);
                break;
            case "ansicpg" when number is { } page:
                _encoding = CodePages.Get(page);
                break;
            case "objupdate":
                contents.Fact("rtf-object-update", "object", _class);
                break;
            case "u" when number is { } code:
                Unicode((char)(ushort)code);
                break;
            case "uc" when number is { } skip:
                _group.Fallback = Math.Clamp(skip, 0, 50) + 1;
                break;
            case "par" or "line" or "sect" or "page" or "row":
                Letter('\n');
                break;
            case "tab":
                Letter(' ');
                break;
            case "cell" or "nestcell":
                Letter('\t');
                break;
            case "f" when _group.Destination == Destination.Skip:
                _fonts++;
                break;
            case "shpinst" or "shptxt" or "do" or "background" or "hlinkbase" or "ud" or "upr" or "result" or "docvar":
                break;
            default:
                if (Skipped.Contains(word) || _ignorable)
                    Begin(Destination.Skip);
                else
                    _digits?.Disturb();
                break;
        }

        _ignorable = false;
    }

    private void Begin(Destination destination)
    {
        FlushOctets();
        if (_digits is not null && destination != Destination.Data)
            _digits.Disturb();
        // Inside of an object's data another destination only hides what is in it.
        _group = new Group { Destination = destination, Begins = true, Fallback = _group.Fallback };
        if (destination is Destination.Class or Destination.Template or Destination.ShapeName)
            _gathered.Clear();
    }

    private void Symbol(char symbol)
    {
        if (symbol == '*')
        {
            _ignorable = true;
            return;
        }

        _digits?.Disturb();
        if (symbol is '\\' or '{' or '}')
            Letter(symbol);
        else if (symbol is '~' or '\r' or '\n')
            Letter(symbol == '~' ? ' ' : '\n');
    }

    private void Octet(byte octet)
    {
        _digits?.Disturb();
        if (_toSkip > 0)
            _toSkip--;
        else if (_group.Destination is not (Destination.Data or Destination.Skip))
            _octets.Add(octet);
    }

    private void Unicode(char c)
    {
        FlushOctets();
        Letter(c);
        _toSkip = _group.Fallback == 0 ? 1 : _group.Fallback - 1;
    }

    private void Text(ReadOnlySpan<byte> text)
    {
        if (_group.Destination == Destination.Data)
        {
            _digits?.Add(text);
            return;
        }

        if (_group.Destination == Destination.Skip)
            return;
        foreach (var octet in text)
        {
            if (octet is (byte)'\r' or (byte)'\n' or 0)
                continue;
            if (_toSkip > 0)
                _toSkip--;
            else
                _octets.Add(octet);
        }
    }

    private void FlushOctets()
    {
        if (_octets.Count == 0)
            return;
        var text = _encoding.GetString([.. _octets]);
        _octets.Clear();
        Put(text);
    }

    private void Letter(char c)
    {
        FlushOctets();
        Put(c.ToString());
    }

    private void Put(string text)
    {
        switch (_group.Destination)
        {
            case Destination.Text when _text.Length < MaxText:
                _text.Append(text);
                break;
            case Destination.Field:
                _fields.Append(text);
                break;
            case Destination.Class or Destination.Template or Destination.ShapeName when _gathered.Length < MaxGathered:
                _gathered.Append(text);
                break;
        }
    }

    private string Gathered()
    {
        var text = _gathered.ToString().Trim();
        _gathered.Clear();
        return text;
    }

    private void EndObject()
    {
        if (_digits is not { } digits)
            return;
        _digits = null;
        if (_objects++ >= MaxObjects)
        {
            contents.Budget.Cut("limit-objects", "rtf", $"more than {MaxObjects} objects");
            return;
        }

        if (digits.Disturbances > 0 && digits.Length > 16)
            contents.Fact("rtf-obfuscated", _class.Length > 0 ? _class : "object", $"{digits.Disturbances} interruptions among the digits of an object");
        var octets = digits.ToOctets();
        OleObject1.Tell(octets.AsMemory(0, contents.Budget.TakeUnpacked(octets.Length, "object")), _class, contents);
        _class = "";
    }

    private record struct Group
    {
        public Destination Destination { get; set; }

        /// <summary>This group, and none around it, began the destination.</summary>
        public bool Begins { get; set; }

        /// <summary>One more than the octets that stand after a Unicode character for old readers; 0 before it is said.</summary>
        public int Fallback { get; set; }
    }
}
