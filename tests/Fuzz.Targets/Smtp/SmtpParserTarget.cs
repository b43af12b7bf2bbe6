using System.Text;
using Platform.Smtp.Addresses;
using Platform.Smtp.Commands;
using Platform.Smtp.Connections;
using Platform.Smtp.Messages;
using Platform.Smtp.Sessions;

namespace Platform.Fuzz.Targets.Smtp;

/// <summary>All that reads bytes of a client before anything is known about it. Throws when a parser breaks a promise.</summary>
public static class SmtpParserTarget
{
    private const int MaxLine = 2_048;

    public static void Run(ReadOnlySpan<byte> input)
    {
        ReadProxyHeader(input);
        ReadCommandLine(input);
        ReadCommands(CommandLine.Parse(input).Arguments);
        ReadContent(input, isDotted: true);
        ReadContent(input, isDotted: false);
    }

    private static void ReadProxyHeader(ReadOnlySpan<byte> input)
    {
        var result = ProxyHeader.TryParse(input, out var header, out var length);
        Hold(result != ProxyParse.Done || (header is not null && length > 0 && length <= input.Length), "a PROXY header ends within the input");
        Hold(result != ProxyParse.NeedMore || input.Length < ProxyHeader.MaxLength, "a PROXY header is bounded");
    }

    private static void ReadCommandLine(ReadOnlySpan<byte> input)
    {
        var status = CommandLineScanner.Find(input, MaxLine, out var length, out var fault);
        Hold(status != LineStatus.Line || input.Slice(length, 2).SequenceEqual("\r\n"u8), "a line ends by CRLF");
        Hold(status != LineStatus.Line || !input[..length].ContainsAny("\r\n\0"u8), "a line holds no line end");
        Hold(status != LineStatus.NeedMore || input.Length < MaxLine, "a line is bounded");
        Hold(status == LineStatus.Faulty == (fault != LineFault.None), "a fault has a name");
    }

    private static void ReadCommands(ReadOnlySpan<byte> arguments)
    {
        HelloName.IsValid(Encoding.Latin1.GetString(arguments));
        Hold(!BdatCommand.TryParse(arguments, out var chunk) || chunk.Size >= 0, "a chunk has a size");
        if (XclientCommand.TryParse(arguments, out var claimed))
        {
            HoldClean(claimed.Name.Value);
            HoldClean(claimed.Helo.Value);
            HoldClean(claimed.Login.Value);
        }

        if (MailCommandParser.TryParse(arguments, 1_000_000, out var mail, out var refusal))
        {
            HoldClean(mail.ReversePath);
            HoldClean(mail.EnvId);
            HoldClean(mail.Auth);
            HoldReadsAgain(mail.ReversePath);
        }
        else
        {
            Hold(refusal.IsPermanentFailure, "a refusal of syntax is permanent");
        }

        foreach (var isInternational in (ReadOnlySpan<bool>)[false, true])
        {
            if (!RecipientCommandParser.TryParse(arguments, isInternational, out var recipient, out _))
                continue;
            HoldClean(recipient.Address);
            HoldClean(recipient.Orcpt?.Address);
            Hold(isInternational || Ascii.IsValid(recipient.Address), "without SMTPUTF8 an address is ASCII");
            Hold(Ascii.IsValid(recipient.Domain) && recipient.Domain.Length <= DomainName.MaxLength, "a domain is given in A-labels");
            Hold(Encoding.UTF8.GetByteCount(recipient.LocalPart) <= PathParser.MaxLocalPart, "a recipient's local-part is bounded");
            if (recipient.Domain.Length > 0)
                HoldReadsAgain(recipient.Address);
        }
    }

    private static void ReadContent(ReadOnlySpan<byte> input, bool isDotted)
    {
        var scanner = new MessageScanner(isDotted, 1_000);
        var position = 0;
        var content = 0;
        while (position < input.Length && !scanner.HasEnded)
        {
            var step = scanner.Next(input[position..]);
            Hold(step.Consumed > 0 && step.Start + step.Length <= step.Consumed && position + step.Consumed <= input.Length, "a step goes on, within the input");
            position += step.Consumed;
            content += step.Length;
        }

        Hold(content <= position, "content is a part of what was read");
        Hold(!scanner.HasEnded || input[..position].EndsWith(".\r\n"u8), "a message ends by the end mark");
        Hold(isDotted || (!scanner.HasEnded && content == input.Length), "chunks are content from end to end");
    }

    private static void HoldReadsAgain(string address)
    {
        ReadOnlySpan<byte> written = Encoding.UTF8.GetBytes($"<{address}>");
        Hold(PathParser.TryRead(ref written, PathKind.Reverse, out var again) == PathError.None && again.Address == address, "an address reads again as itself");
    }

    private static void HoldClean(string? text) => Hold(text is null || !text.Any(c => c is < ' ' or '\x7F'), "text holds no control character");

    private static void Hold(bool promise, string what)
    {
        if (!promise)
            throw new InvalidOperationException($"Broken promise: {what}.");
    }
}
