using System.Globalization;
using Platform.Engine.Behaviour;
using Platform.Engine.Language;
using Platform.Engine.Links;
using Platform.Engine.Verdicts;

namespace Platform.Engine.Tests.Language;

public sealed class TextsTests
{
    private static readonly CultureInfo Japanese = new("ja-JP");
    private static readonly CultureInfo English = new("en-US");

    [Fact]
    public void Both_languages_have_the_same_keys()
    {
        Assert.Equal(Texts.Of(English).Keys.Order(StringComparer.Ordinal), Texts.Of(Japanese).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_verdict_type_and_class_has_a_name()
    {
        string[] keys =
        [
            .. Enum.GetValues<VerdictKind>().Select(kind => $"verdict.{kind.ToString().ToLowerInvariant()}"),
            .. Enum.GetValues<AttackType>().Select(type => $"type.{AttackTypes.WireName(type)}"),
            .. Enum.GetValues<AttackClass>().Select(kind => $"class.{kind.ToString().ToLowerInvariant()}"),
            .. Enum.GetValues<BehaviourKind>().Select(kind => $"behaviour.{BehaviourKinds.WireName(kind)}"),
        ];

        Assert.DoesNotContain(keys, key => !Texts.Of(Japanese).Has(key));
    }

    [Theory]
    [InlineData("ja", "振込先口座の変更を伝えています(振込先変更)。")]
    [InlineData("en", "Announces changed bank details (振込先変更).")]
    [InlineData("de", "Announces changed bank details (振込先変更).")]
    public void A_reason_reads_as_a_sentence_in_the_readers_language(string language, string sentence)
    {
        var reason = new Reason("bank-details-change", 32, new Evidence(EvidenceKind.Text, "text", ""), new Dictionary<string, string> { ["words"] = "振込先変更" });

        Assert.Equal(sentence, ReasonText.Render(reason, new CultureInfo(language)));
    }

    [Fact]
    public void Braces_in_hostile_values_are_not_filled_again()
    {
        var reason = new Reason("first-contact", 4, new Evidence(EvidenceKind.History, "", ""), new Dictionary<string, string> { ["address"] = "{address}{" });

        Assert.StartsWith("{address}{ has never", ReasonText.Render(reason, English), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ja", "リンク先 acme.test.evil.example は、acme.test に酷似しています(別ドメインの中に名前を埋め込む手口)。")]
    [InlineData("en", "A link leads to acme.test.evil.example, which looks like acme.test (the name is placed inside another domain).")]
    public void A_trick_is_told_in_words(string language, string sentence)
    {
        var reason = new Reason("link-look-alike", 34, new Evidence(EvidenceKind.Link, "", ""), new Dictionary<string, string> { ["host"] = "acme.test.evil.example", ["known"] = "acme.test", ["trick"] = nameof(LookAlikeTrick.SubDomain) });

        Assert.Equal(sentence, ReasonText.Render(reason, new CultureInfo(language)));
    }

    [Fact]
    public void Every_trick_has_words()
    {
        Assert.All(Enum.GetNames<LookAlikeTrick>(), trick => Assert.True(Texts.Of(Japanese).Has($"trick.{trick}")));
    }

    [Fact]
    public void A_reason_of_a_newer_engine_shows_its_id()
    {
        Assert.Equal("not-yet-known", ReasonText.Render(new Reason("not-yet-known", 1, new Evidence(EvidenceKind.Text, "", ""), new Dictionary<string, string>()), Japanese));
    }

    [Theory]
    [InlineData("dns", "DNSの照会は行っていません")]
    [InlineData("limit-depth", "検査の上限に達しました (limit-depth)")]
    [InlineData("source:urlhaus", "応答のない照会先があります (urlhaus)")]
    [InlineData("detector:credential-lure", "完了できなかった検査があります (credential-lure)")]
    public void What_was_not_asked_is_said(string id, string text)
    {
        Assert.Equal(text, VerdictText.NotAsked(id, Japanese));
    }

    [Fact]
    public void Names_follow_the_glossary()
    {
        Assert.Equal(("振る舞い検知", "類似ドメイン", "フィッシング"), (VerdictText.Name(AttackType.Behaviour, Japanese), VerdictText.Name(AttackType.LookAlikeDomain, Japanese), VerdictText.Name(VerdictKind.Phishing, Japanese)));
    }
}
