namespace Platform.Engine.Authentication.Dns;

/// <summary>One question and its answer as plain data (RFC 1034, 3.7.1): the form in which it is kept, and sent to a scanner process.</summary>
/// <param name="Name">Lower-case, since case does not count (RFC 1035, 2.3.3), without the last dot.</param>
/// <param name="Type">What was asked for (RFC 1035, 3.2.2).</param>
/// <param name="Status">How it ended (RFC 1035, 4.1.1; RFC 2308, 2).</param>
/// <param name="Records">Each in the text of <see cref="RecordText"/> (RFC 1035, 3.3); empty unless found.</param>
/// <param name="IsAuthenticated">A validating resolver vouched for it: the AD bit (RFC 4035, 3.2.3).</param>
public sealed record DnsExchange(string Name, DnsType Type, DnsStatus Status, IReadOnlyList<string> Records, bool IsAuthenticated = false)
{
    /// <summary>Records of an answer; one with more is not taken (RFC 7208, 11.1: what a sender may make us hold).</summary>
    public const int MaxRecords = 256;

    /// <summary>Characters of an answer; one with more is not taken (RFC 7208, 11.1).</summary>
    public const int MaxLength = 32 * 1024;

    /// <summary>Characters of this exchange, to bound what is kept (RFC 7208, 11.1).</summary>
    internal int Length => Name.Length + Records.Sum(record => record.Length);

    /// <summary>One that is out of bounds becomes a server failure, as does one that cannot be read (RFC 1035, 4.1.1).</summary>
    public static DnsExchange Of(string name, DnsType type, DnsAnswer answer)
    {
        name = DnsName.WithoutLastDot(name).ToString().ToLowerInvariant();
        if (answer.Status != DnsStatus.Found)
            return new DnsExchange(name, type, answer.Status, []);
        string[] records = [.. answer.Records.Take(MaxRecords + 1).Select(RecordText.Write)];
        var isGood = records.Length is > 0 and <= MaxRecords && records.Sum(record => record.Length) <= MaxLength;
        return isGood
            ? new DnsExchange(name, type, DnsStatus.Found, records, answer.IsAuthenticated)
            : new DnsExchange(name, type, DnsStatus.ServerFailure, []);
    }

    /// <summary>The answer again, without its time to live; a server failure when a record cannot be read (RFC 1035, 4.1.1).</summary>
    public DnsAnswer ToAnswer()
    {
        if (Status != DnsStatus.Found)
            return new DnsAnswer(Enum.IsDefined(Status) ? Status : DnsStatus.ServerFailure, []);
        var records = new List<DnsRecord>();
        foreach (var text in Records.Take(MaxRecords))
        {
            if (!RecordText.TryRead(Type, text, out var record))
                return new DnsAnswer(DnsStatus.ServerFailure, []);
            records.Add(record);
        }

        return new DnsAnswer(DnsStatus.Found, records, IsAuthenticated: IsAuthenticated);
    }
}
