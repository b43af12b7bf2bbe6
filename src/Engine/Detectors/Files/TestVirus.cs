using System.Text;

namespace Platform.Engine.Detectors.Files;

/// <summary>The EICAR test file, which every scanner must call a virus, in an attachment, an archive or the text itself.</summary>
internal sealed class TestVirus : IDetector
{
    // The test string begins the file and nothing but white space may follow it (eicar.org, "anti-malware test file").
    private const int LongestTestFile = 128;

    // Kept in pieces, so that this program's own files are not taken for the test virus.
    private static readonly byte[] Pattern = Encoding.ASCII.GetBytes(string.Concat(@"X5O!P%@AP[4\PZX54(P^)7CC)7}", "$EICAR", "-STANDARD-", "ANTIVIRUS-", "TEST-FILE!", "$H+H*"));

    public IReadOnlyList<SignDescription> Signs { get; } =
        [new("eicar-test-file", "The EICAR anti-malware test file.", "eicar.org; X.1236 7.1.2", "file")];

    public IEnumerable<Sign> Inspect(DetectionInput input)
    {
        foreach (var file in input.Message.Attachments)
        {
            if (!IsTestFile(file.Content.Span))
                continue;
            yield return new Sign("eicar-test-file", Seen.File(file), ("file", file.FileName.Length > 0 ? file.FileName : file.Path));
            yield break;
        }

        foreach (var leaf in input.Message.Leaves)
        {
            if (!IsTestFile(leaf.Content.Span))
                continue;
            yield return new Sign("eicar-test-file", Seen.Of(Verdicts.EvidenceKind.Bytes, leaf.Path, "0-67"), ("file", leaf.FileName ?? leaf.Path));
            yield break;
        }
    }

    private static bool IsTestFile(ReadOnlySpan<byte> content) => content.TrimEnd("\r\n\t \x1a"u8).Length <= LongestTestFile && content.StartsWith(Pattern);
}
