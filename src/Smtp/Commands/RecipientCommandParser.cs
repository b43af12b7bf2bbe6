using System.Diagnostics.CodeAnalysis;
using System.Text;
using Platform.Smtp.Addresses;
using Platform.Smtp.Sessions;

namespace Platform.Smtp.Commands;

/// <summary><c>RCPT TO:&lt;path&gt; [NOTIFY= ORCPT=]</c> (RFC 5321, 4.1.1.3; RFC 3461, 4.1 and 4.2; RFC 6533).</summary>
internal static class RecipientCommandParser
{
    private const int MaxOrcpt = 500;

    /// <summary>Gives the command, or the reply that refuses it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> arguments, bool smtpUtf8, [NotNullWhen(true)] out RecipientCommand? recipient, [NotNullWhen(false)] out SmtpReply? refusal)
    {
        recipient = null;
        if (!PathArgument.TryRead(arguments, "TO:"u8, PathKind.Forward, out var path, out var parameters, out refusal))
            return false;
        if (path.IsInternational && !smtpUtf8)
            return Refuse(Replies.NeedsSmtpUtf8, out refusal);

        DsnNotify? notify = null;
        OriginalRecipient? orcpt = null;
        var reader = new ParameterReader(parameters);
        while (reader.Next())
        {
            if (reader.Is("NOTIFY"u8))
            {
                if (notify is not null)
                    return Refuse(Replies.RepeatedParameter, out refusal);
                if (!TryReadNotify(reader.Value, out var asked))
                    return Refuse(Replies.BadParameter, out refusal);
                notify = asked;
            }
            else if (reader.Is("ORCPT"u8))
            {
                if (orcpt is not null)
                    return Refuse(Replies.RepeatedParameter, out refusal);
                if (!TryReadOriginal(reader.Value, smtpUtf8, out orcpt))
                    return Refuse(Replies.BadParameter, out refusal);
            }
            else
            {
                return Refuse(Replies.UnknownParameter, out refusal);
            }
        }

        if (reader.IsMalformed)
            return Refuse(Replies.BadParameter, out refusal);
        recipient = new RecipientCommand(path.Address, path.LocalPart, path.Domain) { Notify = notify, Orcpt = orcpt };
        refusal = null;
        return true;
    }

    private static bool TryReadNotify(ReadOnlySpan<byte> value, out DsnNotify notify)
    {
        notify = DsnNotify.Never;
        if (Ascii.EqualsIgnoreCase(value, "NEVER"u8))
            return true;
        foreach (var range in value.Split((byte)','))
        {
            var word = value[range];
            if (Ascii.EqualsIgnoreCase(word, "SUCCESS"u8))
                notify |= DsnNotify.Success;
            else if (Ascii.EqualsIgnoreCase(word, "FAILURE"u8))
                notify |= DsnNotify.Failure;
            else if (Ascii.EqualsIgnoreCase(word, "DELAY"u8))
                notify |= DsnNotify.Delay;
            else
                return false;
        }

        return notify != DsnNotify.Never;
    }

    private static bool TryReadOriginal(ReadOnlySpan<byte> value, bool smtpUtf8, [NotNullWhen(true)] out OriginalRecipient? original)
    {
        original = null;
        var semicolon = value.IndexOf((byte)';');
        if (semicolon is < 1 or > 32 || value.Length > MaxOrcpt)
            return false;
        var type = value[..semicolon];
        foreach (var octet in type)
            if (!char.IsAsciiLetterOrDigit((char)octet) && octet != '-')
                return false;
        var isUtf8 = Ascii.EqualsIgnoreCase(type, "utf-8"u8);
        if (!Xtext.TryDecode(value[(semicolon + 1)..], MaxOrcpt, isUtf8 && smtpUtf8, out var address) || address.Length == 0)
            return false;
        original = new OriginalRecipient(Encoding.ASCII.GetString(type), address);
        return true;
    }

    private static bool Refuse(SmtpReply reply, out SmtpReply? refusal)
    {
        refusal = reply;
        return false;
    }
}
