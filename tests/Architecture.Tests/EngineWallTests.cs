using MimeKit;
using Platform.Benchmarks.SendGuard.OneEngine;
using Platform.Engine;

namespace Platform.Architecture.Tests;

/// <summary>Mail in both directions goes through one engine (docs/architecture.md).</summary>
public sealed class EngineWallTests
{
    private static readonly IReadOnlyList<string> s_product = EngineWalls.Product(AppContext.BaseDirectory);

    [Fact]
    public void Nothing_beside_the_engine_takes_mail_apart_and_nothing_else_makes_one()
    {
        Assert.Empty(EngineWalls.Breaches(s_product));
    }

    [Fact]
    public void All_of_the_product_is_looked_at()
    {
        Assert.Equal(
            Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src")).Select(folder => "Platform." + Path.GetFileName(folder)).Order(StringComparer.Ordinal),
            s_product.Select(Path.GetFileNameWithoutExtension));
    }

    [Fact]
    public void The_engine_is_known_by_what_it_reads_with()
    {
        Assert.True(EngineWalls.ReadingsOfTheEngine(typeof(Scanner).Assembly.Location) > 20);
    }

    [Fact]
    public void Whoever_makes_an_engine_is_known()
    {
        Assert.Equal(
            ["Platform.Engine.Mail.MailReader..ctor", "Platform.Engine.Rewriting.MailRewriter..ctor", "Platform.Engine.Scanner.Create", "Platform.Yara.YaraScanner.Create"],
            EngineWalls.Makers(s_product));
    }

    [Fact]
    public void A_second_reader_is_found_wherever_it_hides()
    {
        var breaches = EngineWalls.Breaches([typeof(EngineWallTests).Assembly.Location]);

        Assert.Contains($"Platform.Architecture.Tests: {typeof(SecondReader).FullName} calls MimeKit.MimeMessage.Load", breaches);
        Assert.Contains($"Platform.Architecture.Tests: {typeof(SecondReader).FullName} calls Platform.Engine.Mail.MailReader..ctor", breaches);
    }
}

/// <summary>What must never be in the product: it reads by itself, in a lambda and in a state machine.</summary>
internal static class SecondReader
{
    public static Func<Stream, MimeMessage> Hidden { get; } = stream => MimeMessage.Load(stream);

    public static async Task<Engine.Mail.MailReader> ReaderAsync(TimeProvider time)
    {
        await Task.Yield();
        return new Engine.Mail.MailReader(time);
    }
}
