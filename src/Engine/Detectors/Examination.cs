using Platform.Engine.Mail;

namespace Platform.Engine.Detectors;

/// <summary>
/// How many bytes of files the detectors of one scan may still read. A small archive unpacks to hundreds of megabytes, and each
/// detector goes over all of them; so what is looked at is bounded over all detectors, and said when it was not enough.
/// </summary>
internal sealed class Examination
{
    public const string Limit = "limit-examined";
    private const int Allowance = 24 * 1024 * 1024;

    private int _left = Allowance;

    public bool Exhausted { get; private set; }

    /// <summary>The first bytes of the file, at most <paramref name="most"/> and what is left.</summary>
    public ReadOnlyMemory<byte> Take(MailAttachment file, int most) =>
        file.Content[..Take(Math.Min(file.Content.Length, most))];

    /// <summary>How many of the wanted bytes may be read.</summary>
    public int Take(int wanted)
    {
        var granted = Math.Min(wanted, _left);
        _left -= granted;
        Exhausted |= granted < wanted;
        return granted;
    }
}
