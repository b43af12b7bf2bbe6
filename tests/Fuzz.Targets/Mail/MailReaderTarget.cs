using Platform.Engine;
using Platform.Engine.Mail;

namespace Platform.Fuzz.Targets.Mail;

/// <summary>The reader of message structure, with bounds so tight that input of a few hundred octets meets them. Throws when it breaks a promise.</summary>
public static class MailReaderTarget
{
    private const int MaxReadings = 8;
    private const int MaxOutline = 160;

    internal static ScanLimits Tight { get; } =
        ScanLimits.Default with { MaxParts = 50, MaxMimeDepth = 6, MaxHeaders = 50, MaxDecodedBytes = 200_000, MaxArchiveEntries = 20, MaxArchiveDepth = 3, MaxPasswordWork = 150 };

    public static void Run(ReadOnlySpan<byte> input)
    {
        var bytes = input.ToArray();
        var message = new MailReader().Read(bytes, Tight, CancellationToken.None);
        Hold(message.Leaves.Count is > 0 and < 400, "a message has leaves, and not too many");
        Hold(message.Headers.Count <= Tight.MaxHeaders, "header fields are bounded");
        Hold(message.Headers.All(field => field.Offset >= 0 && field.Length > 0 && field.Offset + field.Length <= bytes.Length), "a field lies within the message");
        Hold(message.Attachments.All(file => file.Depth <= Tight.MaxArchiveDepth + Tight.MaxMimeDepth), "files are not deeper than allowed");
        HoldReadings(message);
    }

    private static void HoldReadings(MailMessage message)
    {
        Hold(message.Readings.Count is > 0 and <= MaxReadings && ReferenceEquals(message.Readings[0].Root, message.Root), "the standard's reading is the first of a few");
        foreach (var reading in message.Readings)
        {
            Hold(reading.Outline().Length <= MaxOutline, "an outline is one short line");
            HoldTree(reading.Root, 0);
        }
    }

    private static void HoldTree(MailPart part, int depth)
    {
        Hold(depth <= Tight.MaxMimeDepth + 1, "a tree is not deeper than allowed");
        Hold(part.Children.Count <= Tight.MaxParts + 1, "parts are bounded");
        foreach (var child in part.Children)
        {
            Hold(child.Path.StartsWith(part.Path, StringComparison.Ordinal), "a part's path continues that of its container");
            HoldTree(child, depth + 1);
        }
    }

    private static void Hold(bool promise, string what)
    {
        if (!promise)
            throw new InvalidOperationException($"Broken promise: {what}.");
    }
}
