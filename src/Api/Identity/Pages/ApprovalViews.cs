namespace Platform.Api.Identity.Pages;

/// <summary>One mail in the list of what waits for an approval.</summary>
public sealed record ApprovalLine(string Address, string From, string Subject, string Until);

/// <summary>All that a decision over a mail needs. Of the mail itself nothing but text, which the page escapes.</summary>
/// <param name="Recipients">Id and address of each that is to be decided over.</param>
/// <param name="Why">The rules that ask, with what made them hold.</param>
/// <param name="Found">What the inspection found.</param>
public sealed record ApprovalMailView(
    string Address,
    string From,
    string Subject,
    string SentAt,
    string Chain,
    string Until,
    IReadOnlyList<(string Id, string Address)> Recipients,
    IReadOnlyList<string> Why,
    IReadOnlyList<string> Found,
    IReadOnlyList<string> Attachments,
    string? Text);
