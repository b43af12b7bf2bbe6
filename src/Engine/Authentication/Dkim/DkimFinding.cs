namespace Platform.Engine.Authentication.Dkim;

/// <param name="Explanation">A sentence without its full stop.</param>
internal sealed record DkimFinding(AuthenticationResult Result, DkimReason Reason, string Explanation)
{
    public static DkimFinding Permanent(DkimReason reason, string explanation) => new(AuthenticationResult.PermError, reason, explanation);

    public static DkimFinding Syntax(string explanation) => Permanent(DkimReason.SignatureSyntax, explanation);
}
