using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Platform.Engine;
using Platform.Engine.Intelligence;
using Platform.Engine.Mail;

namespace Platform.Fuzz.Tests.Intelligence;

/// <summary>Whatever the Received fields say, the origin is an address outside the trusted networks, found in bounded time.</summary>
public sealed class OriginProperties
{
    // Pieces of Received fields of all styles, put together at random.
    private static readonly string[] Pieces =
    [
        "from ", " by ", "(", ")", "[", "]", "helo=", "HELO ", "IPv6:", "::ffff:", "8.8.8.8", "203.0.113.5", "10.0.0.1", "999.1.1.1", "2001:db8::1", "fe80::1%eth0", "unknown", "mail.example",
        " with ESMTP", ";", ",", "@", "\r\n\t", " ", "\"", "\\", "port=25", "127.0.0.1", "1.2.3", ":", "日",
    ];

    [Fact]
    public void The_origin_is_never_a_trusted_or_private_hop()
    {
        Check.QuickThrowOnFailure(Prop.ForAll(Fields(), fields =>
        {
            var message = new MailReader().Read(Encoding.UTF8.GetBytes(string.Concat(fields.Select(field => $"Received: {field}\r\n")) + "From: a@b.example\r\n\r\ntext"), ScanLimits.Default, CancellationToken.None);

            var origin = new OriginFinder(null).Find(message, Envelope.None, ["203.0.113.0/24", "2001:db8::/32"]);

            return origin.Address is null
                ? origin.Source == "none"
                : IPAddress.TryParse(origin.Address, out var address) && ReceivedField.IsPublic(address) && !origin.Address.StartsWith("203.0.113.", StringComparison.Ordinal) && !origin.Address.StartsWith("2001:db8:", StringComparison.Ordinal);
        }));
    }

    [Fact]
    public void What_stands_below_the_first_outside_hop_changes_nothing()
    {
        Check.QuickThrowOnFailure(Prop.ForAll(Fields(), fields =>
        {
            var message = new MailReader().Read(Encoding.UTF8.GetBytes("Received: from a.example (a.example [8.8.4.4]) by mx.example\r\n" + string.Concat(fields.Select(field => $"Received: {field}\r\n")) + "\r\ntext"), ScanLimits.Default, CancellationToken.None);

            return new OriginFinder(null).Find(message, Envelope.None, []).Address == "8.8.4.4";
        }));
    }

    private static Arbitrary<string[]> Fields() => Gen.Elements(Pieces).ArrayOf().Select(string.Concat).ArrayOf().ToArbitrary();
}
