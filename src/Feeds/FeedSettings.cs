namespace Platform.Feeds;

/// <summary>Settings sections <c>Feeds</c> and <c>Antivirus</c>.</summary>
public sealed record FeedSettings
{
    public const string Section = "Feeds";

    public AntivirusSettings Antivirus { get; init; } = new();

    public IReadOnlyList<ListSetting> Lists { get; init; } = [];

    public IReadOnlyList<DnsListSetting> DnsLists { get; init; } = [];

    /// <summary>Inside networks in which servers of feeds may lie; CIDR ranges with spaces or commas between. Public addresses always may.</summary>
    public string Networks { get; init; } = "";

    /// <summary>For all that one source is asked of one message.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Where the last good copies of feeds are kept; null: nowhere.</summary>
    public string? Folder { get; init; }
}

public sealed record AntivirusSettings
{
    public const string Section = "Antivirus";

    /// <summary><c>host:port</c> or the path of a Unix socket; null or empty: none.</summary>
    public string? Clamd { get; init; }

    /// <summary>Bytes; clamd's own StreamMaxLength.</summary>
    public long StreamMaxLength { get; init; } = 100L * 1024 * 1024;

    /// <summary>Connections at once; as many as clamd has threads at most.</summary>
    public int Connections { get; init; } = 8;
}

public enum FeedFormat
{
    /// <summary>Lines: plain, hosts, adblock, CSV.</summary>
    List,
    Misp,
    Stix,
    Taxii,
}

/// <summary>A feed that is loaded whole and looked up here.</summary>
public sealed record ListSetting
{
    public string Name { get; init; } = "";

    /// <summary>Path of a file (of a folder for MISP), or an http(s) address.</summary>
    public string Location { get; init; } = "";

    public FeedFormat Format { get; init; }

    public TimeSpan Refresh { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Field of CSV that counts, from 1; 0: the first that is an indicator.</summary>
    public int Column { get; init; }

    /// <summary>Field of CSV that says what it is; 0: none.</summary>
    public int LabelColumn { get; init; }

    /// <summary>For HTTP Basic.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>For HTTP Bearer.</summary>
    public string? Token { get; init; }

    /// <summary>Of TAXII: ids or titles, with commas between; empty: all that may be read.</summary>
    public string Collections { get; init; } = "";
}

/// <summary>A block list by DNS.</summary>
public sealed record DnsListSetting
{
    /// <summary>Empty: the zone.</summary>
    public string Name { get; init; } = "";

    public string Zone { get; init; } = "";

    /// <summary><c>address</c> or <c>domain</c>.</summary>
    public string Kind { get; init; } = "address";

    /// <summary>What answers mean: <c>127.0.0.2=sends spam, 127.0.0.4=taken over</c>.</summary>
    public string Codes { get; init; } = "";
}

/// <summary>A setting is wrong; the sentence names it.</summary>
public sealed class FeedSettingsException(string message) : Exception(message);
