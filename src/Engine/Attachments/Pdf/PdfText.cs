using System.Text;

namespace Platform.Engine.Attachments.Pdf;

/// <summary>
/// The text that pages show (ISO 32000-1 9.4): strings of the text operators, decoded by the font's ToUnicode table, or by the
/// encodings that need none. Order and spacing are those of the content stream, which is near enough for words.
/// </summary>
internal sealed class PdfText(PdfFile pdf)
{
    private const int MaxPages = 200;
    private const int MostText = 512 * 1024;
    private const int MostOfContent = 1024 * 1024;
    private const int MaxForms = 60;

    // Wider than this many thousandths of the font's size is a gap between words.
    private const double Gap = -180;

    private readonly Dictionary<PdfDictionary, PdfFont> _fonts = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<PdfStream> _shown = new(ReferenceEqualityComparer.Instance);
    private readonly StringBuilder _text = new();

    /// <summary>There are more pages than are read.</summary>
    public bool IsCut { get; private set; }

    public string Read()
    {
        var pages = 0;
        foreach (var entry in pdf.Objects)
        {
            if (entry.Value is not PdfDictionary page || page.Name("Type") != "Page")
                continue;
            IsCut = pages++ >= MaxPages || _text.Length >= MostText;
            if (IsCut)
                break;
            ReadPage(page);
            _text.Append('\n');
        }

        return _text.ToString().Trim();
    }

    private void ReadPage(PdfDictionary page)
    {
        var resources = Inherited(page, "Resources");
        foreach (var part in pdf.Resolve(page["Contents"]) is PdfArray array ? array.Items.Take(40) : [page["Contents"] ?? new PdfKeyword("null")])
            if (pdf.Resolve(part) is PdfStream content)
                Show(content, resources, 0);
    }

    private PdfDictionary? Inherited(PdfDictionary page, string key)
    {
        var node = page;
        for (var level = 0; level < 12 && node is not null; level++)
        {
            if (pdf.Dictionary(node[key]) is { } found)
                return found;
            node = pdf.Dictionary(node["Parent"]);
        }

        return null;
    }

    private void Show(PdfStream content, PdfDictionary? resources, int depth)
    {
        if (depth > 4 || _shown.Count > MaxForms + MaxPages || !_shown.Add(content))
            return;
        var parser = new PdfParser(pdf.Decode(content, MostOfContent), new PdfReading());
        var fonts = pdf.Dictionary(resources?["Font"]);
        var font = PdfFont.Plain;
        List<PdfValue> operands = [];
        var height = double.NaN;
        while (_text.Length < MostText && parser.Next(references: false) is { } token)
        {
            if (token is not PdfKeyword { Word: var word })
            {
                if (operands.Count < 40)
                    operands.Add(token);
                continue;
            }

            switch (word)
            {
                case "Tf" when operands is [PdfName name, ..]:
                    font = FontOf(fonts, name.Value);
                    break;
                case "Tj" or "'" or "\"" when operands is [.., PdfString text]:
                    if (word != "Tj")
                        _text.Append('\n');
                    _text.Append(font.Decode(text.Bytes.Span));
                    break;
                case "TJ" when operands is [.., PdfArray items]:
                    ShowAll(items, font);
                    break;
                case "Td" or "TD" or "T*" or "ET":
                    Separate(word == "Td" && operands is [.., PdfNumber, PdfNumber { Value: 0 }] ? ' ' : '\n');
                    break;
                case "Tm":
                    // Cells of a row are placed one by one, at one height.
                    var at = operands is [.., PdfNumber { Value: var y }] ? y : double.NaN;
                    Separate(at == height ? ' ' : '\n');
                    height = at;
                    break;
                case "Do" when operands is [.., PdfName form] && pdf.Resolve(pdf.Dictionary(resources?["XObject"])?[form.Value]) is PdfStream drawn && drawn.Dictionary.Name("Subtype") == "Form":
                    Show(drawn, pdf.Dictionary(drawn.Dictionary["Resources"]) ?? resources, depth + 1);
                    break;
                case "ID":
                    SkipInlinePicture(parser);
                    break;
            }

            operands.Clear();
        }
    }

    private void ShowAll(PdfArray items, PdfFont font)
    {
        foreach (var item in items.Items)
            if (item is PdfString text)
                _text.Append(font.Decode(text.Bytes.Span));
            else if (item is PdfNumber { Value: < Gap })
                Separate(' ');
    }

    private void Separate(char by)
    {
        if (_text.Length > 0 && _text[^1] is not (' ' or '\n'))
            _text.Append(by);
    }

    private static void SkipInlinePicture(PdfParser parser)
    {
        for (var steps = 0; steps < 100_000 && parser.Next(references: false) is { } token; steps++)
            if (token is PdfKeyword { Word: "EI" })
                return;
    }

    private PdfFont FontOf(PdfDictionary? fonts, string name)
    {
        if (pdf.Dictionary(fonts?[name]) is not { } dictionary)
            return PdfFont.Plain;
        if (!_fonts.TryGetValue(dictionary, out var font))
            _fonts[dictionary] = font = PdfFont.Read(pdf, dictionary);
        return font;
    }
}
