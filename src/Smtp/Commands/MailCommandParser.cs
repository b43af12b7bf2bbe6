using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Platform.Smtp.Addresses;
using Platform.Smtp.Sessions;

namespace Platform.Smtp.Commands;

/// <summary>
/// <c>MAIL FROM:&lt;path&gt; [SIZE= BODY= SMTPUTF8 RET= ENVID= AUTH=]</c> (RFC 5321, 4.1.1.2; RFC 1870, 6152, 6531, 3461, 4954).
/// </summary>
internal static class MailCommandParser
{
    private const int MaxEnvId = 100;
    private const int MaxAuth = 500;

    [Flags]
    private enum Seen
    {
        None = 0,
        Size = 1,
        Body = 2,
        Utf8 = 4,
        Ret = 8,
        EnvId = 16,
        Auth = 32,
    }

    /// <summary>Gives the command, or the reply that refuses it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> arguments, long maxMessageBytes, [NotNullWhen(true)] out MailCommand? mail, [NotNullWhen(false)] out SmtpReply? refusal)
    {
        mail = null;
        if (!PathArgument.TryRead(arguments, "FROM:"u8, PathKind.Reverse, out var path, out var parameters, out refusal))
            return false;

        var command = new MailCommand(path.Address);
        var seen = Seen.None;
        var reader = new ParameterReader(parameters);
        while (reader.Next())
        {
            var keyword = KeywordOf(reader);
            if (keyword == Seen.None)
                return Refuse(Replies.UnknownParameter, out refusal);
            if ((seen & keyword) != 0)
                return Refuse(Replies.RepeatedParameter, out refusal);
            seen |= keyword;
            refusal = Apply(keyword, reader, maxMessageBytes, ref command);
            if (refusal is not null)
                return false;
        }

        if (reader.IsMalformed)
            return Refuse(Replies.BadParameter, out refusal);
        if (path.IsInternational && !command.SmtpUtf8)
            return Refuse(Replies.NeedsSmtpUtf8, out refusal);
        mail = command;
        refusal = null;
        return true;
    }

    private static Seen KeywordOf(in ParameterReader reader) =>
        reader.Is("SIZE"u8) ? Seen.Size
        : reader.Is("BODY"u8) ? Seen.Body
        : reader.Is("SMTPUTF8"u8) ? Seen.Utf8
        : reader.Is("RET"u8) ? Seen.Ret
        : reader.Is("ENVID"u8) ? Seen.EnvId
        : reader.Is("AUTH"u8) ? Seen.Auth
        : Seen.None;

    /// <summary>Null when the parameter is understood.</summary>
    private static SmtpReply? Apply(Seen keyword, in ParameterReader reader, long maxMessageBytes, ref MailCommand command)
    {
        var value = reader.Value;
        switch (keyword)
        {
            case Seen.Size:
                if (!TryReadSize(value, out var size))
                    return Replies.BadParameter;
                if (size > maxMessageBytes)
                    return SmtpReply.MessageTooLarge;
                command = command with { Size = size };
                return null;
            case Seen.Body:
                if (!Ascii.EqualsIgnoreCase(value, "7BIT"u8) && !Ascii.EqualsIgnoreCase(value, "8BITMIME"u8))
                    return Replies.UnknownParameter;
                command = command with { Body = value.Length == 4 ? MailBody.SevenBit : MailBody.EightBitMime };
                return null;
            case Seen.Utf8:
                command = command with { SmtpUtf8 = true };
                return reader.HasValue ? Replies.BadParameter : null;
            case Seen.Ret:
                if (!Ascii.EqualsIgnoreCase(value, "FULL"u8) && !Ascii.EqualsIgnoreCase(value, "HDRS"u8))
                    return Replies.BadParameter;
                command = command with { Ret = value[0] is (byte)'F' or (byte)'f' ? DsnReturn.Full : DsnReturn.Headers };
                return null;
            case Seen.EnvId:
                if (!reader.HasValue || value.Length > MaxEnvId || !Xtext.TryDecode(value, MaxEnvId, international: false, out var envId) || !Ascii.IsValid(envId))
                    return Replies.BadParameter;
                command = command with { EnvId = envId };
                return null;
            default:
                var auth = "";
                if (!value.SequenceEqual("<>"u8) && (!reader.HasValue || value.Length > MaxAuth || !Xtext.TryDecode(value, MaxAuth, international: false, out auth)))
                    return Replies.BadParameter;
                command = command with { Auth = auth };
                return null;
        }
    }

    private static bool TryReadSize(ReadOnlySpan<byte> value, out long size)
    {
        size = 0;
        if (value.IsEmpty || value.Length > 20 || value.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;
        if (!Utf8Parser.TryParse(value, out size, out var used) || used != value.Length)
            size = long.MaxValue;
        return true;
    }

    private static bool Refuse(SmtpReply reply, out SmtpReply? refusal)
    {
        refusal = reply;
        return false;
    }
}
