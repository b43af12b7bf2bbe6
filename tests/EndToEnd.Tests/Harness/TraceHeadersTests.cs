using System.Text;
using Platform.Benchmarks.Product;

namespace Platform.EndToEnd.Tests.Harness;

public sealed class TraceHeadersTests
{
    private const string Sent = "From: a@partner.example\r\nSubject: s\r\n\r\nbody\r\n";

    [Theory]
    [InlineData("")]
    [InlineData("Return-Path: <a@partner.example>\r\nReceived: from x\r\n\tby y; now\r\n")]
    [InlineData("X-Inspection-Verdict: spam; score=34\r\n")]
    public void Trace_fields_in_front_are_allowed(string added) => Assert.Null(Check(added + Sent));

    [Theory]
    [InlineData("Subject: forged\r\n" + Sent, "'Subject' was put in front")]
    [InlineData("Received: x" + Sent, "does not end with a line end")]
    [InlineData(Sent + "\r\n", "differs")]
    [InlineData("From: a@partner.example\r\nSubject: t\r\n\r\nbody\r\n", "differs")]
    [InlineData("", "differs")]
    public void Anything_else_is_told(string delivered, string why) => Assert.Contains(why, Check(delivered), StringComparison.Ordinal);

    private static string? Check(string delivered) => TraceHeaders.WhyNotIdentical(Encoding.ASCII.GetBytes(delivered), Encoding.ASCII.GetBytes(Sent));
}
