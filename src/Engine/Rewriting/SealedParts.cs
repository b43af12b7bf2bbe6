using Platform.Engine.Mail;

namespace Platform.Engine.Rewriting;

/// <summary>Mail that its sender signed or encrypted: S/MIME (RFC 8551), OpenPGP (RFC 3156, and inline as of RFC 9580, 6.2).</summary>
internal static class SealedParts
{
    public static bool Has(MailMessage mail) => mail.Leaves.Append(mail.Root).Any(IsSealed) || HasContainer(mail.Root) || IsArmored(mail.VisibleText);

    private static bool HasContainer(MailPart part) => IsSealed(part) || part.Children.Any(HasContainer);

    private static bool IsSealed(MailPart part) => part.MediaType is
        "multipart/signed" or "multipart/encrypted" or "application/pkcs7-mime" or "application/x-pkcs7-mime"
        or "application/pkcs7-signature" or "application/x-pkcs7-signature" or "application/pgp-encrypted" or "application/pgp-signature";

    private static bool IsArmored(string text) =>
        text.Contains("-----BEGIN PGP MESSAGE-----", StringComparison.Ordinal) || text.Contains("-----BEGIN PGP SIGNED MESSAGE-----", StringComparison.Ordinal);
}
