namespace Platform.Api.Demo;

/// <summary>The demo tenants and people (architecture, contracts). Development only.</summary>
internal static class DemoDirectory
{
    public const string MspSlug = "demo-msp";

    public static IReadOnlyList<DemoTenant> Tenants { get; } =
    [
        new("acme", "Acme 株式会社", "acme.test", "ja"),
        new("globex", "Globex Corporation", "globex.test", "en"),
    ];

    /// <summary>Local parts and names: three shared mailboxes and twenty people, the same in each tenant.</summary>
    public static IReadOnlyList<(string Local, string Name)> Mailboxes { get; } =
    [
        ("info", "Information"), ("sales", "営業部 Sales"), ("keiri", "経理部 Accounting"),
        ("admin", "Administrator"), ("approver", "Approver"), ("analyst", "Analyst"),
        ("k.sato", "佐藤 健一"), ("m.suzuki", "鈴木 美咲"), ("h.takahashi", "高橋 浩"), ("y.tanaka", "田中 陽子"), ("t.ito", "伊藤 拓也"),
        ("n.watanabe", "渡辺 直美"), ("s.yamamoto", "山本 翔"), ("a.nakamura", "中村 愛"), ("d.kobayashi", "小林 大輔"), ("r.kato", "加藤 理恵"),
        ("anna.berg", "Anna Berg"), ("liam.oneill", "Liam O'Neill"), ("sofia.rossi", "Sofia Rossi"), ("minjun.park", "박민준"), ("priya.nair", "Priya Nair"),
        ("it", "IT Support"), ("hr", "人事部 Human Resources"),
    ];
}

internal sealed record DemoTenant(string Slug, string Name, string Domain, string Language);
