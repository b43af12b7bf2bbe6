using FsCheck;
using FsCheck.Fluent;
using Platform.Api.Scim.Filters;

namespace Platform.Api.Tests.Scim;

/// <summary>Filters and paths of RFC 7644, figures 1 and 7, and whatever else comes.</summary>
public sealed class ScimFilterParserTests
{
    [Theory]
    [InlineData("userName eq \"bjensen\"")]
    [InlineData("name.familyName co \"O'Malley\"")]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User:userName sw \"J\"")]
    [InlineData("title pr and userType eq \"Employee\"")]
    [InlineData("meta.lastModified gt \"2011-05-13T04:42:34Z\"")]
    [InlineData("schemas eq \"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\"")]
    [InlineData("userType eq \"Employee\" and (emails co \"example.com\" or emails.value co \"example.org\")")]
    [InlineData("userType ne \"Employee\" and not (emails co \"example.com\" or emails.value co \"example.org\")")]
    [InlineData("emails[type eq \"work\" and value co \"@example.com\"] or ims[type eq \"xmpp\" and value co \"@foo.com\"]")]
    [InlineData("not(active eq true)")]
    [InlineData("nothing eq null and order gt -1.5")]
    public void The_filters_of_the_rfc_are_read(string text)
    {
        Assert.True(ScimFilterParser.TryParse(text, out _, out var fault), $"{fault}");
    }

    [Theory]
    [InlineData("members", "members")]
    [InlineData("name.familyName", "name.familyname")]
    [InlineData("addresses[type eq \"work\"]", "addresses")]
    [InlineData("members[value eq \"2819c223\"].displayName", "members.displayname")]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value", "manager.value")]
    public void The_paths_of_the_rfc_are_read(string text, string key)
    {
        Assert.True(ScimFilterParser.TryParsePath(text, out var path, out var fault), $"{fault}");
        Assert.Equal(key, path.Attribute.Key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("userName eq \"\\u0000\"")]
    [InlineData("userName eq \"\\ud800\"")]
    [InlineData("userName")]
    [InlineData("userName eq")]
    [InlineData("userName eq \"a")]
    [InlineData("userName eq \"\\q\"")]
    [InlineData("userName eq a")]
    [InlineData("(userName eq \"a\"")]
    [InlineData("userName eq \"a\")")]
    [InlineData("userName eq \"a\" or")]
    [InlineData("emails[type eq \"work\"")]
    [InlineData("urn:")]
    public void What_is_no_filter_is_refused_with_its_place(string text)
    {
        Assert.False(ScimFilterParser.TryParse(text, out _, out var fault));
        Assert.InRange(fault.Position, 0, text.Length);
        Assert.NotEmpty(fault.Reason);
    }

    [Fact]
    public void And_binds_closer_than_or()
    {
        Assert.True(ScimFilterParser.TryParse("a pr or b pr and c pr", out var filter, out _));
        Assert.IsType<ScimFilter.And>(Assert.IsType<ScimFilter.Or>(filter).Right);
    }

    [Fact]
    public void Depth_length_and_number_of_comparisons_are_bounded()
    {
        Assert.False(ScimFilterParser.TryParse(new string('(', 5_000) + "a pr", out _, out _));
        Assert.False(ScimFilterParser.TryParse(new string('(', 1_000) + "a pr" + new string(')', 1_000), out _, out _));
        Assert.False(ScimFilterParser.TryParse(string.Join(" or ", Enumerable.Repeat("a pr", ScimFilterParser.MaxComparisons + 1)), out _, out _));
        Assert.True(ScimFilterParser.TryParse(string.Join(" or ", Enumerable.Repeat("a pr", ScimFilterParser.MaxComparisons)), out _, out _));
    }

    [Fact]
    public void Whatever_comes_is_read_or_refused_with_a_place_inside()
    {
        var part = Gen.Elements("userName", " ", "eq", "co", "\"", "\\", "\\u00e9", "(", ")", "[", "]", "and", "or", "not", ".", ":", "urn:a:b:", "pr", "true", "null", "-1.5", "\ud800", "日本", "\0", "$ref");
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(part.ListOf().Select(parts => string.Concat(parts)).ToArbitrary(), text =>
            (ScimFilterParser.TryParse(text, out _, out var fault) || IsInside(fault, text)) && (ScimFilterParser.TryParsePath(text, out _, out fault) || IsInside(fault, text))));
    }

    [Fact]
    public void A_text_comes_back_as_it_was_written()
    {
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll<NonNull<string>>(given =>
        {
            var text = new string([.. given.Get.Where(c => !char.IsSurrogate(c) && !char.IsControl(c) && c != (char)0xFFFD).Take(500)]);
            return ScimFilterParser.TryParse("userName eq " + System.Text.Json.JsonSerializer.Serialize(text), out var filter, out _) && filter is ScimFilter.Compare { Value: string read } && read == text;
        }));
    }

    private static bool IsInside((int Position, string Reason) fault, string text) => fault.Position >= 0 && fault.Position <= text.Length && fault.Reason.Length > 0;
}
