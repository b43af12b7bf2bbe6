using GraphQL.Types;
using Platform.Api.GraphQL.Accounts;
using Platform.Api.GraphQL.Approvals;
using Platform.Api.GraphQL.Groups;
using Platform.Api.GraphQL.Lists;
using Platform.Api.GraphQL.NextHops;
using Platform.Api.GraphQL.Onboarding;
using Platform.Api.GraphQL.Outgoing;
using Platform.Api.GraphQL.Policy;
using Platform.Api.GraphQL.Protection;
using Platform.Api.GraphQL.Push;
using Platform.Api.GraphQL.Quarantine;
using Platform.Api.GraphQL.Reports;
using Platform.Api.GraphQL.Retention;
using Platform.Api.GraphQL.Rules;
using Platform.Api.GraphQL.Sending;
using Platform.Api.GraphQL.SendRules;
using Platform.Api.GraphQL.SignIn;
using Platform.Api.GraphQL.Support;
using Platform.Api.GraphQL.Templates;
using Platform.Api.GraphQL.Tracking;
using Platform.Api.GraphQL.Whence;
using Platform.Api.Identity.Outside;
using Platform.Engine;
using Platform.Engine.Authentication;
using Platform.Engine.Authentication.Dmarc;
using Platform.Engine.Authentication.Spf;
using Platform.Engine.Behaviour;
using Platform.Engine.Conditions;
using Platform.Engine.Feeds;
using Platform.Engine.PersonalData;
using Platform.Engine.Tracking;
using Platform.Engine.Transport;
using Platform.Engine.Misdirection;
using Platform.Engine.Verdicts;
using Platform.Grains.Onboarding.Guides;
using Platform.Storage.Access;
using Platform.Storage.Accounts;
using Platform.Storage.Directory;
using Platform.Storage.Events.Formats;
using Platform.Storage.Groups;
using Platform.Storage.Lists;
using Platform.Storage.Messages;
using Platform.Storage.Onboarding;
using Platform.Storage.Onboarding.Flow;
using Platform.Storage.Onboarding.Ldap;
using Platform.Storage.Onboarding.Mailboxes;
using Platform.Storage.Outgoing;
using Platform.Storage.Outgoing.Approvals;
using Platform.Storage.Protection;
using Platform.Storage.Policies;
using Platform.Storage.Push.Syslog;
using Platform.Storage.Push.Webhooks;
using Platform.Storage.Quarantine;
using Platform.Storage.Reports;
using Platform.Storage.Retention;
using Platform.Storage.Sending;
using Platform.Storage.Support;
using Platform.Storage.Templates;
using Platform.Storage.Tracking;
using Platform.Storage.Transport;

namespace Platform.Api.GraphQL.Schema;

internal sealed class DateTimeScalar : DateTimeOffsetGraphType
{
    public DateTimeScalar()
    {
        Name = "DateTime";
        Description = "A moment with its offset, RFC 3339: 2026-11-24T14:05:00+09:00.";
    }

    public override object? Serialize(object? value) =>
        value is DateTimeOffset time ? time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture) : base.Serialize(value);
}

internal sealed class DateScalar : DateOnlyGraphType
{
    public DateScalar()
    {
        Name = "Date";
        Description = "A day in UTC: 2026-11-24.";
    }
}

internal sealed class JsonScalar : ScalarGraphType
{
    public JsonScalar()
    {
        Name = "JSON";
        Description = "A JSON value as it was stored.";
    }

    public override object? ParseValue(object? value) => ThrowValueConversionError(value);

    public override object? Serialize(object? value) => value;
}

internal static class SchemaMappings
{
    public static void MapScalarsAndEnums(this global::GraphQL.Types.Schema schema)
    {
        schema.RegisterTypeMapping(typeof(DateTimeOffset), typeof(DateTimeScalar));
        schema.RegisterTypeMapping(typeof(DateOnly), typeof(DateScalar));
        schema.RegisterTypeMapping(typeof(System.Text.Json.JsonElement), typeof(JsonScalar));
        schema.RegisterTypeMapping(typeof(AccountState), typeof(AccountStateEnum));
        schema.RegisterTypeMapping(typeof(SupportLevel), typeof(SupportLevelEnum));
        schema.RegisterTypeMapping(typeof(SupportState), typeof(SupportStateEnum));
        schema.RegisterTypeMapping(typeof(VerdictKind), typeof(VerdictEnum));
        schema.RegisterTypeMapping(typeof(BehaviourKind), typeof(BehaviourKindEnum));
        schema.RegisterTypeMapping(typeof(PersonalDataClass), typeof(PersonalDataClassEnum));
        schema.RegisterTypeMapping(typeof(PersonalDataPart), typeof(PersonalDataPartEnum));
        schema.RegisterTypeMapping(typeof(SourceKind), typeof(SourceKindEnum));
        schema.RegisterTypeMapping(typeof(SourceOutcome), typeof(SourceOutcomeEnum));
        schema.RegisterTypeMapping(typeof(AttackType), typeof(AttackTypeEnum));
        schema.RegisterTypeMapping(typeof(MailDirection), typeof(DirectionEnum));
        schema.RegisterTypeMapping(typeof(EventFormat), typeof(EventFormatEnum));
        schema.RegisterTypeMapping(typeof(IntakeMode), typeof(IntakeModeEnum));
        schema.RegisterTypeMapping(typeof(DeliveryState), typeof(DeliveryStateEnum));
        schema.RegisterTypeMapping(typeof(PolicyAction), typeof(PolicyActionEnum));
        schema.RegisterTypeMapping(typeof(PolicyLevel), typeof(PolicyLevelEnum));
        schema.RegisterTypeMapping(typeof(PolicyValueKind), typeof(PolicyValueKindEnum));
        schema.RegisterTypeMapping(typeof(SendPeriod), typeof(SendPeriodEnum));
        schema.RegisterTypeMapping(typeof(SendMeasure), typeof(SendMeasureEnum));
        schema.RegisterTypeMapping(typeof(SendSubjectKind), typeof(SendPlaceEnum));
        schema.RegisterTypeMapping(typeof(SendBlockEnds), typeof(SendBlockEndsEnum));
        schema.RegisterTypeMapping(typeof(QuarantineRights), typeof(QuarantineRightEnum));
        schema.RegisterTypeMapping(typeof(OpenGrade), typeof(OpenGradeEnum));
        schema.RegisterTypeMapping(typeof(OpenTarget), typeof(OpenTargetEnum));
        schema.RegisterTypeMapping(typeof(DeviceKind), typeof(DeviceKindEnum));
        schema.RegisterTypeMapping(typeof(TrackedPlace), typeof(TrackedPlaceEnum));
        schema.RegisterTypeMapping(typeof(ProtectedExtent), typeof(ProtectedExtentEnum));
        schema.RegisterTypeMapping(typeof(RecallLabel), typeof(RecallLabelEnum));
        schema.RegisterTypeMapping(typeof(SendStageKind), typeof(SendStageKindEnum));
        schema.RegisterTypeMapping(typeof(SendFindingKind), typeof(SendFindingKindEnum));
        schema.RegisterTypeMapping(typeof(SendActionKind), typeof(SendActionKindEnum));
        schema.RegisterTypeMapping(typeof(ApprovalState), typeof(ApprovalStateEnum));
        schema.RegisterTypeMapping(typeof(ApprovalExpiry), typeof(ApprovalExpiryEnum));
        schema.RegisterTypeMapping(typeof(RequestState), typeof(RequestStateEnum));
        schema.RegisterTypeMapping(typeof(ReportKind), typeof(ReportKindEnum));
        schema.RegisterTypeMapping(typeof(ReportVia), typeof(ReportViaEnum));
        schema.RegisterTypeMapping(typeof(ReportState), typeof(ReportStateEnum));
        schema.RegisterTypeMapping(typeof(TemplateCoverage), typeof(TemplateCoverageEnum));
        schema.RegisterTypeMapping(typeof(TemplateDifferenceKind), typeof(TemplateDifferenceKindEnum));
        schema.RegisterTypeMapping(typeof(GroupMemberKind), typeof(GroupMemberKindEnum));
        schema.RegisterTypeMapping(typeof(EvidenceKind), typeof(EvidenceKindEnum));
        schema.RegisterTypeMapping(typeof(AuthenticationResult), typeof(AuthenticationResultEnum));
        schema.RegisterTypeMapping(typeof(DmarcPolicy), typeof(DmarcPolicyEnum));
        schema.RegisterTypeMapping(typeof(SpfIdentity), typeof(SpfIdentityEnum));
        schema.RegisterTypeMapping(typeof(RuleOrigin), typeof(RuleOriginEnum));
        schema.RegisterTypeMapping(typeof(ConditionType), typeof(RuleFactTypeEnum));
        schema.RegisterTypeMapping(typeof(Language), typeof(LanguageEnum));
        schema.RegisterTypeMapping(typeof(AccessService), typeof(AccessServiceEnum));
        schema.RegisterTypeMapping(typeof(AccessLevel), typeof(AccessLevelEnum));
        schema.RegisterTypeMapping(typeof(AccessReason), typeof(AccessReasonEnum));
        schema.RegisterTypeMapping(typeof(ListAction), typeof(ListActionEnum));
        schema.RegisterTypeMapping(typeof(ListEntryKind), typeof(ListEntryKindEnum));
        schema.RegisterTypeMapping(typeof(ListOrigin), typeof(ListOriginEnum));
        schema.RegisterTypeMapping(typeof(SenderPart), typeof(SenderPartEnum));
        schema.RegisterTypeMapping(typeof(RetentionClass), typeof(RetentionClassEnum));
        schema.RegisterTypeMapping(typeof(RetentionOrigin), typeof(RetentionOriginEnum));
        schema.RegisterTypeMapping(typeof(PushOrigin), typeof(PushOriginEnum));
        schema.RegisterTypeMapping(typeof(SyslogFormat), typeof(SyslogFormatEnum));
        schema.RegisterTypeMapping(typeof(ProviderCheckState), typeof(ProviderCheckStateEnum));
        schema.RegisterTypeMapping(typeof(SyslogState), typeof(SyslogStateEnum));
        schema.RegisterTypeMapping(typeof(DomainClaimState), typeof(DomainClaimStateEnum));
        schema.RegisterTypeMapping(typeof(DomainProblem), typeof(DomainProblemEnum));
        schema.RegisterTypeMapping(typeof(FlowStepKind), typeof(FlowStepKindEnum));
        schema.RegisterTypeMapping(typeof(FlowStepState), typeof(FlowStepStateEnum));
        schema.RegisterTypeMapping(typeof(LdapSecurity), typeof(LdapSecurityEnum));
        schema.RegisterTypeMapping(typeof(MailboxImportMode), typeof(MailboxImportModeEnum));
        schema.RegisterTypeMapping(typeof(MailSystem), typeof(MailSystemEnum));
        schema.RegisterTypeMapping(typeof(TransportTls), typeof(TransportTlsEnum));
        schema.RegisterTypeMapping(typeof(TransportPolicyKind), typeof(TransportPolicyKindEnum));
        schema.RegisterTypeMapping(typeof(TransportSource), typeof(TransportSourceEnum));
        schema.RegisterTypeMapping(typeof(TlsResult), typeof(TlsResultEnum));
        schema.RegisterTypeMapping(typeof(DkimKeyKind), typeof(DkimKeyKindEnum));
        schema.RegisterTypeMapping(typeof(DkimKeyState), typeof(DkimKeyStateEnum));
        schema.RegisterTypeMapping(typeof(WebhookState), typeof(WebhookStateEnum));
        schema.RegisterTypeMapping(typeof(WebhookDisabledReason), typeof(WebhookDisabledReasonEnum));
        schema.RegisterTypeMapping(typeof(WebhookDeliveryState), typeof(WebhookDeliveryStateEnum));
    }
}
