using Platform.Engine.Feeds;
using Platform.Storage.Accounts;
using Platform.Storage.Lists;

namespace Platform.Api.Demo;

/// <summary>The demo tenants and people (architecture, contracts). Development only.</summary>
internal static class DemoDirectory
{
    public const string MspSlug = "demo-msp";

    /// <summary>Decides over what the chain of this name is asked for.</summary>
    public const string Approver = "approver@acme.test";
    public const string Chain = "上長承認 Manager";

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

    /// <summary>People who sign in.</summary>
    public static IReadOnlyList<DemoAccount> Accounts { get; } =
    [
        new("admin@acme.test", "Acme Administrator", "acme", BuiltInRoles.Administrator, "ja"),
        new(Approver, "Acme Approver", "acme", BuiltInRoles.Helpdesk, "ja"),
        new("analyst@acme.test", "Acme Analyst", "acme", BuiltInRoles.Analyst, "ja"),
        new("admin@globex.test", "Globex Administrator", "globex", BuiltInRoles.Administrator, "en"),
        new("admin@demo-msp.test", "Demo MSP Administrator", null, BuiltInRoles.MspAdministrator, "ja"),
    ];

    /// <summary>Entries of allow and block lists, the same in each tenant; none of them meets a demo mail.</summary>
    public static IReadOnlyList<NewListEntry> Lists { get; } =
    [
        new(ListAction.Allow, ListEntryKind.Domain, "trading-house.example", IsExact: false, ["198.51.100.0/24"], "取引先(送信元を固定) Partner, from its own network only", null),
        new(ListAction.Allow, ListEntryKind.Address, "newsletter@association.example", IsExact: false, [], "業界団体のニュース News of the association", null),
        new(ListAction.Block, ListEntryKind.Domain, "prize-draw.example", IsExact: false, [], "迷惑メール Spam", null),
        new(ListAction.Block, ListEntryKind.Host, "files-for-you.example", IsExact: false, [], "", null),
        new(ListAction.Block, ListEntryKind.Network, "203.0.113.248/29", IsExact: false, [], "2026-11 の攻撃元 Attacks of November 2026", null),
    ];
}

internal sealed record DemoTenant(string Slug, string Name, string Domain, string Language);

/// <param name="Tenant">Short name; null: of the MSP.</param>
internal sealed record DemoAccount(string Address, string Name, string? Tenant, Role Role, string Language);
