using System.Globalization;
using Platform.Engine.Mail;

namespace Platform.Engine.Attachments.Pdf;

/// <summary>Files inside of a PDF (ISO 32000-1 7.11.4) and those pictures that cost little to hand on: JPEG as it is, small plain ones as PNG.</summary>
internal sealed class PdfFiles(PdfFile pdf, MailAttachment file, FileContents contents)
{
    private const int MaxFiles = 100;
    private const int MaxPictures = 6;
    private const int MostOfFile = 16 * 1024 * 1024;

    private readonly HashSet<PdfStream> _taken = new(ReferenceEqualityComparer.Instance);

    public void Read()
    {
        foreach (var entry in pdf.Objects)
            if (_taken.Count < MaxFiles && pdf.Dictionary(entry.Value) is { } specification && pdf.Dictionary(specification["EF"]) is { } embedded)
                Take(pdf.Resolve(embedded["UF"] ?? embedded["F"] ?? embedded["DOS"] ?? embedded["Unix"]), NameOf(specification), entry.Number);
        foreach (var entry in pdf.Objects)
            if (_taken.Count < MaxFiles && entry.Value is PdfStream stream && stream.Dictionary.Name("Type") == "EmbeddedFile")
                Take(stream, "", entry.Number);
        TakePictures();
    }

    private void Take(PdfValue? value, string name, int number)
    {
        if (value is not PdfStream stream || !_taken.Add(stream) || !contents.Budget.TakeEntry(file.Path))
            return;
        name = name.Length > 0 ? name : string.Create(CultureInfo.InvariantCulture, $"embedded-{number}");
        contents.Fact("pdf-embedded-file", string.Create(CultureInfo.InvariantCulture, $"object {number}"), name);
        contents.Member(name, pdf.Decode(stream, MostOfFile));
    }

    private string NameOf(PdfDictionary specification)
    {
        var name = pdf.Text(specification["UF"]) is { Length: > 0 } unicode ? unicode : pdf.Text(specification["F"]);
        name = name.Replace('\\', '/').TrimStart('/');
        return name.Length > 300 ? name[^300..] : name;
    }

    private void TakePictures()
    {
        var pictures = 0;
        foreach (var entry in pdf.Objects)
        {
            if (pictures >= MaxPictures)
                return;
            if (entry.Value is not PdfStream stream || stream.Dictionary.Name("Subtype") != "Image" || _taken.Contains(stream))
                continue;
            var isJpeg = stream.Raw.Span.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) && pdf.Filters(stream).All(filter => filter is "DCTDecode" or "DCT");
            var picture = isJpeg ? stream.Raw : PdfPicture.ToPng(pdf, stream);
            if (picture.Length < 200 || !contents.Budget.TakeEntry(file.Path))
                continue;
            pictures++;
            contents.Member(string.Create(CultureInfo.InvariantCulture, $"picture-{entry.Number}.{(isJpeg ? "jpg" : "png")}"), picture[..contents.Budget.TakeDecoded(picture.Length, file.Path)]);
        }
    }
}
