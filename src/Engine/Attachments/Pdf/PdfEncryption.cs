namespace Platform.Engine.Attachments.Pdf;

/// <summary>What the encryption dictionary says (ISO 32000-1 7.6.1, ISO 32000-2 7.6.3).</summary>
internal sealed class PdfEncryption(PdfDictionary settings, PdfFile file)
{
    public bool IsStandard => settings.Name("Filter") is "Standard" or "";

    public int Revision => (int)(file.Number(settings["R"]) ?? 0);

    public int Permissions => unchecked((int)(long)(file.Number(settings["P"]) ?? 0));

    public bool EncryptsMetadata => settings["EncryptMetadata"] is not PdfKeyword { Word: "false" };

    /// <summary>In octets.</summary>
    public int KeyLength => Revision switch
    {
        2 => 5,
        >= 5 => 32,
        _ => Math.Clamp((int)(file.Number(settings["Length"]) ?? (Version >= 4 ? 128 : 40)) is var length and >= 40 ? length / 8 : 16, 5, 16),
    };

    public byte[] Bytes(string key) => file.Resolve(settings[key]) is PdfString text ? text.Bytes.ToArray() : [];

    /// <param name="filter">StmF or StrF.</param>
    /// <returns>V2 (RC4), AESV2, AESV3 or Identity.</returns>
    public string MethodOf(string filter)
    {
        if (Version < 4)
            return "V2";
        var name = settings.Name(filter);
        if (name is "" or "Identity")
            return "Identity";
        return file.Dictionary(file.Dictionary(settings["CF"])?[name])?.Name("CFM") is { Length: > 0 } method ? method : Revision >= 5 ? "AESV3" : "AESV2";
    }

    private int Version => (int)(file.Number(settings["V"]) ?? 0);
}
