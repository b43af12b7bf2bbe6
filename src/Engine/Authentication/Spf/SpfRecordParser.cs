using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Platform.Engine.Authentication.Spf;

/// <summary>Reads records (RFC 7208, 4.6.1, 12). A fault anywhere is a fault of the record (RFC 7208, 4.6). Linear in the text.</summary>
internal static class SpfRecordParser
{
    private const string Version = "v=spf1";
    private const int MaxShown = 80;

    private static readonly SearchValues<char> OfAddresses = SearchValues.Create("0123456789abcdefABCDEF:.");

    /// <summary>True when a TXT record is meant as SPF (RFC 7208, 4.5): the version, then a space or the end.</summary>
    public static bool IsRecord(string text) =>
        text.StartsWith(Version, StringComparison.OrdinalIgnoreCase) && (text.Length == Version.Length || text[Version.Length] == ' ');

    /// <param name="text">One for which <see cref="IsRecord"/> holds.</param>
    /// <param name="problem">What is wrong with the record, as the rest of a sentence about it; empty when nothing is.</param>
    public static SpfRecord? Parse(string text, out string problem)
    {
        List<SpfDirective> directives = [];
        SpfModifier? redirect = null, explanation = null;
        var terms = text.AsSpan(Version.Length);
        foreach (var range in terms.Split(' '))
        {
            var term = terms[range];
            if (term.IsEmpty)
                continue;
            problem = ModifierName(term) is { Length: > 0 } name
                ? ReadModifier(term, name, ref redirect, ref explanation)
                : ReadDirective(term, directives);
            if (problem.Length > 0)
            {
                problem = $"has a fault in '{Shown(term)}': it {problem}";
                return null;
            }
        }

        problem = "";
        return new SpfRecord(directives, redirect, explanation);
    }

    // The name before an "=" that no ":" or "/" precedes (RFC 7208, 4.6.1); empty for a directive.
    private static ReadOnlySpan<char> ModifierName(ReadOnlySpan<char> term)
    {
        var end = term.IndexOfAny('=', ':', '/');
        return end > 0 && term[end] == '=' ? term[..end] : [];
    }

    private static string ReadModifier(ReadOnlySpan<char> term, ReadOnlySpan<char> name, ref SpfModifier? redirect, ref SpfModifier? explanation)
    {
        if (!IsModifierName(name))
            return "is no modifier that SPF allows";
        var value = term[(name.Length + 1)..];
        if (name.Equals("redirect", StringComparison.OrdinalIgnoreCase))
            return ReadOnce(term, value, ref redirect);
        if (name.Equals("exp", StringComparison.OrdinalIgnoreCase))
            return ReadOnce(term, value, ref explanation);
        MacroParser.Parse(value, MacroPlace.Modifier, out var problem);
        return problem;
    }

    private static string ReadOnce(ReadOnlySpan<char> term, ReadOnlySpan<char> value, ref SpfModifier? modifier)
    {
        if (modifier is not null)
            return "stands there twice";
        if (MacroParser.Parse(value, MacroPlace.DomainSpec, out var problem) is { } domain)
            modifier = new SpfModifier(term.ToString(), domain);
        return problem;
    }

    private static bool IsModifierName(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
                return false;
        }

        return char.IsAsciiLetter(name[0]);
    }

    private static string ReadDirective(ReadOnlySpan<char> term, List<SpfDirective> directives)
    {
        var result = term[0] switch
        {
            '-' => AuthenticationResult.Fail,
            '~' => AuthenticationResult.SoftFail,
            '?' => AuthenticationResult.Neutral,
            _ => AuthenticationResult.Pass,
        };
        var mechanism = term[0] is '+' or '-' or '~' or '?' ? term[1..] : term;
        var end = mechanism.IndexOfAny(':', '/');
        var name = end < 0 ? mechanism : mechanism[..end];
        var argument = end < 0 ? [] : mechanism[end..];
        if (MechanismOf(name) is not { } kind)
            return "is no mechanism of SPF";
        var directive = Read(new SpfDirective(term.ToString(), result, kind), argument, out var problem);
        if (directive is not null)
            directives.Add(directive);
        return problem;
    }

    private static SpfMechanism? MechanismOf(ReadOnlySpan<char> name)
    {
        Span<char> lower = stackalloc char[8];
        if (name.Length > lower.Length)
            return null;
        return lower[..name.ToLowerInvariant(lower)] switch
        {
            "all" => SpfMechanism.All,
            "include" => SpfMechanism.Include,
            "a" => SpfMechanism.A,
            "mx" => SpfMechanism.Mx,
            "ptr" => SpfMechanism.Ptr,
            "ip4" => SpfMechanism.Ip4,
            "ip6" => SpfMechanism.Ip6,
            "exists" => SpfMechanism.Exists,
            _ => null,
        };
    }

    private static SpfDirective? Read(SpfDirective directive, ReadOnlySpan<char> argument, out string problem) => directive.Mechanism switch
    {
        SpfMechanism.All => ReadAll(directive, argument, out problem),
        SpfMechanism.Include or SpfMechanism.Exists => ReadDomain(directive, argument, isOptional: false, out problem),
        SpfMechanism.Ptr => ReadDomain(directive, argument, isOptional: true, out problem),
        SpfMechanism.A or SpfMechanism.Mx => ReadDomainAndPrefixes(directive, argument, out problem),
        _ => ReadNetwork(directive, argument, out problem),
    };

    private static SpfDirective? ReadAll(SpfDirective directive, ReadOnlySpan<char> argument, out string problem)
    {
        problem = argument.IsEmpty ? "" : "takes nothing after it";
        return argument.IsEmpty ? directive : null;
    }

    /// <param name="argument">With its colon.</param>
    private static SpfDirective? ReadDomain(SpfDirective directive, ReadOnlySpan<char> argument, bool isOptional, out string problem)
    {
        problem = "";
        if (argument.IsEmpty && isOptional)
            return directive;
        if (argument.IsEmpty || argument[0] != ':')
        {
            problem = "does not name a domain";
            return null;
        }

        return MacroParser.Parse(argument[1..], MacroPlace.DomainSpec, out problem) is { } domain ? directive with { Domain = domain } : null;
    }

    private static SpfDirective? ReadDomainAndPrefixes(SpfDirective directive, ReadOnlySpan<char> argument, out string problem)
    {
        problem = "has a prefix length that is not 0 to 32, or 0 to 128 after '//'";
        if (!SpfPrefix.TryCut(ref argument, "//", 128, out var six) || !SpfPrefix.TryCut(ref argument, "/", 32, out var four))
            return null;
        return ReadDomain(directive with { Prefix4 = four, Prefix6 = six }, argument, isOptional: true, out problem);
    }

    private static SpfDirective? ReadNetwork(SpfDirective directive, ReadOnlySpan<char> argument, out string problem)
    {
        var isFour = directive.Mechanism == SpfMechanism.Ip4;
        problem = isFour ? "has a prefix length that is not 0 to 32" : "has a prefix length that is not 0 to 128";
        if (!SpfPrefix.TryCut(ref argument, "/", isFour ? 32 : 128, out var prefix))
            return null;
        problem = isFour ? "has no IPv4 address" : "has no IPv6 address";
        if (argument.IsEmpty || argument[0] != ':' || !TryReadAddress(argument[1..], isFour, out var network))
            return null;
        problem = "";
        return isFour ? directive with { Network = network, Prefix4 = prefix } : directive with { Network = network, Prefix6 = prefix };
    }

    // The framework reads more forms than the standard has: zones, ports, brackets, octal and short IPv4.
    private static bool TryReadAddress(ReadOnlySpan<char> text, bool isFour, out IPAddress network)
    {
        network = IPAddress.None;
        var four = isFour ? text : text.Contains('.') ? text[(text.LastIndexOf(':') + 1)..] : [];
        if (text.ContainsAnyExcept(OfAddresses) || ((isFour || !four.IsEmpty) && !IsDottedQuad(four)))
            return false;
        if (!IPAddress.TryParse(text, out var address) || address.AddressFamily != (isFour ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6))
            return false;
        network = address;
        return true;
    }

    private static bool IsDottedQuad(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var range in text.Split('.'))
        {
            if (++count > 4 || !SpfPrefix.TryReadNumber(text[range], 255, out _))
                return false;
        }

        return count == 4;
    }

    private static string Shown(ReadOnlySpan<char> term)
    {
        var shown = term.Length <= MaxShown ? term : term[..MaxShown];
        return string.Create(shown.Length, shown, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++)
                target[i] = source[i] is >= ' ' and <= '~' ? source[i] : '?';
        });
    }
}
