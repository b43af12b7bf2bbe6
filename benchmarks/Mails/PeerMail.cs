using Platform.Benchmarks.Load;

namespace Platform.Benchmarks.Mails;

/// <summary>The kinds of mail that independent clients send, by name: for benches and end-to-end tests alike.</summary>
internal sealed record PeerMail(string Name, bool Hostile, Func<string, IReadOnlyList<string>, byte[]> Make)
{
    public static IReadOnlyList<PeerMail> All { get; } =
    [
        Clean("plain", CleanMails.Plain),
        Clean("8bit", CleanMails.EightBit),
        Clean("iso-2022-jp", CleanMails.Iso2022Jp),
        Clean("dots", CleanMails.Dots),
        Clean("long-line", CleanMails.LongLine),
        Clean("attachment", CleanMails.Attachment),
        Clean("alternative", CleanMails.Alternative),
        Clean("odd-spacing", CleanMails.OddSpacing),
        Clean("large", CleanMails.Large),
        new("eicar", true, HostileMails.EicarAttachment),
        new("eicar-in-archive", true, HostileMails.EicarInArchive),
        new("disguised-program", true, HostileMails.DisguisedProgram),
        new("credential-phishing", true, HostileMails.CredentialPhishing),
    ];

    public OutgoingMail To(string id, params IReadOnlyList<string> recipients) => new(id, "mika@partner.example", recipients, Make(id, recipients), Hostile);

    private static PeerMail Clean(string name, Func<string, string, byte[]> make) => new(name, false, (id, to) => make(id, string.Join(", ", to)));
}
