using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Platform.Smtp.Addresses;

namespace Platform.Smtp.Commands;

// XCLIENT (Postfix, XCLIENT_README): a trusted relay tells for whom it speaks.
//
//   XCLIENT NAME=spike.example.test ADDR=192.0.2.25 PROTO=ESMTP HELO=spike.example.test
//
// Attributes are NAME, ADDR, PORT, PROTO, HELO, LOGIN, DESTADDR, DESTPORT; values are xtext, IPv6 addresses begin with
// "IPV6:", and [UNAVAILABLE] or [TEMPUNAVAIL] says that the relay does not know. What is not named stays as it was.
// The answer is a new greeting (220): the session starts again, as that client's.
internal sealed record XclientCommand
{
    public const string Attributes = "NAME ADDR PORT PROTO HELO LOGIN DESTADDR DESTPORT";
    private const int MaxValue = 255;

    public XclientValue<string> Name { get; private init; }
    public XclientValue<IPAddress> Address { get; private init; }
    public XclientValue<int> Port { get; private init; }

    /// <summary>True for ESMTP.</summary>
    public XclientValue<bool> Extended { get; private init; }
    public XclientValue<string> Helo { get; private init; }
    public XclientValue<string> Login { get; private init; }
    public XclientValue<IPAddress> DestinationAddress { get; private init; }
    public XclientValue<int> DestinationPort { get; private init; }

    public static bool TryParse(ReadOnlySpan<byte> arguments, [NotNullWhen(true)] out XclientCommand? command)
    {
        command = null;
        var parsed = new XclientCommand();
        var any = false;
        foreach (var range in arguments.Split((byte)' '))
        {
            var attribute = arguments[range];
            if (attribute.IsEmpty)
                continue;
            var equals = attribute.IndexOf((byte)'=');
            if (equals < 1 || !TryReadValue(attribute[(equals + 1)..], out var value))
                return false;
            if (parsed.With(Encoding.ASCII.GetString(attribute[..equals]).ToUpperInvariant(), value) is not { } next)
                return false;
            parsed = next;
            any = true;
        }

        command = any ? parsed : null;
        return any;
    }

    /// <summary>A relay may spread its attributes over several commands; what is not named again stays.</summary>
    public XclientCommand After(XclientCommand? earlier) => earlier is null ? this : this with
    {
        Helo = Helo.IsGiven ? Helo : earlier.Helo,
        Extended = Extended.IsGiven ? Extended : earlier.Extended,
    };

    /// <summary>The client as the relay describes it. What the relay does not know falls back to what the connection shows.</summary>
    public SmtpPeer ApplyTo(SmtpPeer peer, SmtpPeer transportPeer) => peer with
    {
        RemoteAddress = Address.Or(peer.RemoteAddress) ?? transportPeer.RemoteAddress,
        RemotePort = Port.Or(peer.RemotePort),
        ClientName = Name.Or(peer.ClientName),
        Helo = Helo.Or(null),
        IsExtended = Extended.Or(false),
        Login = Login.Or(peer.Login),
        LocalEndPoint = DestinationAddress.IsGiven
            ? DestinationAddress.Value is { } destination ? new IPEndPoint(destination, DestinationPort.Value) : null
            : peer.LocalEndPoint,
    };

    private XclientCommand? With(string name, string? value) => name switch
    {
        "NAME" => value is null || HelloName.IsValid(value) ? this with { Name = new(value) } : null,
        "HELO" => this with { Helo = new(value) },
        "LOGIN" => this with { Login = new(value) },
        "PROTO" => value?.ToUpperInvariant() switch
        {
            "ESMTP" => this with { Extended = new(true) },
            "SMTP" => this with { Extended = new(false) },
            _ => null,
        },
        "ADDR" => TryReadAddress(value, out var address) ? this with { Address = new(address) } : null,
        "DESTADDR" => TryReadAddress(value, out var destination) ? this with { DestinationAddress = new(destination) } : null,
        "PORT" => TryReadPort(value, out var port) ? this with { Port = new(port) } : null,
        "DESTPORT" => TryReadPort(value, out var destinationPort) ? this with { DestinationPort = new(destinationPort) } : null,
        _ => null,
    };

    /// <summary>Null in <paramref name="value"/> says that the relay does not know.</summary>
    private static bool TryReadValue(ReadOnlySpan<byte> encoded, out string? value)
    {
        value = null;
        if (Ascii.EqualsIgnoreCase(encoded, "[UNAVAILABLE]"u8) || Ascii.EqualsIgnoreCase(encoded, "[TEMPUNAVAIL]"u8))
            return true;
        if (!Xtext.TryDecode(encoded, MaxValue, international: false, out var text) || text.Length == 0)
            return false;
        value = text;
        return true;
    }

    private static bool TryReadAddress(string? text, out IPAddress? address)
    {
        address = null;
        if (text is null)
            return true;
        var isSix = text.StartsWith("IPV6:", StringComparison.OrdinalIgnoreCase);
        if (!IpText.TryParse(isSix ? text.AsSpan(5) : text, isSix ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork, out var parsed))
            return false;
        address = parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed;
        return true;
    }

    private static bool TryReadPort(string? text, out int port)
    {
        port = 0;
        return text is null || (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) && (port = parsed) >= 0);
    }
}

/// <summary>An attribute that was given, perhaps as unknown (null or 0); the default value is one that was not.</summary>
internal readonly struct XclientValue<T>(T? value)
{
    public bool IsGiven { get; } = true;

    public T? Value { get; } = value;

    public T? Or(T? otherwise) => IsGiven ? Value : otherwise;
}
