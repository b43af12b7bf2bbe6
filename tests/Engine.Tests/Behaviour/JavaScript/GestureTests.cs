using Platform.Engine.Behaviour;

namespace Platform.Engine.Tests.Behaviour.JavaScript;

public sealed class GestureTests
{
    private const string Hand = "var a=document.createElement('a');a.href=URL.createObjectURL(new Blob(['MZ this is not a program']));a.download='tool.exe';a.click()";

    public static TheoryData<string> Waiting =>
    [
        $"<script>window.addEventListener('mousemove',function(){{{Hand}}},{{once:true}})</script>",
        $"<script>document.onpointermove=()=>{{{Hand}}}</script>",
        $"<script>document.body.onmousemove=function(){{{Hand}}}</script>",
        $"<p id=p>Loading</p><script>document.getElementById('p').addEventListener('mouseover',function(){{{Hand}}})</script>",
        $"<p onmouseenter=\"{Hand}\">Loading</p>",
        $"<script>window.onfocus=function(){{{Hand}}}</script>",
        $"<script>document.addEventListener('visibilitychange',()=>{{if(!document.hidden){{{Hand}}}}})</script>",
        $"<script>addEventListener('scroll',()=>{{{Hand}}})</script>",
        $"<script>document.addEventListener('keydown',e=>{{if(e.key){{{Hand}}}}})</script>",
        $"<script>window.addEventListener('pointerdown',()=>{{{Hand}}})</script>",
        $"<script>document.addEventListener('touchstart',()=>{{{Hand}}})</script>",
        $"<script>window.addEventListener('click',()=>{{{Hand}}})</script>",
        $"<script>var n=0,x=0;onmousemove=function(e){{if(e.clientX!==x)n++;x=e.clientX;if(n>3){{{Hand}}}}}</script>",
        $"<script>var t=0;document.addEventListener('mousemove',()=>{{setTimeout(()=>{{{Hand}}},800)}})</script>",
    ];

    [Theory]
    [MemberData(nameof(Waiting))]
    public void A_page_that_waits_for_somebody_before_it_is_seen_to_smuggle(string body)
    {
        var log = Emulated.Page($"<html><body>{body}</body></html>");
        Assert.True(log.Did(BehaviourKind.Smuggle), log.Told());
    }

    [Fact]
    public void A_page_that_leads_on_when_the_pointer_moves_leads_on_by_itself()
    {
        Assert.True(Emulated.Page("<body><script>onmousemove=()=>location='https://evil.example/a'</script></body>").Did(BehaviourKind.Redirect));
    }

    public static TheoryData<string> Honest =>
    [
        "<script>document.addEventListener('keydown',e=>{if(e.key==='Enter')location='https://partner.example/next'})</script>",
        "<div id=t></div><script>document.addEventListener('mousemove',e=>{t.style.left=e.pageX+'px';t.textContent=e.clientX})</script>",
        "<script>addEventListener('scroll',()=>{document.body.classList.toggle('top',scrollY>10)});addEventListener('resize',()=>{document.title='r'})</script>",
        "<table id=t><tr><td>1</td></tr></table><script>t.addEventListener('copy',e=>{e.clipboardData.setData('text/plain','1\\t2');e.preventDefault()})</script>",
        "<script>addEventListener('blur',()=>{document.title='Come back'});addEventListener('focus',()=>{document.title='Report'})</script>",
    ];

    [Theory]
    [MemberData(nameof(Honest))]
    public void A_page_that_only_answers_its_reader_does_nothing_to_be_told(string body)
    {
        var log = Emulated.Page($"<html><body>{body}</body></html>");
        Assert.True(log.Behaviours.Count == 0, log.Told());
    }
}
