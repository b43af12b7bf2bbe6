namespace Platform.Engine.Mail;

/// <summary>Notes on the top-level header as a whole: fields that may stand once (RFC 5322, 3.6) and stand more often.</summary>
internal static class HeaderNotes
{
    private static readonly string[] Once = ["From", "Sender", "Reply-To", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "MIME-Version"];

    public static void Collect(IReadOnlyList<MailHeader> headers, ReadBudget budget)
    {
        foreach (var name in Once)
        {
            var count = headers.Count(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (count > 1)
                budget.Note("duplicate-" + name.ToLowerInvariant(), name, $"stands {count} times");
        }
    }
}
