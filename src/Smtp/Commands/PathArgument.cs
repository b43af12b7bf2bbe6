using System.Diagnostics.CodeAnalysis;
using System.Text;
using Platform.Smtp.Addresses;
using Platform.Smtp.Sessions;

namespace Platform.Smtp.Commands;

/// <summary>The common start of MAIL and RCPT: keyword, path in brackets, then parameters or nothing.</summary>
internal static class PathArgument
{
    public static bool TryRead(
        ReadOnlySpan<byte> arguments, ReadOnlySpan<byte> keyword, PathKind kind,
        out MailPath path, out ReadOnlySpan<byte> parameters, [NotNullWhen(false)] out SmtpReply? refusal)
    {
        path = default;
        parameters = default;
        refusal = kind == PathKind.Reverse ? Replies.MailSyntax : Replies.RcptSyntax;
        if (arguments.Length < keyword.Length || !Ascii.EqualsIgnoreCase(arguments[..keyword.Length], keyword))
            return false;

        // A space after the colon is against the grammar and common in the field.
        var rest = arguments[keyword.Length..].TrimStart((byte)' ');
        var error = PathParser.TryRead(ref rest, kind, out path);
        if (error == PathError.None && !rest.IsEmpty && rest[0] != ' ')
            error = PathError.Syntax;
        if (error != PathError.None)
        {
            refusal = Replies.ForPath(error, kind);
            return false;
        }

        parameters = rest;
        refusal = null;
        return true;
    }
}
