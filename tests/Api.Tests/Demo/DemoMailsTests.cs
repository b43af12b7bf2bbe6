using MimeKit;
using Platform.Api.Demo;

namespace Platform.Api.Tests.Demo;

public sealed class DemoMailsTests
{
    [Fact]
    public void There_are_two_dozen_mails_for_the_demo_mailboxes()
    {
        var mailboxes = DemoDirectory.Tenants
            .SelectMany(tenant => DemoDirectory.Mailboxes.Select(mailbox => $"{mailbox.Local}@{tenant.Domain}"))
            .ToHashSet();

        Assert.Equal(24, DemoMails.All.Count);
        Assert.All(DemoMails.All.SelectMany(mail => mail.Recipients), recipient => Assert.Contains(recipient, mailboxes));
    }

    [Fact]
    public void Each_mail_is_a_message_with_CRLF_lines()
    {
        Assert.All(DemoMails.All, mail =>
        {
            var bytes = mail.ToBytes(DateTimeOffset.UnixEpoch);
            using var stream = new MemoryStream(bytes);
            using var message = MimeMessage.Load(stream, TestContext.Current.CancellationToken);

            Assert.Equal(mail.Subject, message.Subject);
            Assert.Equal(bytes.Count(b => b == '\n'), bytes.Count(b => b == '\r'));
        });
    }

    [Fact]
    public void The_mails_come_from_many_addresses()
    {
        Assert.Equal(DemoMails.All.Count, DemoMails.All.Select(mail => mail.ClientAddress).Distinct().Count());
    }
}
