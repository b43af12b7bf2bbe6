using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Platform.Engine;
using Platform.Engine.Feeds;
using Platform.Engine.Learning;
using Platform.Engine.Tracking;
using Platform.Engine.Transport;
using Platform.Engine.Verdicts;
using Platform.Storage.Access;
using Platform.Storage.Accounts;
using Platform.Storage.Directory;
using Platform.Storage.Groups;
using Platform.Storage.Messages;
using Platform.Storage.Onboarding;
using Platform.Storage.Onboarding.Ldap;
using Platform.Storage.Outgoing.Approvals;
using Platform.Storage.Policies;
using Platform.Storage.Protection;
using Platform.Storage.Push.Syslog;
using Platform.Storage.Push.Webhooks;
using Platform.Storage.Quarantine;
using Platform.Storage.Reports;
using Platform.Storage.Support;
using Platform.Storage.Templates;
using Platform.Storage.Tracking;
using Platform.Storage.Transport;

namespace Platform.Storage.Model;

/// <summary>
/// One form for each type on both databases: times as Unix milliseconds (bigint), enums by name, so that rows read the same
/// everywhere and the order of members may change. Guids: TEXT on SQLite, uuid on PostgreSQL.
/// </summary>
internal static class ColumnTypes
{
    private const int EnumLength = 24;

    public static void Configure(ModelConfigurationBuilder builder)
    {
        builder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();
        builder.Properties<DeliveryState>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<ScanState>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<IntakeMode>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<MailDirection>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<VerdictKind>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<ListAction>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<ListEntryKind>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<PolicyAction>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<AccountState>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<AccountOwnerKind>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<SyslogState>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<SyslogFormat>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<WebhookState>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<WebhookDisabledReason>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<WebhookDeliveryState>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<AccessLevel>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<AccessService>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<AccessReason>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<PolicyLevel>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<TemplateCoverage>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<GroupMemberKind>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<SupportLevel>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<SupportState>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<Links.LinkPurpose>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<RequestState>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<ReportKind>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<ReportVia>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<ReportState>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<MailLabel>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<DomainClaimState>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<LdapSecurity>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<DomainProblem>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<TransportTls>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<TransportPolicyKind>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<TransportSource>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<TlsResult>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<DkimKeyKind>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<DkimKeyState>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<ProtectedExtent>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<ApprovalState>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<ApprovalExpiry>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<OpenGrade>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<OpenTarget>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<DeviceKind>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<TrackedPlace>().HaveConversion<string>().HaveMaxLength(EnumLength);
        builder.Properties<AttackType>().HaveConversion<string>().HaveMaxLength(EnumLength);
    }

    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(),
        milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}
