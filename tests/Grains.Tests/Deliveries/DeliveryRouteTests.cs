using Platform.Grains.Deliveries;
using Platform.Grains.Deliveries.Smtp;

namespace Platform.Grains.Tests.Deliveries;

public sealed class DeliveryRouteTests
{
    [Theory]
    [InlineData("smtp://mail.acme.test", "mail.acme.test", 25, "May")]
    [InlineData("smtp://mail.acme.test:2526", "mail.acme.test", 2526, "May")]
    [InlineData("SMTP://mail.acme.test:25?tls=none", "mail.acme.test", 25, "None")]
    [InlineData("smtp://mail.acme.test?tls=may", "mail.acme.test", 25, "May")]
    [InlineData("smtp://192.0.2.1:25?tls=must", "192.0.2.1", 25, "Must")]
    [InlineData("smtp://[2001:db8::1]:25/?tls=verified", "2001:db8::1", 25, "Verified")]
    public void An_smtp_route_names_host_port_and_tls(string text, string host, int port, string tls)
    {
        var route = DeliveryRoute.Parse(text, out _);

        Assert.Equal(new DeliveryRoute.Smtp(host, port, Enum.Parse<TlsPolicy>(tls)), route);
    }

    [Theory]
    [InlineData("maildir:delivered", "delivered")]
    [InlineData("maildir:/var/mail/demo", "/var/mail/demo")]
    public void A_maildir_route_names_a_folder(string text, string path)
    {
        Assert.Equal(new DeliveryRoute.Maildir(path), DeliveryRoute.Parse(text, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("maildir:")]
    [InlineData("maildir:a\0b")]
    [InlineData("mail.acme.test")]
    [InlineData("http://mail.acme.test")]
    [InlineData("smtp://")]
    [InlineData("smtp://user:secret@mail.acme.test")]
    [InlineData("smtp://mail.acme.test/path")]
    [InlineData("smtp://mail.acme.test:99999")]
    [InlineData("smtp://mail.acme.test?tls=perhaps")]
    public void Anything_else_is_refused_with_a_sentence(string text)
    {
        Assert.Equal((null, true), (DeliveryRoute.Parse(text, out var error), error is { Length: > 0 }));
    }
}
