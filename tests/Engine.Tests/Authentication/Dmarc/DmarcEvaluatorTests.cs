using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dmarc;
using Platform.Engine.Authentication.Spf;
using Platform.Engine.Links;

namespace Platform.Engine.Tests.Authentication.Dmarc;

public sealed class DmarcEvaluatorTests
{
    private readonly DnsTable _dns = new();

    [Fact]
    public async Task An_exact_match_needs_one_question()
    {
        _dns["_dmarc.one.test"] = ["v=DMARC1; p=reject"];
        var outcome = await EvaluateAsync("One.test", dkim: "one.test");
        Assert.Equal((AuthenticationResult.Pass, true, false, DmarcPolicy.None), (outcome.Result, outcome.IsDkimAligned, outcome.IsSpfAligned, outcome.AppliedPolicy));
        Assert.Equal(["_dmarc.one.test Txt"], _dns.Asked);
    }

    [Theory]
    [InlineData("r", AuthenticationResult.Pass)]
    [InlineData("s", AuthenticationResult.Fail)]
    public async Task A_domain_of_the_same_organisation_counts_unless_the_record_is_strict(string mode, AuthenticationResult result)
    {
        _dns["_dmarc.one.test"] = [$"v=DMARC1; p=reject; aspf={mode}"];
        Assert.Equal(result, (await EvaluateAsync("one.test", spf: "bounce.one.test")).Result);
    }

    [Fact]
    public async Task The_HELO_identity_counts_for_nothing()
    {
        _dns["_dmarc.one.test"] = ["v=DMARC1; p=reject"];
        var input = new DmarcInput("one.test", [], [new SpfIdentifier("one.test", AuthenticationResult.Pass, SpfIdentity.Helo)]);
        Assert.Equal(AuthenticationResult.Fail, (await EvaluateAsync(input)).Result);
    }

    [Theory]
    [InlineData("v=DMARC1; p=none; sp=quarantine; np=reject", "real.one.test", DmarcPolicy.Quarantine)]
    [InlineData("v=DMARC1; p=none; sp=quarantine; np=reject", "ghost.one.test", DmarcPolicy.Reject)]
    [InlineData("v=DMARC1; p=none; sp=quarantine; np=reject", "one.test", DmarcPolicy.None)]
    [InlineData("v=DMARC1; p=reject; np=none; t=y", "real.one.test", DmarcPolicy.Quarantine)]
    [InlineData("v=DMARC1; p=reject; sp=quarantine", "ghost.one.test", DmarcPolicy.Quarantine)]
    [InlineData("v=DMARC1; p=none; sp=reject; np=quarantine", "slow.one.test", DmarcPolicy.Quarantine)]
    public async Task The_policy_below_the_record_is_by_existence(string record, string author, DmarcPolicy policy)
    {
        _dns["_dmarc.one.test"] = [record];
        _dns["real.one.test"] = [];
        _dns["slow.one.test"] = null;
        Assert.Equal(policy, (await EvaluateAsync(author)).AppliedPolicy);
    }

    [Fact]
    public async Task A_public_suffix_parts_its_customers()
    {
        _dns["_dmarc.bank.test"] = ["v=DMARC1; p=reject; psd=y"];
        var outcome = await EvaluateAsync("one.bank.test", dkim: "two.bank.test");
        Assert.Equal((AuthenticationResult.Fail, "bank.test", "one.bank.test"), (outcome.Result, outcome.PolicyDomain, outcome.OrganisationalDomain));
    }

    [Fact]
    public async Task A_declared_organisation_parts_from_the_one_above()
    {
        _dns["_dmarc.one.test"] = ["v=DMARC1; p=reject"];
        _dns["_dmarc.part.one.test"] = ["v=DMARC1; p=reject; psd=n"];
        Assert.Equal(AuthenticationResult.Fail, (await EvaluateAsync("a.part.one.test", dkim: "one.test")).Result);
        Assert.Equal(AuthenticationResult.Pass, (await EvaluateAsync("a.part.one.test", dkim: "b.part.one.test")).Result);
    }

    [Fact]
    public async Task A_domain_above_the_organisation_speaks_for_nobody()
    {
        _dns["_dmarc.one.test"] = ["v=DMARC1; p=reject"];
        Assert.Equal(AuthenticationResult.Fail, (await EvaluateAsync("one.test", dkim: "test")).Result);
    }

    [Fact]
    public async Task A_deep_name_is_walked_in_eight_questions()
    {
        await EvaluateAsync("a.b.c.d.e.f.g.h.i.one.test");
        Assert.Equal(8, _dns.Asked.Count);
        Assert.Equal("_dmarc.e.f.g.h.i.one.test Txt", _dns.Asked[1]);
    }

    [Fact]
    public async Task Two_records_are_none()
    {
        _dns["_dmarc.a.one.test"] = ["v=DMARC1; p=reject", "v=DMARC1; p=none"];
        _dns["_dmarc.one.test"] = ["v=DMARC1; p=reject"];
        Assert.Equal(AuthenticationResult.None, (await EvaluateAsync("a.one.test")).Result);
    }

    [Theory]
    [InlineData("_dmarc.a.one.test")]
    [InlineData("_dmarc.one.test")]
    public async Task Without_an_answer_there_is_neither_pass_nor_fail(string silent)
    {
        _dns[silent] = null;
        Assert.Equal(AuthenticationResult.TempError, (await EvaluateAsync("a.one.test", dkim: "one.test")).Result);
    }

    [Theory]
    [InlineData("one.test", AuthenticationResult.TempError)]
    [InlineData("two.test", AuthenticationResult.Fail)]
    public async Task A_signature_that_could_not_be_checked_leaves_it_open_only_when_it_would_count(string domain, AuthenticationResult result)
    {
        _dns["_dmarc.one.test"] = ["v=DMARC1; p=reject"];
        var input = new DmarcInput("one.test", [new DkimIdentifier(domain, AuthenticationResult.TempError)], []);
        Assert.Equal(result, (await EvaluateAsync(input)).Result);
    }

    [Fact]
    public async Task By_the_older_standard_the_suffix_list_decides()
    {
        _dns["_dmarc.one.co.jp"] = ["v=DMARC1; p=reject; sp=quarantine; np=none; t=y"];
        var older = DmarcOptions.Default with { Specification = DmarcSpecification.Rfc7489 };
        var outcome = await EvaluateAsync(new DmarcInput("a.one.co.jp", [new DkimIdentifier("two.co.jp", AuthenticationResult.Pass)], []), older);
        Assert.Equal((AuthenticationResult.Fail, DmarcPolicy.Quarantine), (outcome.Result, outcome.AppliedPolicy));
        Assert.Equal(["_dmarc.a.one.co.jp Txt", "_dmarc.one.co.jp Txt"], _dns.Asked);
    }

    [Fact]
    public async Task A_reader_of_reports_has_to_agree_unless_it_is_of_the_house()
    {
        _dns["one.test._report._dmarc.reader.test"] = ["v=DMARC1; rua=mailto:x@reader.test,mailto:y@victim.test"];
        var agreed = await ReportAuthorisation.CheckAsync("one.test", "reader.test", _dns, OrganisationalDomain.Embedded, TestContext.Current.CancellationToken);
        var unasked = await ReportAuthorisation.CheckAsync("one.test", "other.test", _dns, OrganisationalDomain.Embedded, TestContext.Current.CancellationToken);
        var own = await ReportAuthorisation.CheckAsync("a.one.test", "b.one.test", _dns, OrganisationalDomain.Embedded, TestContext.Current.CancellationToken);
        Assert.Equal((AuthenticationResult.Pass, AuthenticationResult.Fail, AuthenticationResult.Pass), (agreed.Result, unasked.Result, own.Result));
        Assert.Equal("reader.test", Assert.Single(agreed.Replacements).Domain);
    }

    private ValueTask<DmarcOutcome> EvaluateAsync(string author, string? dkim = null, string? spf = null) => EvaluateAsync(new DmarcInput(
        author,
        dkim is null ? [] : [new DkimIdentifier(dkim, AuthenticationResult.Pass)],
        spf is null ? [] : [new SpfIdentifier(spf, AuthenticationResult.Pass)]));

    private ValueTask<DmarcOutcome> EvaluateAsync(DmarcInput input, DmarcOptions? options = null) =>
        DmarcEvaluator.EvaluateAsync(input, _dns, OrganisationalDomain.Embedded, options ?? DmarcOptions.Default, TestContext.Current.CancellationToken);
}
