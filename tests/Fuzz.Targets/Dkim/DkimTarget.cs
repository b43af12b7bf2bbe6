using System.Text;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dkim;
using Platform.Engine.Authentication.Dns;

namespace Platform.Fuzz.Targets.Dkim;

/// <summary>A message, a signature field and a key record of a stranger. Throws when a promise is broken.</summary>
public static class DkimTarget
{
    public static void Run(ReadOnlySpan<byte> input)
    {
        var octets = input.ToArray();
        HoldMessage(RawMessage.Read(octets));
        HoldKey(octets);
        Verify(octets, []);
        Verify([.. "DKIM-Signature:"u8, .. octets, .. "\r\nFrom: a@a.test\r\n\r\nbody\r\n"u8], octets);
    }

    private static void HoldMessage(RawMessage message)
    {
        var position = 0;
        foreach (var field in message.Fields)
        {
            Hold(message.Octets.Span[position..].StartsWith(field.Octets.Span), "fields follow one another");
            position += field.Octets.Length;
            Hold(field.Value.Length < field.Octets.Length && !field.Name.Any(c => c is <= ' ' or >= '\x7F' or ':'), "a name is one");
        }

        Hold(message.Octets.Span.EndsWith(message.Body.Span), "the body ends the message");
        Hold(message.IsCut || message.Octets.Length - position - message.Body.Length is >= 0 and <= 2, "all octets are of a field, the empty line or the body");
        foreach (var isRelaxed in (ReadOnlySpan<bool>)[false, true])
        {
            var sink = new Counted();
            BodyCanonicalisation.Write(message.Body.Span, isRelaxed, sink);
            Hold(sink.Length <= message.Body.Length + 2, "a canonical body is no longer than the body and a line end");
        }
    }

    private static void HoldKey(byte[] octets)
    {
        var record = DkimKeyRecord.Parse(Encoding.Latin1.GetString(octets), out var fault);
        Hold(record is null == fault.Length > 0, "a record that is not read has a fault");
        foreach (var kind in (ReadOnlySpan<string>)["rsa", "ed25519", "other"])
            if (DkimPublicKey.Read(kind, octets) is { } key)
                Hold(key.Bits > 0 && key.Bits <= octets.Length * 8, "a key has as many bits as were given at most");
    }

    private static void Verify(byte[] octets, byte[] key)
    {
        var message = RawMessage.Read(octets);
        var dns = new EchoDns(Encoding.Latin1.GetString(key));
        var options = new DkimOptions();
        var task = new DkimVerifier(options).VerifyAsync(message, dns, DateTimeOffset.UnixEpoch, CancellationToken.None).AsTask();
        Hold(task.IsCompletedSuccessfully, "verification waits for DNS alone");
        var report = task.GetAwaiter().GetResult();
        Hold(report.Signatures.Count == Math.Min(100, message.IndicesOf("DKIM-Signature").Count), "each signature has a result");
        Hold(dns.Asked <= options.MaximumSignatures, "questions are bounded");
        foreach (var signature in report.Signatures)
        {
            Hold(signature.Explanation.Length > 0 && !signature.Explanation.Any(c => c is < ' ' or > '~'), "an explanation is printable");
            Hold(signature.Result != AuthenticationResult.None, "a signature has a result");
            Hold(signature.Result != AuthenticationResult.Pass || (signature.KeyBits >= 256 && signature.Domain.Length > 0), "what passes was verified by a key");
            Hold(signature.UnsignedOctets >= 0 && signature.UnsignedOctets <= message.Body.Length + 2, "unsigned octets are of the body");
            Hold(Ascii.IsValid(signature.Domain) && Ascii.IsValid(signature.Selector), "names are A-labels");
        }
    }

    private static void Hold(bool promise, string what)
    {
        if (!promise)
            throw new InvalidOperationException($"Broken promise: {what}.");
    }

    private sealed class Counted : ICanonicalSink
    {
        public long Length { get; private set; }

        public void Append(ReadOnlySpan<byte> octets) => Length += octets.Length;
    }

    private sealed class EchoDns(string key) : IDnsResolver
    {
        public int Asked { get; private set; }

        public ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
        {
            Hold(name.Length is > 0 and <= 253 && Ascii.IsValid(name), "a name is bounded and ASCII");
            Asked++;
            return ValueTask.FromResult(FuzzKeys.Answers(name) ?? new DnsAnswer(DnsStatus.Found, [new DnsRecord.Text(key)]));
        }
    }
}
