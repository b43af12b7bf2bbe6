using System.Globalization;
using Platform.Engine.Feeds;
using Platform.Engine.Mail;

namespace Platform.Yara;

// YARA (virustotal.github.io/yara): patterns of texts and bytes with a condition over them, compiled once and looked for in every
// decoded file of a mail, members of archives too.
//
//   rule Name : malware tag2 { strings: $a = "..." $b = { 4D 5A ?? } condition: $a and filesize < 1MB }
//
// A rule whose author gave it one of the tags below is proof of malware; any other is a sign among signs.

/// <summary>Looks for YARA rules in files, by the libyara of the system; where there is none it says so.</summary>
public sealed class YaraScanner : IFileScanner, IDisposable
{
    private const string SourceName = "yara";
    private const long MaxBytes = 64L * 1024 * 1024;
    private const int MaxFiles = 1_000;

    /// <summary>A last resort: rules are the operator's own, and bounded by their size.</summary>
    private const int TimeoutSeconds = 3;

    private static readonly HashSet<string> s_proof = new(StringComparer.OrdinalIgnoreCase) { "malware", "ransomware", "trojan", "virus", "proof" };

    private readonly CompiledRules? _rules;
    private readonly SourceStatus? _absent;
    private readonly Lock _gate = new();

    private YaraScanner(CompiledRules? rules, SourceStatus? absent)
    {
        _rules = rules;
        _absent = absent;
    }

    /// <summary>Compiles the rules of these files. What is wrong with them, or with libyara, becomes the status of every scan.</summary>
    /// <returns>Null when no file is named.</returns>
    public static YaraScanner? Create(IReadOnlyList<string> ruleFiles)
    {
        ArgumentNullException.ThrowIfNull(ruleFiles);
        if (ruleFiles.Count == 0)
            return null;
        try
        {
            return new YaraScanner(CompiledRules.Compile([.. ruleFiles.Select(path => (path, File.ReadAllText(path)))]), null);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            return new YaraScanner(null, new SourceStatus(SourceName, SourceKind.Yara, SourceOutcome.NotAsked, $"{Libyara.Library} is not on this machine"));
        }
        catch (Exception exception) when (exception is YaraException or IOException or UnauthorizedAccessException)
        {
            return new YaraScanner(null, new SourceStatus(SourceName, SourceKind.Yara, SourceOutcome.Failed, exception.Message));
        }
    }

    public FeedAnswers Scan(IReadOnlyList<MailAttachment> files, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (_rules is null)
            return new FeedAnswers([_absent!], []);
        List<FeedHit> hits = [];
        List<RuleMatch> matches = [];
        var left = MaxBytes;
        var detail = "";
        lock (_gate)
        {
            foreach (var file in files.Take(MaxFiles))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (file.Content.IsEmpty)
                    continue;
                if ((left -= file.Content.Length) < 0)
                {
                    detail = string.Create(CultureInfo.InvariantCulture, $"files beyond {MaxBytes} bytes were not looked at");
                    break;
                }

                matches.Clear();
                try
                {
                    if (!_rules.Scan(file.Content.Span, TimeoutSeconds, matches))
                        detail = "a file was not looked at to its end";
                }
                catch (YaraException exception)
                {
                    detail = exception.Message;
                }

                hits.AddRange(matches.Select(match => Hit(file, match)));
                if (hits.Count >= FeedAnswers.MaxHits)
                    break;
            }
        }

        var status = new SourceStatus(SourceName, SourceKind.Yara, hits.Count > 0 ? SourceOutcome.Hit : SourceOutcome.NoHit, detail);
        return new FeedAnswers([status], hits).Bounded();
    }

    public void Dispose() => _rules?.Dispose();

    private static FeedHit Hit(MailAttachment file, RuleMatch match) =>
        new(SourceName, match.Tags.Any(s_proof.Contains) ? HitKind.MalwareRule : HitKind.Rule, file.Path, match.Rule, string.Join(' ', match.Tags));
}
