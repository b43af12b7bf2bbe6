namespace Platform.Grains.Accounts;

/// <summary>
/// Counts of the recent past in slots of a twelfth of the window. The sum runs over every slot that the window touches,
/// the oldest one whole: it may be a little high, never low, so that no window of that length, wherever it starts, exceeds its limit.
/// </summary>
/// <param name="Slots">Oldest first.</param>
internal sealed record SendWindow(IReadOnlyList<SendSlot> Slots)
{
    private const int SlotsInWindow = 12;

    public static SendWindow Empty { get; } = new([]);

    public SendLimit Sum(TimeSpan length, DateTimeOffset now)
    {
        var first = FirstSlot(length, now);
        var messages = 0L;
        var recipients = 0L;
        foreach (var slot in Slots)
        {
            if (slot.Number < first)
                continue;
            messages += slot.Messages;
            recipients += slot.Recipients;
        }

        return new SendLimit((int)Math.Min(messages, int.MaxValue), (int)Math.Min(recipients, int.MaxValue));
    }

    public SendWindow Add(TimeSpan length, DateTimeOffset now, int recipients)
    {
        var first = FirstSlot(length, now);
        var kept = Slots.Where(slot => slot.Number >= first).ToList();

        // A clock that was set back adds to the latest slot: what was counted must not move into the future.
        var current = Math.Max(SlotOf(length, now), kept.Count > 0 ? kept[^1].Number : long.MinValue);
        if (kept.Count > 0 && kept[^1].Number == current)
            kept[^1] = kept[^1] with { Messages = Added(kept[^1].Messages, 1), Recipients = Added(kept[^1].Recipients, recipients) };
        else
            kept.Add(new SendSlot(current, 1, recipients));
        return new SendWindow(kept);
    }

    private static int Added(int count, int more) => (int)Math.Min((long)count + more, int.MaxValue);

    private static long FirstSlot(TimeSpan length, DateTimeOffset now) => SlotOf(length, now) - SlotsInWindow;

    private static long SlotOf(TimeSpan length, DateTimeOffset now) => now.UtcTicks / (length.Ticks / SlotsInWindow);
}

/// <param name="Number">Slots since the beginning of the calendar.</param>
internal sealed record SendSlot(long Number, int Messages, int Recipients);
