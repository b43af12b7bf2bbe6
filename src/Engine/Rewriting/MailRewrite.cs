namespace Platform.Engine.Rewriting;

/// <summary>What is to be different of a mail when it leaves; whatever is not named stays byte for byte (OUT8, OUT9, OUT12).</summary>
public sealed record MailRewrite
{
    /// <summary>Files that do not go along; null: all do.</summary>
    public FileChoice? Take { get; init; }

    /// <summary>With it, what <see cref="Take"/> names goes along under this password: a PDF as one, all else as archives. Null: it does not go along.</summary>
    public string? Lock { get; init; }

    /// <summary>Added behind the text that a reader sees; null: nothing is.</summary>
    public MailNote? Note { get; init; }

    /// <summary>Written in place of the mail, which keeps only who writes to whom, when, and in answer to what; null: the mail itself goes.</summary>
    public MailReplacement? Replacement { get; init; }
}

/// <summary>Which files of a mail are meant: attached ones, and of pictures that its HTML shows only those that are too large or of a named type.</summary>
public sealed record FileChoice
{
    public bool All { get; init; }

    /// <summary>In decoded bytes: every file of more is meant.</summary>
    public long? LargerThan { get; init; }

    /// <summary>Types by content (<c>exe</c>, <c>ooxml-word</c>) or extensions of names (<c>docm</c>), in lower case; of archives also what they hold.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>What stands in the place of each; <c>{name}</c> is its name.</summary>
    public string InPlace { get; init; } = "";
}

/// <summary>The same words in three forms; where <paramref name="Text"/> is empty they stand in the HTML alone.</summary>
/// <param name="Ascii">For texts whose character set has not the letters of <paramref name="Text"/>.</param>
/// <param name="Html">A fragment of ours, escaped already; may hold any character.</param>
public sealed record MailNote(string Text, string Ascii, string Html);

/// <param name="Subject">Null: that of the mail.</param>
/// <param name="Html">A whole document of ours.</param>
public sealed record MailReplacement(string? Subject, string Text, string Html);

public enum RewriteEnd
{
    /// <summary>The mail is as asked for.</summary>
    Changed,

    /// <summary>Nothing in it is what was asked for; it stays as it is.</summary>
    Unchanged,

    /// <summary>It is signed or encrypted (RFC 1847, 8551, 9580): a change would break it, and it stays whole.</summary>
    Sealed,

    /// <summary>It can be read in more than one way, or what is to go cannot be taken out alone; it stays whole.</summary>
    Unclear,
}

/// <param name="Message">The changed mail; empty unless <see cref="RewriteEnd.Changed"/>.</param>
/// <param name="Taken">What was taken out, in the order of the mail.</param>
public sealed record RewrittenMail(RewriteEnd End, IReadOnlyList<TakenFile> Taken, ReadOnlyMemory<byte> Message)
{
    internal static RewrittenMail Of(RewriteEnd end) => new(end, [], ReadOnlyMemory<byte>.Empty);
}

/// <param name="Path">Place of its part in the mail: <c>1.2</c>.</param>
/// <param name="Type">Media type by content.</param>
/// <param name="Size">Decoded bytes.</param>
public sealed record TakenFile(string Path, string Name, string Type, long Size);

public interface IMailRewriter
{
    /// <summary>Never throws for any bytes but <see cref="OperationCanceledException"/>.</summary>
    RewrittenMail Rewrite(ReadOnlyMemory<byte> message, MailRewrite rewrite, ScanLimits limits, CancellationToken cancellationToken);
}
