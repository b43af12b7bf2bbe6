namespace Platform.Benchmarks.Load;

/// <summary>A few hundred mails made beforehand and sent round and round, where making them would cost the machine more than taking them.</summary>
internal sealed class MailSupply(IReadOnlyList<OutgoingMail> mails)
{
    public OutgoingMail this[int i] => mails[i % mails.Count];
}
