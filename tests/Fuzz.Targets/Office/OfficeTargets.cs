using System.IO.Compression;
using Platform.Engine.Attachments;
using Platform.Engine.Attachments.Excel;
using Platform.Engine.Attachments.Office;
using Platform.Engine.Attachments.Ole;
using Platform.Engine.Attachments.Ooxml;
using Platform.Engine.Attachments.Rtf;
using Platform.Engine.Attachments.Vba;
using Platform.Engine.Behaviour;
using Platform.Engine.Mail;
using Platform.Fuzz.Targets.Mail;

namespace Platform.Fuzz.Targets.Office;

/// <summary>Readers of Office files, each on its own format. Throws when one breaks a promise.</summary>
public static class OfficeTargets
{
    private const int MostOctets = 400_000;

    public static void Compound(ReadOnlySpan<byte> input)
    {
        var octets = input.ToArray();
        if (CompoundFile.Open(octets) is not { } file)
            return;
        var given = file.Streams.Sum(stream => (long)file.Read(stream).Length);
        Hold(given <= (5L * octets.Length) + (1024 * 1024), "streams together are bounded by the file");
        Hold(file.Entries.Count <= 1 + (octets.Length / 128), "an entry is listed once");
        Read(new OleReader(), "a.doc", octets);
    }

    public static void Project(ReadOnlySpan<byte> input)
    {
        var records = VbaCompression.Decompress(input, MostOctets);
        Hold(records.Length <= MostOctets, "what comes out is bounded");
        foreach (var octets in (byte[][])[records, input.ToArray()])
        {
            var directory = VbaDirectory.Read(octets);
            Hold(directory.Modules.All(module => module.StreamName.Length > 0), "a module has a stream");
            var text = directory.Encoding.GetString(octets);
            var procedures = VbaCode.Read("m", text);
            _ = VbaIntent.Of(procedures);
            _ = CompiledVba.IsStomped(new VbaModule("m", "m", text, octets), CompiledVba.Strings(octets));
            var values = new DocumentValues();
            PropertySet.Read(octets, [(2, "Title")], values);
            Hold((values.ToPage()?.Length ?? 0) <= 4_000_000, "values are bounded");
        }
    }

    public static void Workbook(ReadOnlySpan<byte> input)
    {
        var contents = Contents("a.xls", input.ToArray());
        new BinaryWorkbook(contents, new DocumentValues(), hasMacros: true).Read(input);
        _ = WorkbookEncryption.Open(input, ["VelvetSweatshop"]);
        _ = new FormulaText(wide: true, new WorkbookNames()).Read(input);
        HoldBounds(contents);
    }

    public static void RichText(ReadOnlySpan<byte> input)
    {
        Read(new RtfReader(), "a.rtf", [.. "{\\rtf1"u8, .. input]);
        var contents = Contents("a.rtf", input.ToArray());
        OleObject1.Tell(input.ToArray(), "Equation.3", contents);
        OleObjects.TellPackage(input.ToArray(), "x", contents);
        HoldBounds(contents);
    }

    /// <summary>The input as every part of a package that is read.</summary>
    public static void Package(ReadOnlySpan<byte> input)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var name in (string[])["[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml", "xl/macrosheets/sheet2.xml", "xl/sharedStrings.xml", "xl/externalLinks/e.xml", "ppt/slides/slide1.xml", "docProps/core.xml", "customUI/c.xml"])
            {
                using var part = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                part.Write(input);
            }

        Read(new OoxmlReader(), "a.docx", stream.ToArray());
        RemoteTarget.Tell(Contents("a.docx", []), "office-external-object", "x", System.Text.Encoding.UTF8.GetString(input));
    }

    private static void Read(IFileReader reader, string name, byte[] octets)
    {
        var contents = Contents(name, octets);
        reader.Read(new MailAttachment(name, name, "", FileTypes.Get("unknown"), octets, 0, Encrypted: false), contents);
        HoldBounds(contents);
    }

    private static FileContents Contents(string name, byte[] octets) =>
        new(new MailAttachment(name, name, "", FileTypes.Get("unknown"), octets, 0, Encrypted: false), new ReadBudget(MailReaderTarget.Tight, TimeProvider.System, octets.Length, CancellationToken.None), []);

    private static void HoldBounds(FileContents contents)
    {
        Hold(contents.Members.Sum(member => (long)member.Content.Length) <= MailReaderTarget.Tight.MaxDecodedBytes * 2L, "members are bounded by the budget");
        Hold(contents.ReadableText.Length <= 64 * 1024, "text is bounded");
        Hold(contents.Facts.All(fact => fact.Value.Length <= 512), "facts are short");
    }

    private static void Hold(bool promise, string what)
    {
        if (!promise)
            throw new InvalidOperationException(what);
    }
}
