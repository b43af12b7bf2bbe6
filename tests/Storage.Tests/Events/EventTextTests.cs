using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Platform.Storage.Events;

namespace Platform.Storage.Tests.Events;

/// <summary>What a stranger writes takes no more room in an event than it is given, whatever letters it is of.</summary>
public sealed class EventTextTests
{
    private const int MaxBytes = 900;

    [Theory]
    [InlineData("plain")]
    [InlineData("請求書")]
    [InlineData("a \"quoted\" word")]
    [InlineData("😀")]
    [InlineData("")]
    public void A_short_text_stays_as_it_is(string text) => Assert.Equal(text, EventText.Cut(text));

    [Fact]
    public void No_text_takes_more_bytes_as_json_than_it_may() => Prop.ForAll(
        ArbMap.Default.ArbFor<string?>(),
        text =>
        {
            var cut = EventText.Cut(string.Concat(Enumerable.Repeat(text ?? "", 40)));
            var written = Written(cut);
            Assert.InRange(written.Length, 2, MaxBytes + 2);
            Assert.Equal(cut, JsonSerializer.Deserialize<string>(written));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("\u0001")]
    [InlineData("😀")]
    [InlineData("\u2028")]
    [InlineData("\u200e")]
    public void Letters_that_are_escaped_are_counted_as_they_are_written(string letter)
    {
        Assert.InRange(Written(EventText.Cut(string.Concat(Enumerable.Repeat(letter, 300)))).Length, MaxBytes - 12, MaxBytes + 2);
    }

    private static byte[] Written(string text)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, EventJson.WriterOptions))
            json.WriteStringValue(text);
        return stream.ToArray();
    }
}
